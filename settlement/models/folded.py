from django.db import models
from django.utils.translation import gettext_lazy as _


class FoldedLine(models.Model):
    """Shares of a day, summed once they are final: of which party, account, channel and kind of trade.

    institution is empty for the platform's own; account_kind says which account, `payable` for whatever
    an institution is owed. shares: how many shares are in it.
    """

    business_date = models.DateField(_("business day"))
    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    account_kind = models.CharField(max_length=20)
    channel = models.CharField(_("channel"), max_length=16, blank=True)
    trade_kind = models.CharField(_("kind"), max_length=20)
    shares = models.PositiveIntegerField(_("shares"))
    amount_fen = models.BigIntegerField(_("amount (fen)"))

    class Meta:
        abstract = True
