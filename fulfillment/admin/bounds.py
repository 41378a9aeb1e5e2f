"""Numbers and places of the operators' tables: what is out of bounds is told at its field, in words."""

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.places import provinces, short_province

PROVINCE = _("Province as in addresses: short, without its kind.")
PROVINCES = _("Provinces as in addresses, with commas between; empty: everywhere.")


def known_province(name: str) -> None:
    """Raises ValidationError with code place_unknown: what is misspelt would fit no address."""
    if name and short_province(name) not in provinces():
        raise ValidationError(_("We do not know the province “%(name)s”."), "place_unknown", {"name": name})


class ShortProvince(forms.CharField):
    """上海市 is 上海."""

    default_validators = [known_province]

    def to_python(self, value):
        return short_province(super().to_python(value))


class Bounded:
    """Mixed into a ModelAdmin. bounds: least and most by field; provinces: fields that name one."""

    bounds: dict[str, tuple[int, int]] = {}
    provinces: tuple[str, ...] = ()

    def formfield_for_dbfield(self, field, request, **more):
        if field.name in self.bounds:
            least, most = self.bounds[field.name]
            more |= {"min_value": least, "max_value": most}
        elif field.name in self.provinces and isinstance(field, ArrayField):
            more |= {"base_field": ShortProvince(max_length=20), "help_text": PROVINCES}
        elif field.name in self.provinces:
            more |= {"form_class": ShortProvince, "help_text": PROVINCE}
        return super().formfield_for_dbfield(field, request, **more)
