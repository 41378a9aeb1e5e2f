"""Parsing of what people type; rules are in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms import ServiceForm
from orders.form_parts import PlaceForm, phone_of, text_field
from orders.models.intake import Way

ANY_ADDRESS = "new"
NO_CARD = ""
PLACE_FIELDS = ("province", "city", "district", "street")


class BasketAddForm(forms.Form):
    sku = forms.CharField(max_length=64)
    quantity = forms.IntegerField(required=False, initial=1)
    msisdn = forms.CharField(required=False, max_length=20)
    plan_sku = forms.CharField(required=False, max_length=64)
    target_msisdn = forms.CharField(required=False, max_length=20)


def _way_of(data) -> str:
    """What was chosen; somebody who names a street and no way wants it there."""
    return data.get("way") or (Way.SHIP if data.get("street") else Way.NONE)


class SaleForm(PlaceForm):
    """Who and where to. What the chosen way does not ask for may stay empty and is not read."""

    field_order = ("name", "phone")

    name = text_field(_("Full name"), 40, _("Enter the name."), autocomplete="name")
    phone = text_field(
        _("Mobile number"), 20, _("Enter an 11-digit mobile number."), autocomplete="tel", inputmode="numeric"
    )
    id_number = text_field(
        _("Resident ID number"),
        18,
        _("Enter the number of the ID card."),
        spellcheck="false",
        help_text=_("A phone number is sold to a verified person only. The number is kept encrypted."),
    )
    shown_total = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, **kwargs):
        if data is not None:
            data = data.copy()
            for name in self.unread(data):
                data.pop(name, None)
        super().__init__(data, **kwargs)
        self.fields["street"].widget.attrs["autocomplete"] = "street-address"

    def unread(self, data) -> tuple[str, ...]:
        """Fields that the chosen way has no use for."""
        return () if _way_of(data) == Way.SHIP else PLACE_FIELDS

    def full_clean(self):
        """Required is what the page shows for the chosen way; the labels stay as they are."""
        missing = [name for name in self.fields if name not in self.data and self._may_be_missing(name)]
        spared = [self.fields[name] for name in missing]
        required = [field.required for field in spared]
        for field in spared:
            field.required = False
        super().full_clean()
        for field, before in zip(spared, required, strict=True):
            field.required = before

    def _may_be_missing(self, name: str) -> bool:
        """Not on the page: of another way, or an ID number that nobody asked for."""
        return name == "id_number" or name in self.unread(self.data)

    def clean_phone(self) -> str:
        return phone_of(self.cleaned_data["phone"])


def _card_number(**options) -> forms.CharField:
    return text_field(_("Card number"), 24, _("Enter the sixteen digits."), inputmode="numeric", **options)


def _card_pin(**options) -> forms.CharField:
    return text_field(
        _("PIN"), 8, _("Enter the six digits."), inputmode="numeric", spellcheck="false", **options
    )


class CardForm(ServiceForm):
    """A prepaid card, as who was given it types it."""

    card_number = _card_number()
    card_pin = _card_pin()


class CheckoutForm(SaleForm):
    """Who, how, pay: one page."""

    basket_id = forms.IntegerField(widget=forms.HiddenInput)
    way = forms.ChoiceField(
        label=_("How do you want it?"),
        choices=[(Way.SHIP, _("Deliver to me")), (Way.PICKUP, _("Pick up in a store"))],
        widget=forms.RadioSelect,
        required=False,
        initial=Way.SHIP,
    )
    address = forms.ChoiceField(label=_("Address"), required=False, widget=forms.RadioSelect)
    store = forms.ChoiceField(
        label=_("Store"), widget=forms.RadioSelect, error_messages={"required": _("Choose a store.")}
    )
    use_points = forms.BooleanField(label=_("Pay with points"), required=False)
    card = forms.ChoiceField(label=_("Prepaid card"), required=False, widget=forms.RadioSelect)
    means = forms.ChoiceField(
        label=_("How do you want to pay?"),
        choices=[("unipay", _("UniPay")), ("cod", _("Cash on delivery"))],
        widget=forms.RadioSelect,
        initial="unipay",
    )

    def __init__(self, data=None, *, addresses=(), stores=(), cards=(), **kwargs):
        super().__init__(data, **kwargs)
        self.fields["card"].choices = [(NO_CARD, _("No card")), *((str(each.pk), each) for each in cards)]
        known = [(str(each.pk), each) for each in addresses]
        self.fields["address"].choices = [*known, (ANY_ADDRESS, _("A new address"))]
        self.fields["store"].choices = [(str(near.institution.id), near) for near in stores]

    def unread(self, data) -> tuple[str, ...]:
        way = _way_of(data)
        if way == Way.PICKUP:
            return (*PLACE_FIELDS, "address")
        if way != Way.SHIP:
            return (*PLACE_FIELDS, "address", "store")
        known = data.get("address") or ANY_ADDRESS
        return ("store",) if known == ANY_ADDRESS else ("store", *PLACE_FIELDS)


class ClerkOrderForm(SaleForm):
    """The clerk's one click: what, who, how and the money."""

    means = forms.ChoiceField(choices=[("cash", "cash"), ("unipay", "unipay"), ("cod", "cod")])
    way = forms.ChoiceField(choices=[(Way.SHIP, "ship"), (Way.PICKUP, "pickup"), (Way.NONE, "none")])
    sale = forms.CharField(max_length=64, widget=forms.HiddenInput)
    card_number = _card_number(required=False)
    card_pin = _card_pin(required=False)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["phone"].label = _("Customer's phone")
        self.fields["phone"].widget.attrs["autocomplete"] = "off"
        self.fields["id_number"].help_text = _("As on the card that the customer shows you.")
        self.fields["name"].required = False
