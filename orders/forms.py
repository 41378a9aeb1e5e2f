"""Parsing of what people type; rules are in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members import queries as members
from orders.models.intake import Way

ANY_ADDRESS = "new"


class BasketAddForm(forms.Form):
    sku = forms.CharField(max_length=64)
    quantity = forms.IntegerField(required=False, initial=1)
    msisdn = forms.CharField(required=False, max_length=20)
    plan_sku = forms.CharField(required=False, max_length=64)
    target_msisdn = forms.CharField(required=False, max_length=20)


class CheckoutForm(forms.Form):
    """Who, how, pay: one page. Fields of a way that was not chosen may stay empty."""

    basket_id = forms.IntegerField(widget=forms.HiddenInput)
    shown_total = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=40, widget=forms.TextInput({"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "numeric"}),
    )
    way = forms.ChoiceField(
        label=_("How do you want it?"),
        choices=[(Way.SHIP, _("Deliver to me")), (Way.PICKUP, _("Pick up in a store"))],
        widget=forms.RadioSelect,
        required=False,
        initial=Way.SHIP,
    )
    address = forms.ChoiceField(label=_("Address"), required=False, widget=forms.RadioSelect)
    province = forms.ChoiceField(label=_("Province"), required=False)
    city = forms.ChoiceField(label=_("City"), required=False)
    district = forms.CharField(label=_("District"), required=False, max_length=20)
    street = forms.CharField(
        label=_("Street and number"),
        required=False,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    store = forms.ChoiceField(label=_("Store"), required=False, widget=forms.RadioSelect)
    id_number = forms.CharField(
        label=_("Resident ID number"),
        required=False,
        max_length=18,
        help_text=_("A phone number is sold to a verified person only. The number is kept encrypted."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    use_points = forms.BooleanField(label=_("Pay with points"), required=False)
    means = forms.ChoiceField(
        label=_("How do you want to pay?"),
        choices=[("unipay", _("UniPay")), ("cod", _("Cash on delivery"))],
        widget=forms.RadioSelect,
        initial="unipay",
    )

    def __init__(self, *args, addresses=(), stores=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["address"].choices = [(str(each.pk), str(each)) for each in addresses] + [
            (ANY_ADDRESS, _("A new address"))
        ]
        self.fields["store"].choices = [
            (str(near.institution.id), f"{near.institution.label} · {near.distance_km} km") for near in stores
        ]
        province = self.data.get("province") or self.initial.get("province") or ""
        self.fields["province"].choices = [(each, each) for each in members.provinces()]
        cities = members.cities(province) if province else ()
        self.fields["city"].choices = [(each, each) for each in cities]


class ClerkOrderForm(forms.Form):
    """The clerk's one click: what, who, how and the money."""

    phone = forms.CharField(max_length=20)
    name = forms.CharField(max_length=40, required=False)
    means = forms.ChoiceField(choices=[("cash", "cash"), ("unipay", "unipay"), ("cod", "cod")])
    way = forms.ChoiceField(choices=[(Way.SHIP, "ship"), (Way.PICKUP, "pickup")])
    address = forms.CharField(required=False)
    province = forms.CharField(required=False, max_length=20)
    city = forms.CharField(required=False, max_length=20)
    district = forms.CharField(required=False, max_length=20)
    street = forms.CharField(required=False)
    id_number = forms.CharField(required=False, max_length=18)
    shown_total = forms.IntegerField()
    sale = forms.CharField(max_length=64)
