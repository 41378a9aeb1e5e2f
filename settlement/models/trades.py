from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.channels import Channel

from .terms import Role


class TradeKind(models.TextChoices):
    PAYMENT = "payment", _("payment")
    REFUND = "refund", _("refund")
    TILL_SALE = "till_sale", _("till sale")
    FREIGHT = "freight", _("freight")
    COD_REMITTANCE = "cod_remittance", _("cash on delivery handed in")
    POINTS_EARNED = "points_earned", _("points earned")
    POINTS_CLAWED_BACK = "points_clawed_back", _("points taken back")
    POINTS_LAPSED = "points_lapsed", _("points lapsed")
    POINTS_FUNDED = "points_funded", _("points borne by another")
    CARD_SALE = "card_sale", _("prepaid card sold or reloaded")
    CARD_REFUND = "card_refund", _("prepaid card given back")
    DEALER_INVOICE = "dealer_invoice", _("invoice to a dealer")
    DEALER_CREDIT = "dealer_credit", _("credit note to a dealer")
    DEALER_PAYMENT = "dealer_payment", _("payment of a dealer")
    DEALER_MATCHED = "dealer_matched", _("dealer's payment set against an invoice")
    GOODS_BOUGHT = "goods_bought", _("goods bought from a supplier")
    PROVIDER_FEE = "provider_fee", _("provider's fee as billed")
    COURIER_FEE = "courier_fee", _("courier's fee as billed")
    ADJUSTMENT = "adjustment", _("adjustment")


# Money that is owed to cards at once; at clearing only the provider's fee of it is shared.
CARD_KINDS = (TradeKind.CARD_SALE, TradeKind.CARD_REFUND)
# These are shared among parties at clearing; the others only move between the platform's accounts.
SPLIT_KINDS = (TradeKind.PAYMENT, TradeKind.REFUND, TradeKind.TILL_SALE, TradeKind.FREIGHT)
SALES_KINDS = (TradeKind.PAYMENT, TradeKind.REFUND, TradeKind.TILL_SALE)


class Means(models.TextChoices):
    UNIPAY = "unipay", _("UniPay")
    CASH = "cash", _("cash")
    CARD = "card", _("card")
    COD = "cod", _("cash on delivery")
    POINTS = "points", _("points")
    PREPAID = "prepaid", _("prepaid card")
    TILL = "till", _("chain till")
    FUNDED = "funded", _("discount borne by another")
    NONE = "none", _("none")


class Trade(models.Model):
    """One fact of money, booked exactly once; never changed. amount_fen is negative for refunds.

    occurred_at: when it happened; booked_at: when it reached the books; business_date: the day whose
    books hold it; original_date: the business day on which it happened.
    """

    Kind = TradeKind

    source_key = models.CharField(_("source"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=TradeKind.choices)
    means = models.CharField(_("means"), max_length=8, choices=Means.choices)
    channel = models.CharField(_("channel"), max_length=16, blank=True, default="", choices=Channel.choices)
    order_number = models.CharField(_("order"), max_length=32, blank=True, default="")
    payment_id = models.BigIntegerField(null=True)
    provider = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    collector = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Who earns it where no order says so: the store of a till sale, the courier of a freight.
    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    rule_version = models.ForeignKey(
        "settlement.SplitRuleVersion", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    occurred_at = models.DateTimeField(_("occurred"))
    booked_at = models.DateTimeField(_("booked"))
    business_date = models.DateField(_("business day"))
    original_date = models.DateField(_("original day"))
    journal = models.ForeignKey("settlement.Journal", on_delete=models.PROTECT, related_name="trades")

    class Meta:
        verbose_name = _("trade")
        verbose_name_plural = _("trades")
        indexes = [
            models.Index(fields=["business_date", "id"], name="trade_day"),
            models.Index(
                fields=["order_number", "kind", "id"], name="trade_order", condition=~Q(order_number="")
            ),
            models.Index(fields=["payment_id"], name="trade_payment", condition=Q(payment_id__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(name="trade_not_zero", condition=~Q(amount_fen=0)),
        ]

    def __str__(self):
        return self.source_key


class TradeLine(models.Model):
    """How much of a refund belongs to which order line (0 is shipping); fen, positive."""

    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, related_name="lines")
    order_number = models.CharField(max_length=32)
    line_id = models.BigIntegerField()
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trade", "line_id"], name="trade_line_once"),
            models.CheckConstraint(name="trade_line_positive", condition=Q(amount_fen__gt=0)),
        ]
        indexes = [models.Index(fields=["order_number", "line_id", "trade"], name="trade_line_order")]

    def __str__(self):
        return f"{self.trade_id} {self.line_id}"


class TradeShare(models.Model):
    """What a trade gave a party: the detail behind the postings. The shares of a trade sum to its amount.

    business_date is the day that shared it: the trade's own, or a later one when a party was known late.
    """

    # share_once leads with the trade: no index of its own.
    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, related_name="shares", db_index=False)
    # Chunk and institution are checked once per statement (settlement_shares_check), not row by row: two
    # workers that lock the same institutions five million times would wait for each other all night.
    chunk = models.ForeignKey(
        "settlement.SettlementChunk", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    business_date = models.DateField()
    role = models.CharField(_("party"), max_length=16, choices=Role.choices)
    account_kind = models.CharField(max_length=20)
    institution = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    channel = models.CharField(max_length=16, blank=True)
    amount_fen = models.BigIntegerField(_("amount (fen)"))

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        indexes = [
            models.Index(fields=["business_date", "institution", "channel"], name="share_day_party"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["trade", "business_date", "role", "account_kind", "institution"],
                name="share_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="share_not_zero", condition=~Q(amount_fen=0)),
        ]

    def __str__(self):
        return f"{self.trade_id} {self.role} {self.amount_fen}"
