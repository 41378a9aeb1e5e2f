from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountTurnover(models.Model):
    """What a sealed day moved on an account, in fen; summed from its postings when the day is sealed.

    A balance at any time is the sum of these and of the postings since: no month of postings is read again.
    """

    business_date = models.DateField(_("business day"))
    account = models.ForeignKey(
        "settlement.LedgerAccount", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    debit_fen = models.BigIntegerField(_("debit (fen)"))
    credit_fen = models.BigIntegerField(_("credit (fen)"))

    class Meta:
        verbose_name = _("turnover of an account")
        verbose_name_plural = _("turnovers of accounts")
        constraints = [
            models.UniqueConstraint(fields=["account", "business_date"], name="account_turnover_once"),
        ]

    def __str__(self):
        return f"{self.account_id} {self.business_date}"
