"""Parsing of what a clerk types about a parcel on the counter; rules are in the services."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from fulfillment.values import Measures
from omnichannel.kernel.money import fen
from orders.form_parts import PlaceForm, phone_of, text_field
from orders.services.posting import ParcelWish, Sender

# A refusal names the field of the service's word; here the receiver's stand beside the sender's.
OF_RECEIVER = {"name": "to_name", "phone": "to_phone"}


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


class PostingForm(PlaceForm):
    """Sender, receiver, parcel, money: one page, filled in from top to bottom by the keyboard alone."""

    field_order = ("phone", "name", "id_number", "to_name", "to_phone")

    phone = text_field(
        _("Sender's phone"), 20, _("Enter an 11-digit mobile number."), inputmode="numeric", autofocus=True
    )
    name = text_field(_("Sender's name"), 40, _("Enter the name."))
    id_number = text_field(
        _("Sender's resident ID number"),
        18,
        _("Enter the number of the ID card."),
        spellcheck="false",
        help_text=_("As on the card that the sender shows you. Parcels are posted under one's real name."),
    )
    to_name = text_field(_("Receiver's name"), 40, _("Enter the name."))
    to_phone = text_field(
        _("Receiver's phone"), 20, _("Enter an 11-digit mobile number."), inputmode="numeric"
    )
    weight_g = _measure(_("Weight on the scale (g)"))
    length_cm = _measure(_("Length (cm)"))
    width_cm = _measure(_("Width (cm)"))
    height_cm = _measure(_("Height (cm)"))
    contents = text_field(
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
    card_number = text_field(_("Card number"), 24, "", required=False, inputmode="numeric")
    card_pin = text_field(_("PIN"), 8, "", required=False, inputmode="numeric", spellcheck="false")
    shown_total = forms.IntegerField(widget=forms.HiddenInput, required=False)
    posting = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean_phone(self) -> str:
        return phone_of(self.cleaned_data["phone"])

    def clean_to_phone(self) -> str:
        return phone_of(self.cleaned_data["to_phone"])

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
