from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What a party did to earn its share."""

    SELLER = "seller", _("seller")
    ATTRIBUTED_STORE = "attributed_store", _("store that brought the sale")
    FULFILLER = "fulfiller", _("location that shipped")
    COURIER = "courier", pgettext_lazy("company", "courier")
    PLATFORM = "platform", _("platform")
    PROVIDER = "provider", _("payment provider")
    NOBODY = "nobody", _("not assigned")


class OrderShareTerms(models.Model):
    """How an order's money is shared, frozen when it was confirmed; fulfiller and courier at hand-over.

    handed_date is the business day in whose books the fulfiller became known.
    """

    order_number = models.CharField(max_length=32, unique=True)
    channel = models.CharField(max_length=16)
    province = models.CharField(max_length=20, blank=True, default="")
    attributed = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+"
    )
    fulfiller = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+"
    )
    courier = models.ForeignKey("members.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    total_fen = models.BigIntegerField()
    cod = models.BooleanField()
    frozen_at = models.DateTimeField()
    handed_date = models.DateField(null=True)

    class Meta:
        verbose_name = _("terms of an order")
        verbose_name_plural = _("terms of orders")
        indexes = [models.Index(fields=["handed_date"], name="order_terms_handed")]
        constraints = [
            models.CheckConstraint(
                name="order_terms_handed_known",
                condition=Q(handed_date=None, fulfiller=None)
                | Q(handed_date__isnull=False, fulfiller__isnull=False),
            ),
        ]

    def __str__(self):
        return self.order_number


class ParcelPart(models.Model):
    """Units of an order line (0 is shipping) that a parcel carries, where several parcels share an order.

    The frozen share of whoever shipped is divided by these units; fulfiller and courier are known from
    the business day known_date on. parcel: the fulfillment's id; empty for units that had no route yet.
    """

    terms = models.ForeignKey(OrderShareTerms, on_delete=models.PROTECT, related_name="parts")
    line_id = models.BigIntegerField()
    parcel = models.BigIntegerField(null=True)
    units = models.PositiveIntegerField()
    fulfiller = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    courier = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    known_date = models.DateField(null=True)

    class Meta:
        verbose_name = _("part of a parcel")
        verbose_name_plural = _("parts of parcels")
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "line_id", "parcel"], name="parcel_part_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="parcel_part_units", condition=Q(units__gt=0)),
            models.CheckConstraint(
                name="parcel_part_known",
                condition=Q(known_date=None, fulfiller=None, courier=None)
                | Q(known_date__isnull=False, fulfiller__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["known_date"], name="parcel_part_known_on")]

    def __str__(self):
        return f"{self.terms_id} {self.line_id} {self.units}"


class OrderShare(models.Model):
    """A frozen share of an order line (0 is shipping); parties known later have no institution yet."""

    terms = models.ForeignKey(OrderShareTerms, on_delete=models.PROTECT, related_name="shares")
    line_id = models.BigIntegerField()
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=16, choices=Role.choices)
    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    rule_version = models.ForeignKey(
        "settlement.SplitRuleVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    amount_fen = models.BigIntegerField()

    class Meta:
        verbose_name = _("frozen share")
        verbose_name_plural = _("frozen shares")
        constraints = [
            models.UniqueConstraint(fields=["terms", "line_id", "position"], name="order_share_once"),
            models.CheckConstraint(name="order_share_positive", condition=Q(amount_fen__gt=0)),
        ]

    def __str__(self):
        return f"{self.terms_id} {self.line_id} {self.role}"


class OrderTermsLine(models.Model):
    """What an order line was when its shares froze: enough to ask what another rule would have given.

    amount_fen is what was shared: what the customer pays for the line, and the discount that another bears.
    net_fen: less the provider's assumed fee.
    """

    terms = models.ForeignKey(OrderShareTerms, on_delete=models.PROTECT, related_name="lines")
    line_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    seller = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    seller_kind = models.CharField(max_length=16, blank=True)
    rule_version = models.ForeignKey(
        "settlement.SplitRuleVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    amount_fen = models.BigIntegerField()
    net_fen = models.BigIntegerField()

    class Meta:
        verbose_name = _("line of an order's terms")
        verbose_name_plural = _("lines of orders' terms")
        constraints = [
            models.UniqueConstraint(fields=["terms", "line_id"], name="order_terms_line_once"),
            models.CheckConstraint(name="order_terms_line_positive", condition=Q(amount_fen__gt=0)),
        ]

    def __str__(self):
        return f"{self.terms_id} {self.line_id}"


class OrderFunding(models.Model):
    """The part of a line's discount that another bears, frozen with the order; fen.

    institution is empty for the platform. paid_fen: what the customer pays for the line.
    """

    terms = models.ForeignKey(OrderShareTerms, on_delete=models.PROTECT, related_name="fundings")
    line_id = models.BigIntegerField()
    term = models.ForeignKey(
        "settlement.FundingTerm", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    paid_fen = models.BigIntegerField()
    amount_fen = models.BigIntegerField()

    class Meta:
        verbose_name = _("funded discount of an order")
        verbose_name_plural = _("funded discounts of orders")
        constraints = [
            models.UniqueConstraint(fields=["terms", "line_id", "term"], name="order_funding_once"),
            models.CheckConstraint(
                name="order_funding_positive", condition=Q(amount_fen__gt=0, paid_fen__gt=0)
            ),
        ]

    def __str__(self):
        return f"{self.terms_id} {self.line_id} {self.amount_fen}"
