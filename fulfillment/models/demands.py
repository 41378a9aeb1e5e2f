from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from omnichannel.kernel.errors import DomainError


class WrongState(DomainError):
    """A fulfillment cannot take this step from where it stands."""

    code = "fulfillment_wrong_state"
    message = _("Fulfillment %(fulfillment)s is “%(state)s”; this step is not possible now.")


class Way(models.TextChoices):
    SHIP = "ship", pgettext_lazy("way to the customer", "shipped")
    PICKUP = "pickup", _("picked up in the store")
    MERCHANT = "merchant", _("shipped by the merchant")


class DemandState(models.TextChoices):
    HELD = "held", _("held until paid")
    REQUESTED = "requested", _("to be routed")
    ROUTED = "routed", _("routed")
    EXCEPTION = "exception", _("with the operators")
    RELEASED = "released", _("hold released")
    CANCELLED = "cancelled", _("cancelled")
    DONE = "done", _("done")


class FulfillmentDemand(models.Model):
    """What an order wants from us, frozen. `wish` is values.Demand as JSON; `attempts` counts routings."""

    State = DemandState

    order_number = models.CharField(_("order number"), max_length=32)
    channel = models.CharField(_("channel"), max_length=16)
    way = models.CharField(_("way"), max_length=8, choices=Way.choices)
    state = models.CharField(_("state"), max_length=10, choices=DemandState.choices)
    wish = models.JSONField(_("wish"))
    # Whose it is, for the caps on unpaid holds: "member:12". Blank: not counted.
    customer = models.CharField(_("customer"), max_length=40, blank=True, default="", db_default="")
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    reason = models.CharField(_("reason"), max_length=120, blank=True, default="")
    expires_at = models.DateTimeField(_("held until"), null=True, blank=True)
    promised_on = models.DateField(_("promised for"), null=True, blank=True)
    placed_at = models.DateTimeField(_("placed at"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("demand")
        verbose_name_plural = _("demands")
        # No `unique=True`: it brings a second index for LIKE, which nothing asks.
        constraints = [models.UniqueConstraint(fields=["order_number"], name="demand_once")]
        indexes = [
            models.Index(
                fields=["state", "changed_at"],
                name="demand_open",
                condition=models.Q(state__in=["held", "requested", "exception"]),
            ),
            models.Index(
                fields=["customer"],
                name="demand_unpaid_of",
                condition=models.Q(state="held") & ~models.Q(customer=""),
            ),
        ]

    def __str__(self):
        return self.order_number


class FulfillmentState(models.TextChoices):
    AWAITING_ACCEPTANCE = "awaiting_acceptance", _("awaiting acceptance")
    ACCEPTED = "accepted", _("accepted")
    IN_WAVE = "in_wave", _("in a wave")
    PICKED = "picked", _("picked")
    SIM_TAKEN = "sim_taken", _("SIM taken")
    ACCOUNT_OPEN = "account_open", _("account open")
    PACKED = "packed", _("packed")
    READY_FOR_PICKUP = "ready_for_pickup", _("ready for pick-up")
    HANDED_OVER = "handed_over", _("handed over")
    OUT_FOR_DELIVERY = "out_for_delivery", _("out for delivery")
    DELIVERED = "delivered", _("delivered")
    REFUSED = "refused", _("refused at the door")
    RETURNED = "returned", pgettext_lazy("parcel", "returned")
    LOST = "lost", pgettext_lazy("parcel", "lost on the way")
    DECLINED = "declined", _("declined by the location")
    SHORT = "short", _("short at the shelf")
    MOVED = "moved", _("routed elsewhere")
    CANCELLED = "cancelled", _("cancelled")


_S = FulfillmentState
_LEAVE = {_S.CANCELLED, _S.SHORT, _S.MOVED}
_ASTRAY = {_S.RETURNED, _S.LOST, _S.MOVED}
STEPS: dict[str, set[str]] = {
    _S.AWAITING_ACCEPTANCE: {_S.ACCEPTED, _S.DECLINED, _S.CANCELLED, _S.MOVED},
    _S.ACCEPTED: {_S.IN_WAVE, _S.PICKED, _S.DECLINED, *_LEAVE},
    _S.IN_WAVE: {_S.ACCEPTED, _S.PICKED, *_LEAVE},
    _S.PICKED: {_S.ACCEPTED, _S.IN_WAVE, _S.SIM_TAKEN, _S.PACKED, _S.DECLINED, *_LEAVE},
    _S.SIM_TAKEN: {_S.PICKED, _S.ACCOUNT_OPEN, *_LEAVE},
    _S.ACCOUNT_OPEN: {_S.SIM_TAKEN, _S.PACKED, *_LEAVE},
    _S.PACKED: {
        *(_S.ACCOUNT_OPEN, _S.SIM_TAKEN, _S.PICKED, _S.HANDED_OVER, _S.READY_FOR_PICKUP),
        *_LEAVE,
    },
    _S.READY_FOR_PICKUP: {_S.PACKED, _S.DELIVERED, _S.CANCELLED},
    # From outside the house: came back without a visit, was lost, or (moved) was lost and is sent once more.
    _S.HANDED_OVER: {_S.PACKED, _S.OUT_FOR_DELIVERY, _S.DELIVERED, _S.REFUSED, *_ASTRAY},
    _S.OUT_FOR_DELIVERY: {_S.HANDED_OVER, _S.DELIVERED, _S.REFUSED, *_ASTRAY},
    _S.REFUSED: {_S.RETURNED, _S.LOST},
    # Found after all: a parcel as a whole, or the units of another that had been cut out of it.
    _S.SHORT: {_S.ACCEPTED, _S.IN_WAVE, _S.MOVED},
}
# A posted parcel that turned up after all; of goods the loss is booked, and what turns up is counted in.
FOUND = (_S.LOST, _S.RETURNED)
# The goods are still in the house: the customer may cancel, the operators may re-route.
IN_HOUSE = (
    _S.AWAITING_ACCEPTANCE,
    _S.ACCEPTED,
    _S.IN_WAVE,
    _S.PICKED,
    _S.SIM_TAKEN,
    _S.ACCOUNT_OPEN,
    _S.PACKED,
    _S.READY_FOR_PICKUP,
)
# With a courier, or on its way back: the goods are in nobody's house.
OUTSIDE = (_S.HANDED_OVER, _S.OUT_FOR_DELIVERY, _S.REFUSED)
# No longer on its way, and its demand wants nothing more of it.
ARRIVED = (_S.DELIVERED, _S.REFUSED, _S.RETURNED, _S.LOST)
# No longer the demand's way to its goods: another fulfillment, or nobody, took over.
GIVEN_UP = (_S.DECLINED, _S.SHORT, _S.CANCELLED, _S.MOVED)


class FulfillmentQuerySet(models.QuerySet):
    def in_house(self):
        return self.filter(state__in=IN_HOUSE)

    def live(self):
        return self.exclude(state__in=GIVEN_UP)


class FulfillmentOrder(models.Model):
    """One package's way from one location to one customer. Amounts in fen, weight in grams.

    weight_g: expected by the catalogue; packed_g: what the scale showed, None where nobody weighed.

    via: a trunk run carries it to this hub, which delivers it and earns freight_fen.
    """

    State = FulfillmentState

    code = models.CharField(_("code"), max_length=40, unique=True)
    demand = models.ForeignKey(
        FulfillmentDemand, on_delete=models.PROTECT, related_name="fulfillments", verbose_name=_("demand")
    )
    location = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("location")
    )
    way = models.CharField(_("way"), max_length=8, choices=Way.choices)
    state = models.CharField(_("state"), max_length=20, choices=FulfillmentState.choices)
    distance_km = models.PositiveIntegerField(_("distance (km)"), default=0)
    weight_g = models.PositiveIntegerField(_("weight (g)"), default=0)
    packed_g = models.PositiveIntegerField(_("on the scale (g)"), null=True, blank=True)
    freight_fen = models.PositiveBigIntegerField(_("planned freight (fen)"), default=0)
    via = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("through the hub"),
    )
    trunk_fen = models.PositiveIntegerField(_("share of the trunk run (fen)"), default=0)
    cod_fen = models.PositiveBigIntegerField(_("to collect (fen)"), default=0)
    needs_identity = models.BooleanField(_("identity check"), default=False)
    accept_by = models.DateTimeField(_("accept by"), null=True, blank=True)
    # The Shanghai day whose capacity it uses at its location.
    leaves_on = models.DateField(_("leaves on"), null=True, blank=True)
    # From that day to the door, by the tariff or the trunk line that routing chose.
    transit_days = models.PositiveSmallIntegerField(_("days on the way"), default=0, db_default=0)
    note = models.CharField(_("note"), max_length=160, blank=True, default="")
    created_at = models.DateTimeField(_("created at"))
    changed_at = models.DateTimeField(_("changed at"))

    objects = FulfillmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("fulfillment")
        verbose_name_plural = _("fulfillments")
        indexes = [
            models.Index(fields=["location", "state"], name="fulfillment_at"),
            models.Index(fields=["location", "created_at"], name="fulfillment_day"),
            models.Index(fields=["location", "leaves_on"], name="fulfillment_leaving"),
            models.Index(
                fields=["accept_by"],
                name="fulfillment_unanswered",
                condition=models.Q(state="awaiting_acceptance"),
            ),
            # A period of all locations: parcels lie in the order in which they were made.
            BrinIndex(fields=["created_at"], name="fulfillment_period", autosummarize=True),
        ]

    def __str__(self):
        return self.code

    @property
    def is_in_house(self) -> bool:
        return self.state in IN_HOUSE

    @property
    def is_posted(self) -> bool:
        """The customer's own parcel: no goods of ours are in it, nothing else can take its place."""
        return bool(self.demand.wish.get("posted"))

    def must_reach(self, state: str) -> None:
        """Raise WrongState unless `state` is a step from here."""
        turned_up = (self.state, state) == FOUND and self.is_posted
        if not turned_up and state not in STEPS.get(self.state, ()):
            raise WrongState(fulfillment=self.code, state=str(self.get_state_display()))


class FulfillmentLine(models.Model):
    """Units of one order line in this package. msisdn and plan_sku where a SIM opens an account."""

    fulfillment = models.ForeignKey(FulfillmentOrder, on_delete=models.CASCADE, related_name="lines")
    line_id = models.BigIntegerField(_("order line"))
    sku = models.CharField(_("SKU"), max_length=64)
    quantity = models.PositiveIntegerField(_("quantity"))
    serial_kind = models.CharField(_("serial kind"), max_length=8, blank=True, default="")
    msisdn = models.CharField(_("number"), max_length=20, blank=True, default="")
    plan_sku = models.CharField(_("plan"), max_length=64, blank=True, default="")
    identity_id = models.BigIntegerField(_("identity"), null=True, blank=True)

    class Meta:
        verbose_name = _("fulfillment line")
        verbose_name_plural = _("fulfillment lines")
        constraints = [
            models.UniqueConstraint(fields=["fulfillment", "line_id"], name="fulfillment_line_once"),
            models.CheckConstraint(name="fulfillment_line_quantity", condition=models.Q(quantity__gt=0)),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.sku}"


class FulfillmentEvent(models.Model):
    """What befell a fulfillment, who did it, when, and why.

    is_step: it came to `state` then, by services.steps or by being made. Else something was noted about it
    while it stood there, which is nobody's work at a station: see steps.note.
    """

    fulfillment = models.ForeignKey(FulfillmentOrder, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(_("state"), max_length=20, choices=FulfillmentState.choices)
    is_step = models.BooleanField(_("step"), default=True, db_default=True)
    who = models.CharField(_("who"), max_length=80)
    note = models.CharField(_("note"), max_length=160, blank=True, default="")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("fulfillment event")
        verbose_name_plural = _("fulfillment events")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.fulfillment_id} → {self.state}"
