import re

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

ORDER_NUMBER = re.compile(r"HT\d{8,}")
APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class PointsPolicy(models.Model):
    """How points are earned, valued and lapse from a day on; the newest row that has begun holds."""

    valid_from = models.DateField(_("valid from"), unique=True)
    fen_per_point = models.PositiveIntegerField(_("fen per point"), default=1)
    earn_per_yuan = models.PositiveIntegerField(_("points per yuan"), default=1)
    lifetime_months = models.PositiveSmallIntegerField(_("lifetime (months)"), default=24)
    grace_days = models.PositiveSmallIntegerField(_("grace of returned points (days)"), default=30)

    class Meta:
        verbose_name = _("points policy")
        verbose_name_plural = _("points policies")
        constraints = [
            models.CheckConstraint(name="points_policy_value", condition=Q(fen_per_point__gt=0)),
            models.CheckConstraint(name="points_policy_lifetime", condition=Q(lifetime_months__gt=0)),
        ]

    def __str__(self):
        return f"{self.valid_from}"


class PointsAccount(models.Model):
    """The row that every change of a member's points locks. `debt` is what claw-backs could not find."""

    member = models.OneToOneField(
        "members.Member", on_delete=models.PROTECT, primary_key=True, related_name="points_account"
    )
    debt = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="points_debt", condition=Q(debt__gte=0))]

    def __str__(self):
        return f"points of {self.member_id}"


class PointsKind(models.TextChoices):
    EARN = "earn", _("earned")
    BURN = "burn", _("spent")
    BURN_RETURN = "burn_return", _("returned")
    CLAW_BACK = "claw_back", _("taken back")
    DEBT_REPAYMENT = "debt_repayment", _("settled against owed points")
    LAPSE = "lapse", _("lapsed")
    ADJUST = "adjust", _("adjusted")


class PointsTxn(models.Model):
    """One change of a balance (`points`, signed) and of the debt: immutable, once per kind and reference."""

    Kind = PointsKind

    account = models.ForeignKey(PointsAccount, on_delete=models.PROTECT, related_name="txns")
    kind = models.CharField(max_length=16, choices=PointsKind.choices)
    points = models.IntegerField()
    debt_change = models.IntegerField(default=0)
    value_fen = models.BigIntegerField(default=0)
    reference = models.CharField(max_length=80)
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")
    occurred_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="points_txn_history")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "reference"], name="points_txn_once"),
            models.CheckConstraint(
                name="points_txn_sign",
                condition=Q(kind__in=["earn", "burn_return"], points__gt=0)
                | Q(kind__in=["burn", "lapse", "claw_back"], points__lt=0)
                | Q(kind="debt_repayment", points=0, debt_change__lt=0)
                | Q(kind="adjust"),
            ),
        ]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.kind} {self.points} {self.reference}"

    @property
    def order_number(self) -> str:
        """The order that the reference speaks of; empty where it speaks of none."""
        found = ORDER_NUMBER.search(self.reference)
        return found[0] if found else ""

    @property
    def settled(self) -> int:
        """Points that repaid a debt."""
        return max(0, -self.debt_change)


class PointsLotQuerySet(models.QuerySet):
    def unexpired(self, day):
        return self.filter(remaining__gt=0, expires_on__gte=day)

    def spendable(self, day):
        return self.unexpired(day).filter(available_from__lte=day)

    def lapsed(self, day):
        return self.filter(remaining__gt=0, expires_on__lt=day)

    def first_to_lapse(self):
        return self.order_by("expires_on", "pk")


class PointsLot(models.Model):
    """Points that came in together; they lapse after `expires_on` (inclusive, a Shanghai day)."""

    account = models.ForeignKey(PointsAccount, on_delete=models.PROTECT, related_name="lots")
    txn = models.ForeignKey(PointsTxn, on_delete=models.PROTECT, related_name="lots")
    points = models.PositiveIntegerField()
    remaining = models.PositiveIntegerField()
    available_from = models.DateField()
    expires_on = models.DateField()

    objects = PointsLotQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "expires_on"], name="points_lot_open", condition=Q(remaining__gt=0)
            ),
            models.Index(fields=["expires_on"], name="points_lot_expiry", condition=Q(remaining__gt=0)),
        ]
        constraints = [
            models.CheckConstraint(
                name="points_lot_remaining",
                condition=Q(points__gt=0, remaining__gte=0, remaining__lte=F("points")),
            ),
            models.CheckConstraint(name="points_lot_dates", condition=Q(expires_on__gte=F("available_from"))),
        ]

    def __str__(self):
        return f"{self.remaining}/{self.points} to {self.expires_on}"


class PointsAllocation(models.Model):
    """How much of which lot a transaction took (or, for a return, gave back)."""

    txn = models.ForeignKey(PointsTxn, on_delete=models.PROTECT, related_name="allocations")
    lot = models.ForeignKey(PointsLot, on_delete=models.PROTECT, related_name="allocations")
    points = models.PositiveIntegerField()
    returned = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["txn", "lot"], name="points_allocation_once"),
            models.CheckConstraint(
                name="points_allocation_returned",
                condition=Q(points__gt=0, returned__gte=0, returned__lte=F("points")),
            ),
        ]

    def __str__(self):
        return f"{self.points} of lot {self.lot_id}"
