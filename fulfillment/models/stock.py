import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class StockLevelQuerySet(models.QuerySet):
    def with_promised(self):
        """`promised`: reserved without the units that wait in a hot level's buckets for the next order."""
        waiting = Coalesce(models.Sum("bucket_rows__free"), 0)
        return self.annotate(promised=F("reserved") - waiting)


class StockLevel(models.Model):
    """Units of a SKU at a location. Changed by services only, each change with its movement."""

    sku = models.CharField(_("SKU"), max_length=64)
    location = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("location")
    )
    on_hand = models.IntegerField(_("on hand"), default=0)
    reserved = models.IntegerField(_("reserved"), default=0)
    bin = models.CharField(_("bin"), max_length=12, blank=True, default="")
    # Into how many StockBuckets a hot level's free units are divided; reserved counts those as well.
    buckets = models.SmallIntegerField(_("parts"), default=0, db_default=0, editable=False)

    objects = StockLevelQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock level")
        verbose_name_plural = _("stock levels")
        constraints = [
            models.UniqueConstraint(fields=["sku", "location"], name="stock_level_once"),
            # What a reservation refers to: level, SKU and location together.
            models.UniqueConstraint(fields=["id", "sku", "location"], name="stock_level_whole"),
            models.CheckConstraint(
                name="stock_level_bounds",
                condition=Q(reserved__gte=0, on_hand__gte=F("reserved"), buckets__gte=0),
            ),
        ]

    def __str__(self):
        return f"{self.sku} @ {self.location_id}"


class Place(models.TextChoices):
    LOCATION = "location", _("location")
    SUPPLIER = "supplier", _("supplier")
    CUSTOMER = "customer", _("customer")
    TRANSIT = "transit", _("in transit")
    LOSS = "loss", _("loss")


class StockMovement(models.Model):
    """Units of a SKU that went from one place to another: two entries in one row, so each SKU sums to zero.

    Append-only: the database refuses UPDATE, DELETE and TRUNCATE. No running balance.
    """

    sku = models.CharField(_("SKU"), max_length=64)
    quantity = models.PositiveIntegerField(_("quantity"))
    from_place = models.CharField(_("from"), max_length=8, choices=Place.choices)
    from_location = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("from location"),
    )
    to_place = models.CharField(_("to"), max_length=8, choices=Place.choices)
    to_location = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("to location"),
    )
    reason = models.CharField(_("reason"), max_length=24)
    reference = models.CharField(_("reference"), max_length=64)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        constraints = [
            models.CheckConstraint(name="movement_quantity", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="movement_from",
                condition=Q(from_place="location", from_location__isnull=False)
                | (~Q(from_place="location") & Q(from_location__isnull=True)),
            ),
            models.CheckConstraint(
                name="movement_to",
                condition=Q(to_place="location", to_location__isnull=False)
                | (~Q(to_place="location") & Q(to_location__isnull=True)),
            ),
            # The same news twice moves the goods once.
            models.UniqueConstraint(
                fields=["reference", "reason", "sku", "from_location", "to_location"],
                name="movement_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(fields=["sku"], name="movement_of_sku")]

    def __str__(self):
        return f"{self.quantity} × {self.sku}: {self.reason} {self.reference}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SafetyStock(models.Model):
    """Units that a channel may not promise. Blank SKU, channel or location: any; the largest counts."""

    location = models.ForeignKey(
        "members.Institution",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("location"),
    )
    sku = models.CharField(_("SKU"), max_length=64, blank=True, default="")
    channel = models.CharField(_("channel"), max_length=16, blank=True, default="")
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("safety stock")
        verbose_name_plural = _("safety stock")
        constraints = [
            models.UniqueConstraint(
                fields=["location", "sku", "channel"], name="safety_stock_once", nulls_distinct=False
            ),
        ]

    def __str__(self):
        return f"{self.quantity} ({self.channel or '*'} {self.sku or '*'})"


class ReservationState(models.TextChoices):
    HELD = "held", _("held")
    CONFIRMED = "confirmed", _("confirmed")
    SHIPPED = "shipped", _("shipped")
    RELEASED = "released", _("released")


class Reservation(models.Model):
    """Units of an order line promised from one location. HELD → CONFIRMED → SHIPPED, or RELEASED."""

    State = ReservationState

    demand = models.ForeignKey(
        "fulfillment.FulfillmentDemand", on_delete=models.PROTECT, related_name="reservations"
    )
    line_id = models.BigIntegerField(_("order line"))
    # One foreign key over level, SKU and location (migration 0012) stands for both constraints.
    level = models.ForeignKey(
        StockLevel, on_delete=models.PROTECT, related_name="reservations", db_index=False, db_constraint=False
    )
    sku = models.CharField(_("SKU"), max_length=64)
    location = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("location"),
        db_index=False,
        db_constraint=False,
    )
    quantity = models.IntegerField(_("quantity"))
    state = models.CharField(_("state"), max_length=10, choices=ReservationState.choices)
    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reservations",
        verbose_name=_("fulfillment"),
        db_index=False,
    )
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        constraints = [
            models.CheckConstraint(name="reservation_quantity", condition=Q(quantity__gt=0)),
            models.UniqueConstraint(
                fields=["demand", "line_id", "level", "fulfillment"],
                condition=Q(state__in=["held", "confirmed"]),
                name="reservation_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                fields=["level"], name="reservation_live", condition=Q(state__in=["held", "confirmed"])
            ),
            models.Index(
                fields=["fulfillment"],
                name="reservation_of_parcel",
                condition=Q(fulfillment__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.sku} ({self.state})"
