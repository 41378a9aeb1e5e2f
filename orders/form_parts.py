"""What the forms of checkout and counters share: texts, phones, places, and refusals beside their fields."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members import queries as members
from members.phones import PhoneInvalid, normalised
from members.place_names import place_name
from omnichannel.kernel.errors import DomainError


def text_field(
    label, longest: int, empty="", *, required=True, help_text="", **attributes
) -> forms.CharField:
    """`empty` is said when nothing was entered."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        error_messages={"required": empty} if empty else None,
        widget=forms.TextInput({"autocomplete": "off", **attributes}),
    )


def phone_of(text: str) -> str:
    """As we store it; raises ValidationError."""
    try:
        return normalised(text)
    except PhoneInvalid as error:
        raise forms.ValidationError(str(error), code=error.code) from error


class PlaceForm(forms.Form):
    """Somewhere parcels go: provinces, the cities of the chosen one, and a service's refusal at its field."""

    province = forms.ChoiceField(label=_("Province"))
    city = forms.ChoiceField(label=_("City"))
    district = text_field(_("District"), 20, required=False)
    street = text_field(_("Street and number"), 200, _("Enter street and number."))

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        province = (data or {}).get("province") or self.initial.get("province") or ""
        self.fields["province"].choices = [(each, place_name(each)) for each in members.provinces()]
        cities = members.cities(province) if province else ()
        self.fields["city"].choices = [(each, place_name(each)) for each in cities]

    def refuse(self, error: DomainError, *, names: dict[str, str] | None = None) -> bool:
        """Put a refusal beside the field that it is about; False when it is about none of them.

        names: fields of this form for those of the service's word, where they differ.
        """
        field = error.facts.get("field")
        field = (names or {}).get(field, field)
        if field not in self.fields or self.fields[field].widget.is_hidden:
            return False
        self.add_error(field, str(error))
        return True
