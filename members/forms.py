"""Parsing only; the rules are in the services, whose refusals are shown at their fields."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.place_names import place_name
from members.places import cities, districts, provinces
from omnichannel.kernel.errors import DomainError


class ServiceForm(forms.Form):
    """A form that shows a service's refusal; `refusal` is its code, for machines."""

    refusal = ""

    def refuse(self, error: DomainError) -> None:
        field = error.facts.get("field")
        self.refusal = error.code
        self.add_error(field if field in self.fields else None, str(error))


class PhoneForm(ServiceForm):
    phone = forms.CharField(
        label=_("Mobile number"),
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "autocomplete": "tel", "class": "input input--huge", "autofocus": True}
        ),
    )


class CodeForm(ServiceForm):
    phone = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Code from the message"),
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "input input--huge input--code",
                "maxlength": 12,
                "autofocus": True,
            }
        ),
    )


class StaffForm(ServiceForm):
    username = forms.CharField(
        label=_("User name"), widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NameForm(ServiceForm):
    name = forms.CharField(label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))


def _choices(names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("", _("Please choose")), *((name, place_name(name)) for name in names)]


class PlaceForm(ServiceForm):
    """Province, city and district; each select depends on the one before."""

    province = forms.ChoiceField(label=_("Province"))
    city = forms.ChoiceField(label=_("City"))
    district = forms.ChoiceField(label=_("District"), required=False)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        given = data if data is not None else self.initial
        province, city = given.get("province", ""), given.get("city", "")
        self.fields["province"].choices = _choices(provinces())
        self.fields["city"].choices = _choices(cities(province))
        self.fields["district"].choices = _choices(districts(province, city))


class AddressForm(PlaceForm):
    name = forms.CharField(label=_("Recipient"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Mobile number"), widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
    )
    street = forms.CharField(
        label=_("Street, number, room"), widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    is_default = forms.BooleanField(label=_("Use as default address"), required=False)
    field_order = ("name", "phone", "province", "city", "district", "street", "is_default")
