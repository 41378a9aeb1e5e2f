from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AccountKind(models.TextChoices):
    PROVIDER_TRANSIT = "provider_transit", _("provider in transit")
    COD_TRANSIT = "cod_transit", _("cash on delivery in transit")
    STORE_CASH = "store_cash", _("store takings in transit")
    SPLIT_PENDING = "split_pending", _("split pending")
    FULFILMENT_PENDING = "fulfilment_pending", _("shipper not known yet")
    PAYABLE = "payable", _("payable")
    FREIGHT_PAYABLE = "freight_payable", _("freight payable")
    CARRIED = "carried", _("carried to the next netting")
    TRANSFER = "transfer", _("transfer in transit")
    BANK = "bank", _("bank")
    SUSPENSE = "suspense", _("suspense")
    POINTS_LIABILITY = "points_liability", _("points liability")
    PREPAID_CARDS = "prepaid_cards", _("prepaid cards outstanding")
    FEE_ACCRUED = "fee_accrued", _("provider fees accrued")
    REVENUE = "revenue", _("platform revenue")
    FEE_COST = "fee_cost", _("provider fees")
    FREIGHT_COST = "freight_cost", _("freight cost")
    POINTS_COST = "points_cost", _("points cost")
    DISCOUNT_COST = "discount_cost", _("discounts borne")
    FEE_VARIANCE = "fee_variance", _("provider fees: billed against estimated")
    WRITE_OFF = "write_off", _("written-off differences")
    CLAIM = "claim", _("claims on providers, couriers and banks")
    DEALER_RECEIVABLE = "dealer_receivable", _("receivable from dealers")
    DEALER_ADVANCE = "dealer_advance", _("payments and credits of dealers not matched yet")
    DEALER_SALES = "dealer_sales", _("sales to dealers")
    GOODS_COST = "goods_cost", _("goods bought for dealers")
    COST_DEPRECIATION = "cost_depreciation", _("channel cost: depreciation and amortisation")
    COST_LEASE = "cost_lease", _("channel cost: operating lease")
    COST_LABOUR = "cost_labour", _("channel cost: labour")
    COST_OTHER = "cost_other", _("channel cost: other")
    COST_TAKEN_OVER = "cost_taken_over", _("channel costs taken over from the general ledger")


# What the platform owes an institution or holds against it: netted and paid out.
POSITION_KINDS = (AccountKind.PAYABLE, AccountKind.FREIGHT_PAYABLE, AccountKind.STORE_CASH)
# These must be zero, or their balance is named as carried, before a day closes.
ZERO_KINDS = (AccountKind.SPLIT_PENDING,)
CARRIED_KINDS = (
    AccountKind.PROVIDER_TRANSIT,
    AccountKind.COD_TRANSIT,
    AccountKind.FULFILMENT_PENDING,
    AccountKind.CARRIED,
    AccountKind.TRANSFER,
    AccountKind.SUSPENSE,
    AccountKind.CLAIM,
    AccountKind.DEALER_RECEIVABLE,
    AccountKind.DEALER_ADVANCE,
)


class LedgerAccount(models.Model):
    """An account of the chart; institution is empty for the platform's own."""

    Kind = AccountKind

    kind = models.CharField(_("kind"), max_length=20, choices=AccountKind.choices)
    institution = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("institution"),
    )
    currency = models.CharField(_("currency"), max_length=3, default="CNY", db_default="CNY")

    class Meta:
        verbose_name = _("ledger account")
        verbose_name_plural = _("ledger accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "institution", "currency"], name="ledger_account_once", nulls_distinct=False
            ),
        ]

    def __str__(self):
        return f"{self.kind}:{self.institution_id or ''}"


class Journal(models.Model):
    """One economic event. The key makes it unique, its postings sum to zero, nothing of it ever changes.

    The database also keeps `xid`, the transaction that wrote it: no leg can be added later.
    """

    key = models.CharField(_("key"), max_length=120, unique=True)
    payload_hash = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=24)
    business_date = models.DateField(_("business day"), db_index=True)
    original_date = models.DateField(_("original day"))
    booked_at = models.DateTimeField(_("booked"))
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reversals")
    note = models.CharField(_("note"), max_length=160, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("journal")
        verbose_name_plural = _("journals")

    def __str__(self):
        return self.key


class Posting(models.Model):
    """One signed amount in fen on one account: debit positive, credit negative. Partitioned by month."""

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="postings")
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    currency = models.CharField(_("currency"), max_length=3, default="CNY", db_default="CNY")
    channel = models.CharField(_("channel"), max_length=16, blank=True, default="")
    business_date = models.DateField(_("business day"))

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        indexes = [
            models.Index(fields=["journal"], name="posting_journal"),
            models.Index(fields=["account", "business_date"], name="posting_account_day"),
            # A day's postings lie together in its month: this finds them and costs an insert nothing.
            BrinIndex(fields=["business_date"], name="posting_day", pages_per_range=32, autosummarize=True),
        ]
        constraints = [
            models.CheckConstraint(name="posting_not_zero", condition=~Q(amount_fen=0)),
        ]

    def __str__(self):
        return f"{self.account_id} {self.amount_fen}"
