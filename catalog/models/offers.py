from django.db import models
from django.utils.translation import gettext_lazy as _


class OfferText(models.Model):
    """The English words of an Oscar offer; Chinese stands in the offer itself."""

    offer = models.OneToOneField(
        "offer.ConditionalOffer", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    name_en = models.CharField(_("English name"), max_length=80)
    description_en = models.CharField(_("English description"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("offer text")
        verbose_name_plural = _("offer texts")

    def __str__(self):
        return self.name_en
