"""Parsing of what a clerk types about a parcel on the counter; rules are in the services."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from fulfillment.values import Measures
from members import queries as members
from members.phones import PhoneInvalid, normalised
from members.place_names import place_name
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import fen
from orders.services.posting import ParcelWish, Sender

# A refusal names the field of the service's word; here the receiver's stand beside the sender's.
OF_RECEIVER = {"name": "to_name", "phone": "to_phone"}


def _text(label, longest: int, empty, *, required=True, help_text="", **attributes) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        error_messages={"required": empty},
        widget=forms.TextInput({"autocomplete": "off", **attributes}),
    )


def _measure(label) -> forms.IntegerField:
    """Whole grams or centimetres; how much is too much, the service says."""
    words = {"required": _("Enter a whole number."), "invalid": _("Enter a whole number.")}
    return forms.IntegerField(
        label=label,
        min_value=-999_999,
        max_value=999_999,
        error_messages=words | {"max_value": _("This is too much."), "min_value": _("This is too little.")},
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )


class PostingForm(forms.Form):
    """Sender, receiver, parcel, money: one page, filled in from top to bottom by the keyboard alone."""

    phone = _text(
        _("Sender's phone"), 20, _("Enter an 11-digit mobile number."), inputmode="numeric", autofocus=True
    )
    name = _text(_("Sender's name"), 40, _("Enter the name."))
    id_number = _text(
        _("Sender's resident ID number"),
        18,
        _("Enter the number of the ID card."),
        spellcheck="false",
        help_text=_("As on the card that the sender shows you. Parcels are posted under one's real name."),
    )
    to_name = _text(_("Receiver's name"), 40, _("Enter the name."))
    to_phone = _text(_("Receiver's phone"), 20, _("Enter an 11-digit mobile number."), inputmode="numeric")
    province = forms.ChoiceField(label=_("Province"))
    city = forms.ChoiceField(label=_("City"))
    district = _text(_("District"), 20, "", required=False)
    street = _text(_("Street and number"), 200, _("Enter street and number."))
    weight_g = _measure(_("Weight on the scale (g)"))
    length_cm = _measure(_("Length (cm)"))
    width_cm = _measure(_("Width (cm)"))
    height_cm = _measure(_("Height (cm)"))
    contents = _text(
        _("What is in it"),
        120,
        _("Write in a few words what is in the parcel, as the sender says and shows it."),
        placeholder=_("two books, a scarf"),
    )
    declared = forms.DecimalField(
        label=_("Declared value (¥)"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "decimal"}),
    )
    is_inspected = forms.BooleanField(
        label=_("I have seen the contents; nothing forbidden is in it"),
        required=False,
        help_text=_(
            "Not taken: weapons, drugs, anything that burns or explodes, poisons, acids, cash, live animals,"
            " loose lithium batteries."
        ),
    )
    means = forms.ChoiceField(choices=[("cash", "cash"), ("unipay", "unipay")])
    card_number = _text(_("Card number"), 24, "", required=False, inputmode="numeric")
    card_pin = _text(_("PIN"), 8, "", required=False, inputmode="numeric", spellcheck="false")
    shown_total = forms.IntegerField(widget=forms.HiddenInput, required=False)
    posting = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        province = (data or {}).get("province") or self.initial.get("province") or ""
        self.fields["province"].choices = [(each, place_name(each)) for each in members.provinces()]
        cities = members.cities(province) if province else ()
        self.fields["city"].choices = [(each, place_name(each)) for each in cities]

    def clean_phone(self) -> str:
        return self._phone("phone")

    def clean_to_phone(self) -> str:
        return self._phone("to_phone")

    def _phone(self, field: str) -> str:
        try:
            return normalised(self.cleaned_data[field])
        except PhoneInvalid as error:
            raise forms.ValidationError(str(error), code=error.code) from error

    def refuse(self, error: DomainError, *, names: dict[str, str] | None = None) -> bool:
        """Put a refusal beside the field that it is about; False when it is about none of them."""
        field = error.facts.get("field")
        field = (names or {}).get(field, field)
        if field not in self.fields or self.fields[field].widget.is_hidden:
            return False
        self.add_error(field, str(error))
        return True

    @property
    def sender(self) -> Sender:
        asked = self.cleaned_data
        return Sender(phone=asked["phone"], name=asked["name"], id_number=asked["id_number"])

    @property
    def parcel(self) -> ParcelWish:
        asked = self.cleaned_data
        return ParcelWish(
            measures=measures_of(asked),
            contents=asked["contents"],
            declared_fen=fen(asked["declared"] or 0),
            is_inspected=asked["is_inspected"],
        )

    @property
    def receiver(self) -> dict:
        """As members' addresses.destination() asks for it."""
        asked = self.cleaned_data
        place = {name: asked[name] for name in ("province", "city", "district", "street")}
        return {"name": asked["to_name"], "phone": asked["to_phone"], **place}


def measures_of(asked) -> Measures:
    return Measures(**{name: asked[name] for name in Measures.__dataclass_fields__})


@dataclass(frozen=True)
class Weighed:
    """What the sum needs so far; None: something is missing or no number."""

    measures: Measures | None
    province: str

    @classmethod
    def of(cls, posted) -> "Weighed":
        texts = {name: posted.get(name, "").strip() for name in Measures.__dataclass_fields__}
        whole = all(text.isascii() and text.isdigit() and len(text) < 7 for text in texts.values())
        found = Measures(**{name: int(text) for name, text in texts.items()}) if whole else None
        return cls(found, posted.get("province", ""))
