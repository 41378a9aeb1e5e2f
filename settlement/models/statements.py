"""What others say of our money: their statements, line by line, never changed once loaded."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .trades import Trade


class TradeReference(models.Model):
    """The numbers under which a provider's bill shows a trade."""

    trade = models.OneToOneField(Trade, on_delete=models.PROTECT, primary_key=True, related_name="reference")
    provider = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    our_reference = models.CharField(_("our number"), max_length=64)
    provider_reference = models.CharField(_("provider's number"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("number at the provider")
        verbose_name_plural = _("numbers at providers")
        constraints = [
            models.UniqueConstraint(fields=["provider", "our_reference"], name="trade_reference_once"),
        ]

    def __str__(self):
        return self.our_reference


class Source(models.TextChoices):
    WECHAT = "wechat", _("WeChat Pay")
    ALIPAY = "alipay", _("Alipay")
    UNIONPAY = "unionpay", _("UnionPay")
    BANK = "bank", _("bank")
    COD = "cod", _("cash on delivery")


PROVIDERS = (Source.WECHAT, Source.ALIPAY, Source.UNIONPAY)


class StatementAccount(models.Model):
    """An account of ours at a provider, bank or courier, by the number that stands in its statements.

    An institution has at most one active account: its control account in the books is reconciled with it.
    """

    Source = Source

    source = models.CharField(_("kind of statement"), max_length=8, choices=Source.choices)
    number = models.CharField(_("account number"), max_length=40)
    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    begins_on = models.DateField(_("statements from"))
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("account with statements")
        verbose_name_plural = _("accounts with statements")
        ordering = ["source", "number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="statement_account_once"),
            models.UniqueConstraint(
                fields=["institution"], condition=Q(is_active=True), name="statement_account_one_active"
            ),
        ]

    def __str__(self):
        return f"{self.source} {self.number}"


class Format(models.TextChoices):
    WECHAT_ALL = "wechat_all", _("WeChat Pay: all trades")
    WECHAT_SUCCESS = "wechat_success", _("WeChat Pay: payments")
    WECHAT_REFUND = "wechat_refund", _("WeChat Pay: refunds")
    WECHAT_FUNDS = "wechat_funds", _("WeChat Pay: fund flow")
    ALIPAY = "alipay", _("Alipay: trades")
    UNIONPAY = "unionpay", _("UnionPay: detail (ZM)")
    BANK = "bank", _("bank statement (camt.053)")
    COD = "cod", _("cash-on-delivery remittance")


class Scope(models.TextChoices):
    """What a batch compares: a provider's trades, its fund flow, a bank account, a courier's cash."""

    TRADES = "trades", _("trades")
    FUNDS = "funds", _("fund flow")
    BANK = "bank", pgettext_lazy("reconciliation", "bank account")
    COD = "cod", _("cash on delivery")


SCOPE_OF = {
    Format.WECHAT_ALL: Scope.TRADES,
    Format.WECHAT_SUCCESS: Scope.TRADES,
    Format.WECHAT_REFUND: Scope.TRADES,
    Format.WECHAT_FUNDS: Scope.FUNDS,
    Format.ALIPAY: Scope.TRADES,
    Format.UNIONPAY: Scope.TRADES,
    Format.BANK: Scope.BANK,
    Format.COD: Scope.COD,
}


class BatchState(models.TextChoices):
    WAIT_FILE = "wait_file", _("waiting for the file")
    LOADED = "loaded", pgettext_lazy("statement", "loaded")
    MATCHED = "matched", pgettext_lazy("statement", "matched")
    BALANCED = "balanced", pgettext_lazy("statement", "agrees")
    HAS_BREAKS = "has_breaks", _("has breaks")
    SIGNED_OFF = "signed_off", _("signed off")


class ReconBatch(models.Model):
    """One account, one day, one comparison. Amounts in fen, from our side: what they hold for us."""

    State = BatchState

    account = models.ForeignKey(StatementAccount, on_delete=models.PROTECT, related_name="batches")
    scope = models.CharField(_("what is compared"), max_length=8, choices=Scope.choices)
    bill_date = models.DateField(_("day of the statement"))
    state = models.CharField(
        _("state"), max_length=10, choices=BatchState.choices, default=BatchState.WAIT_FILE
    )
    ours_count = models.PositiveIntegerField(default=0)
    ours_fen = models.BigIntegerField(default=0)
    theirs_count = models.PositiveIntegerField(default=0)
    theirs_fen = models.BigIntegerField(default=0)
    fee_fen = models.BigIntegerField(default=0)
    matched_count = models.PositiveIntegerField(default=0)
    matched_fen = models.BigIntegerField(default=0)
    matched_at = models.DateTimeField(_("compared"), null=True)
    signed_off_at = models.DateTimeField(_("signed off"), null=True)
    # The last match that was there when its fees were posted: later ones wait for the next signing.
    fees_through = models.BigIntegerField(null=True)
    changed_by = models.CharField(max_length=80, default="system")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        ordering = ["-bill_date", "account", "scope"]
        constraints = [
            models.UniqueConstraint(fields=["account", "scope", "bill_date"], name="recon_batch_once"),
            models.CheckConstraint(name="recon_batch_state", condition=Q(state__in=BatchState.values)),
            models.CheckConstraint(
                name="recon_batch_signed",
                condition=Q(state="signed_off", signed_off_at__isnull=False)
                | (~Q(state="signed_off") & Q(signed_off_at=None)),
            ),
        ]

    def __str__(self):
        return f"{self.account} {self.scope} {self.bill_date}"


class Statement(models.Model):
    """A file as it was loaded, with the totals that it states itself. Append-only."""

    batch = models.ForeignKey(ReconBatch, on_delete=models.PROTECT, related_name="statements")
    format = models.CharField(_("format"), max_length=16, choices=Format.choices)
    file_name = models.CharField(_("file"), max_length=160)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(_("rows"))
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    fee_fen = models.BigIntegerField(_("fee (fen)"))
    totals = models.JSONField(_("totals of the file"))
    loaded_at = models.DateTimeField(pgettext_lazy("statement", "loaded"))
    loaded_by = models.CharField(_("loaded by"), max_length=80)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [
            models.UniqueConstraint(fields=["batch", "format"], name="statement_once"),
        ]

    def __str__(self):
        return self.file_name


class LineKind(models.TextChoices):
    PAYMENT = "payment", _("payment")
    REFUND = "refund", _("refund")
    REVOKED = "revoked", _("payment revoked")
    FLOW = "flow", _("movement of funds")
    PAYOUT = "payout", _("pay-out to the bank")
    CREDIT = "credit", _("credit")
    DEBIT = "debit", _("debit")
    CASH = "cash", _("cash collected")


class StatementLine(models.Model):
    """A row of a statement. Append-only.

    amount_fen: how it changes what they hold for us (a refund is negative, a revoked payment 0); fee_fen:
    what they keep of it. group_reference: what joins rows, a remittance's number or a refund's payment.
    """

    Kind = LineKind

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    line_number = models.PositiveIntegerField(_("line"))
    kind = models.CharField(_("kind"), max_length=8, choices=LineKind.choices)
    our_reference = models.CharField(_("our number"), max_length=64, blank=True)
    provider_reference = models.CharField(_("their number"), max_length=64, blank=True)
    group_reference = models.CharField(_("group"), max_length=64, blank=True)
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    fee_fen = models.BigIntegerField(_("fee (fen)"))
    occurred_at = models.DateTimeField(_("occurred"))
    status = models.CharField(_("state"), max_length=32, blank=True)
    text = models.CharField(_("text"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("row of a statement")
        verbose_name_plural = _("rows of statements")
        indexes = [
            models.Index(fields=["our_reference"], name="statement_line_ours"),
            models.Index(fields=["provider_reference"], name="statement_line_theirs"),
            models.Index(
                fields=["group_reference"], name="statement_line_group", condition=~Q(group_reference="")
            ),
        ]

    def __str__(self):
        return f"{self.statement_id} {self.line_number}"
