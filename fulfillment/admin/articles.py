"""A SKU that somebody types: it must be one that we sell, and is kept as it is written."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.queries import offerings


class NamesArticle(forms.ModelForm):
    """For models with a field `sku`."""

    def clean_sku(self) -> str:
        sku = self.cleaned_data["sku"].strip()
        if sku not in offerings.by_sku([sku]):
            raise ValidationError(_("We do not know the article %(sku)s."), "sku_unknown", {"sku": sku})
        return sku
