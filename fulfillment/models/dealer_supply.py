"""What follows from dealers' demand: our own orders to suppliers, proposals, and facts per model and day."""

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .dealers import DealerOrder, DealerOrderLine
from .versions import Days


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SupplierItem(models.Model):
    """A supplier delivers a SKU: cost per unit in fen, lead time in days, in lots of so many units.

    Every change is kept; who proposed, accepted and took it off stands in SupplierListing.
    """

    supplier = models.ForeignKey(
        "members.Institution", on_delete=models.CASCADE, related_name="+", verbose_name=_("supplier")
    )
    sku = models.CharField(_("SKU"), max_length=64)
    cost_fen = models.PositiveBigIntegerField(_("cost (fen)"))
    lead_days = models.PositiveSmallIntegerField(_("lead time (days)"))
    lot = models.PositiveIntegerField(_("lot (units)"), default=1)

    class Meta:
        verbose_name = _("supplier's item")
        verbose_name_plural = _("suppliers' items")
        constraints = [
            models.UniqueConstraint(fields=["supplier", "sku"], name="supplier_item_once"),
            models.CheckConstraint(name="supplier_item_lot", condition=Q(lot__gt=0)),
        ]

    def __str__(self):
        return f"{self.supplier_id} {self.sku}"


class SupplyContractQuerySet(models.QuerySet):
    def running(self, day: date) -> "SupplyContractQuerySet":
        """Of suppliers that we still work with, in force on a Shanghai day."""
        return self.filter(supplier__is_active=True, starts__lte=day, ends__gt=day)


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["called"]
)
class SupplyContract(models.Model):
    """Central procurement: a supplier delivers up to `units` of a SKU at a price, from a day until another.

    `called`: units of our orders under it, what never came taken off again; written by services.
    supply_contracts. `to_order`: the supplier makes them when they are called off, lead_days later.
    `ends` is exclusive.
    """

    number = models.CharField(_("contract number"), max_length=40, unique=True)
    supplier = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("supplier")
    )
    sku = models.CharField(_("SKU"), max_length=64)
    cost_fen = models.PositiveBigIntegerField(_("cost (fen)"))
    units = models.PositiveIntegerField(_("units agreed"))
    called = models.PositiveIntegerField(_("called off"), default=0, editable=False)
    lot = models.PositiveIntegerField(_("lot (units)"), default=1)
    lead_days = models.PositiveSmallIntegerField(_("lead time (days)"))
    to_order = models.BooleanField(_("made to order"), default=False)
    starts = models.DateField(_("valid from"))
    ends = models.DateField(_("valid until (exclusive)"))

    objects = SupplyContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("supply contract")
        verbose_name_plural = _("supply contracts")
        ordering = ["-starts", "number"]
        constraints = [
            models.CheckConstraint(
                name="supply_contract_units",
                condition=Q(units__gt=0, lot__gt=0, called__lte=F("units")),
                violation_error_message=_("More is called off than the contract holds."),
            ),
            models.CheckConstraint(
                name="supply_contract_days",
                condition=Q(ends__gt=F("starts")),
                violation_error_message=_("The contract ends after it begins."),
            ),
            ExclusionConstraint(
                name="supply_contract_no_overlap",
                expressions=[("supplier", "="), ("sku", "="), (Days("starts", "ends"), "&&")],
                violation_error_message=_("This supplier has a contract for this article on these days."),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def left(self) -> int:
        """Units that may still be called off."""
        return self.units - self.called


class SupplierOrderKind(models.TextChoices):
    PURCHASE = "purchase", _("material purchase")
    PRODUCTION = "production", _("production order")


class SupplierOrderState(models.TextChoices):
    OPEN = "open", _("ordered")
    RECEIVED = "received", _("received")
    CLOSED = "closed", _("closed short")
    CANCELLED = "cancelled", _("cancelled")


class SupplierProgress(models.TextChoices):
    """How far the supplier is; what it has sent stands in its notices."""

    ASKED = "asked", _("waits for the supplier")
    CONFIRMED = "confirmed", pgettext_lazy("supplier", "confirmed")
    MAKING = "making", _("in production")
    MADE = "made", _("production finished")
    DECLINED = "declined", pgettext_lazy("supplier", "declined")


_P = SupplierProgress
SUPPLIER_STEPS: dict[str, set[str]] = {
    _P.ASKED: {_P.CONFIRMED, _P.DECLINED},
    _P.CONFIRMED: {_P.MAKING, _P.DECLINED},
    _P.MAKING: {_P.MADE, _P.DECLINED},
    _P.MADE: {_P.DECLINED},
}


class SupplierOrder(models.Model):
    """Our order to a supplier, driven by a dealer's order that our stock could not serve.

    A purchase is sent from the supplier's stock, a production order is made first. expected_on: by its
    contract or list; promised_on: what the supplier said.
    """

    State = SupplierOrderState
    Kind = SupplierOrderKind
    Progress = SupplierProgress

    kind = models.CharField(
        _("kind"), max_length=10, choices=SupplierOrderKind.choices, default=SupplierOrderKind.PURCHASE
    )
    number = models.CharField(_("number"), max_length=32, unique=True, null=True)
    supplier = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("supplier")
    )
    location = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("deliver to")
    )
    dealer_order = models.ForeignKey(
        DealerOrder, on_delete=models.PROTECT, related_name="supplier_orders", verbose_name=_("dealer order")
    )
    state = models.CharField(_("state"), max_length=10, choices=SupplierOrderState.choices)
    amount_fen = models.PositiveBigIntegerField(_("amount (fen)"))
    created_by = models.CharField(_("ordered by"), max_length=80)
    created_at = models.DateTimeField(_("ordered at"))
    expected_on = models.DateField(_("expected on"))
    progress = models.CharField(
        _("supplier's answer"),
        max_length=10,
        choices=SupplierProgress.choices,
        default=SupplierProgress.ASKED,
    )
    promised_on = models.DateField(_("promised for"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"))
    ended_by = models.CharField(_("ended by"), max_length=80, blank=True, default="")
    end_reason = models.CharField(_("why ended"), max_length=160, blank=True, default="")

    class Meta:
        verbose_name = _("supplier order")
        verbose_name_plural = _("supplier orders")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "location"], name="supplier_order_open"),
            models.Index(fields=["supplier", "state"], name="supplier_order_theirs"),
        ]
        constraints = [
            models.CheckConstraint(
                name="supplier_order_promised",
                condition=Q(progress__in=["asked", "declined"]) | Q(promised_on__isnull=False),
            ),
            models.CheckConstraint(
                name="supplier_order_declined",
                condition=~Q(progress="declined") | Q(state__in=["closed", "cancelled"]),
            ),
            models.CheckConstraint(
                name="supplier_order_made",
                condition=~Q(progress__in=["making", "made"]) | Q(kind="production"),
            ),
        ]

    def __str__(self):
        return self.number or f"#{self.pk}"

    @property
    def due_on(self) -> date:
        """The day on which it comes as far as we know."""
        return self.promised_on or self.expected_on

    @property
    def days_later(self) -> int:
        """Days by which the supplier promised later than agreed."""
        return max(0, (self.due_on - self.expected_on).days)


class SupplierOrderLine(models.Model):
    """`dealer_line` is what the units are for, `contract` what they are called off from. Cost in fen.

    announced: units of dispatch notices under way, and what those that were checked in brought.
    """

    order = models.ForeignKey(SupplierOrder, on_delete=models.CASCADE, related_name="lines")
    dealer_line = models.ForeignKey(DealerOrderLine, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(
        SupplyContract, on_delete=models.PROTECT, null=True, related_name="lines", verbose_name=_("contract")
    )
    sku = models.CharField(_("SKU"), max_length=64)
    quantity = models.PositiveIntegerField(_("quantity"))
    cost_fen = models.PositiveBigIntegerField(_("cost (fen)"))
    received = models.PositiveIntegerField(_("received"), default=0)
    announced = models.PositiveIntegerField(_("announced"), default=0)

    class Meta:
        verbose_name = _("supplier order line")
        verbose_name_plural = _("supplier order lines")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "sku"], name="supplier_order_line_once"),
            models.CheckConstraint(
                name="supplier_order_line_units",
                condition=Q(quantity__gt=0, received__lte=F("quantity")),
            ),
            models.CheckConstraint(
                name="supplier_order_line_announced", condition=Q(announced__lte=F("quantity"))
            ),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.sku}"

    @property
    def open_units(self) -> int:
        return self.quantity - self.received


class ReplenishmentState(models.TextChoices):
    OPEN = "open", _("open")
    ORDERED = "ordered", _("ordered")
    DISMISSED = "dismissed", _("dismissed")


class ReplenishmentProposal(models.Model):
    """What a dealer should order of a SKU, and the figures it follows from.

    daily_milli, spread_milli: mean and standard deviation of a day's sell-out in thousandths of a unit.
    """

    State = ReplenishmentState

    dealer = models.ForeignKey(
        "members.Institution", on_delete=models.CASCADE, related_name="+", verbose_name=_("dealer")
    )
    sku = models.CharField(_("SKU"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=ReplenishmentState.choices)
    on_hand = models.IntegerField(_("unpromised on the shelf"))
    on_order = models.IntegerField(_("on order"))
    daily_milli = models.PositiveIntegerField()
    spread_milli = models.PositiveIntegerField()
    safety = models.PositiveIntegerField(_("safety stock"))
    reorder_point = models.PositiveIntegerField(_("reorder point"))
    quantity = models.PositiveIntegerField(_("proposed"))
    order = models.ForeignKey(
        DealerOrder, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    computed_at = models.DateTimeField(_("computed at"))

    class Meta:
        verbose_name = _("replenishment proposal")
        verbose_name_plural = _("replenishment proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["dealer", "sku"], condition=Q(state="open"), name="proposal_open_once"
            ),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.sku}"

    @property
    def daily(self) -> float:
        """Units sold a day."""
        return self.daily_milli / 1000

    @property
    def spread(self) -> float:
        """Their standard deviation."""
        return self.spread_milli / 1000

    @property
    def position(self) -> int:
        """Units on the shelf, unpromised, and on order."""
        return self.on_hand + self.on_order

    @property
    def order_up_to(self) -> int:
        return self.position + self.quantity


class DealerDay(models.Model):
    """Sell-in and sell-out of a model at a dealer on a Shanghai day."""

    dealer = models.ForeignKey(
        "members.Institution", on_delete=models.CASCADE, related_name="+", verbose_name=_("dealer")
    )
    sku = models.CharField(_("SKU"), max_length=64)
    day = models.DateField(_("day"))
    sell_in = models.PositiveIntegerField(_("sell-in"), default=0)
    sell_out = models.PositiveIntegerField(_("sell-out"), default=0)

    class Meta:
        verbose_name = _("dealer's day")
        verbose_name_plural = _("dealers' days")
        constraints = [models.UniqueConstraint(fields=["dealer", "sku", "day"], name="dealer_day_once")]
        indexes = [models.Index(fields=["day", "dealer"], name="dealer_day_by_day")]

    def __str__(self):
        return f"{self.dealer_id} {self.sku} {self.day}"
