from django.db import models
from django.utils.translation import gettext_lazy as _

from .folded import FoldedLine


class ClearingLine(FoldedLine):
    """A line of a day's clearing report."""

    original_date = models.DateField(_("original day"))

    class Meta:
        verbose_name = _("line of a clearing report")
        verbose_name_plural = _("lines of clearing reports")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "business_date", "institution", "account_kind", "channel", "trade_kind", "original_date",
                ],
                name="clearing_line_once",
                nulls_distinct=False,
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.business_date} {self.institution_id} {self.channel}"


class BilateralLine(models.Model):
    """Who owes whom after a day: the bilateral matrix. amount_fen: what counterparty owes institution.

    Negative: the institution owes it. The clearing house is the one without an institution. An
    institution's lines sum to its net positions of the day, all lines of the day to zero.
    """

    business_date = models.DateField(_("business day"))
    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    counterparty = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    amount_fen = models.BigIntegerField(_("amount (fen)"))

    class Meta:
        verbose_name = _("line of the bilateral matrix")
        verbose_name_plural = _("lines of the bilateral matrix")
        constraints = [
            models.UniqueConstraint(
                fields=["business_date", "institution", "counterparty"],
                name="bilateral_line_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return f"{self.business_date} {self.institution_id} {self.counterparty_id}"
