from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Clawback(models.Model):
    """What a refund takes back from a party whose share of that order had been paid out; fen, positive.

    Written when the refund's day is netted. original_date: the business day in whose books the share was
    given; paid_by: the transfer that paid it out. The party's next netting takes it.
    """

    business_date = models.DateField(_("business day"))
    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    trade = models.ForeignKey("settlement.Trade", on_delete=models.PROTECT, related_name="clawbacks")
    order_number = models.CharField(_("order"), max_length=32)
    channel = models.CharField(_("channel"), max_length=16, blank=True)
    original_date = models.DateField(_("original day"))
    paid_by = models.ForeignKey("settlement.FundTransfer", on_delete=models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField(_("amount (fen)"))

    class Meta:
        verbose_name = _("claw-back")
        verbose_name_plural = _("claw-backs")
        constraints = [
            models.UniqueConstraint(fields=["business_date", "trade", "institution"], name="clawback_once"),
            models.CheckConstraint(name="clawback_positive", condition=Q(amount_fen__gt=0)),
        ]
        indexes = [models.Index(fields=["institution", "business_date"], name="clawback_party")]

    def __str__(self):
        return f"{self.business_date} {self.institution_id} {self.amount_fen}"
