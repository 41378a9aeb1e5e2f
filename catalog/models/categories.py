from django.db import models
from django.utils.translation import gettext_lazy as _


class CategoryText(models.Model):
    """What a category needs beside Oscar's columns: its English words and its icon."""

    category = models.OneToOneField(
        "catalogue.Category", on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    name_en = models.CharField(_("English name"), max_length=80)
    description_en = models.CharField(_("English description"), max_length=200, blank=True, default="")
    icon = models.CharField(_("icon"), max_length=40, default="tag")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category text")
        verbose_name_plural = _("category texts")

    def __str__(self):
        return self.name_en
