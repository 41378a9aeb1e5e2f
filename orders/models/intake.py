from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.channels import Channel


class State(models.TextChoices):
    AWAITING_PAYMENT = "awaiting_payment", _("awaiting payment")
    CONFIRMED = "confirmed", pgettext_lazy("order", "confirmed")
    FULFILLING = "fulfilling", _("being prepared")
    SHIPPED = "shipped", _("on its way")
    COMPLETED = "completed", _("completed")
    CANCELLED = "cancelled", _("cancelled")
    REFUSED = "refused", _("refused at the door")
    FAILED = "failed", _("could not be provided")


class Way(models.TextChoices):
    SHIP = "ship", _("home delivery")
    PICKUP = "pickup", _("pick-up in the store")
    NONE = "none", _("nothing to deliver")


# The state machine: what may follow what. Cancelled, refused, failed and completed are ends.
FOLLOWS = {
    State.AWAITING_PAYMENT: {State.CONFIRMED, State.CANCELLED},
    State.CONFIRMED: {State.FULFILLING, State.COMPLETED, State.CANCELLED, State.FAILED},
    State.FULFILLING: {State.SHIPPED, State.COMPLETED, State.CANCELLED, State.REFUSED, State.FAILED},
    State.SHIPPED: {State.COMPLETED, State.REFUSED, State.FAILED},
}
ENDS = frozenset({State.COMPLETED, State.CANCELLED, State.REFUSED, State.FAILED})


class OrderIntakeQuerySet(models.QuerySet):
    def overdue(self, now):
        """Unpaid and past the time until which goods and numbers were held."""
        return self.filter(state=State.AWAITING_PAYMENT, expires_at__lte=now)

    def open(self):
        return self.exclude(state__in=ENDS)


class OrderIntake(models.Model):
    """What an order is to us, beside Oscar's row: who took it where, its state and its money in fen."""

    State = State
    Way = Way

    order = models.OneToOneField(
        "order.Order", on_delete=models.PROTECT, primary_key=True, related_name="intake"
    )
    number = models.CharField(_("order number"), max_length=32, unique=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices)
    channel = models.CharField(_("channel"), max_length=16, choices=Channel.choices)
    # Of a channel's system: whose reference it is. Empty for our own pages, which lock their basket.
    caller = models.CharField(max_length=80, blank=True, default="")
    channel_reference = models.CharField(_("channel's reference"), max_length=120, blank=True, default="")
    member = models.ForeignKey(
        "members.Member", on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("member")
    )
    institution = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("attributed institution"),
    )
    placed_by = models.CharField(_("placed by"), max_length=80, blank=True, default="")
    way = models.CharField(_("way"), max_length=8, choices=Way.choices)
    pickup_location = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("pick-up store"),
    )
    destination = models.JSONField(null=True, blank=True)
    contact_name = models.CharField(_("contact name"), max_length=80, blank=True, default="")
    contact_phone = models.CharField(_("contact phone"), max_length=20)
    province = models.CharField(max_length=20, blank=True, default="")
    cod = models.BooleanField(_("cash on delivery"), default=False)
    total_fen = models.BigIntegerField()
    shipping_fen = models.BigIntegerField(default=0)
    points_fen = models.BigIntegerField(default=0)
    card_fen = models.BigIntegerField(default=0, db_default=0)
    # It sells prepaid cards and nothing else: its money is owed to the cards, not shared.
    sells_cards = models.BooleanField(default=False, db_default=False)
    placed_at = models.DateTimeField(_("placed at"))
    expires_at = models.DateTimeField(_("held until"), null=True)
    ended_at = models.DateTimeField(null=True)

    objects = OrderIntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["caller", "channel_reference"],
                condition=~Q(channel_reference=""),
                name="order_channel_reference_once",
            ),
            models.CheckConstraint(
                name="order_amounts",
                condition=Q(total_fen__gte=0, shipping_fen__gte=0, points_fen__gte=0, card_fen__gte=0)
                & Q(points_fen__lte=F("total_fen") - F("card_fen"), shipping_fen__lte=F("total_fen")),
            ),
            models.CheckConstraint(name="order_state", condition=Q(state__in=State.values)),
        ]
        indexes = [
            models.Index(fields=["member", "-placed_at"], name="order_of_member"),
            models.Index(fields=["institution", "-placed_at"], name="order_of_institution"),
            models.Index(fields=["expires_at"], name="order_unpaid", condition=Q(state="awaiting_payment")),
            models.Index(fields=["-placed_at"], name="order_newest"),
        ]

    def __str__(self):
        return self.number

    # Django's own two would gather all labels each time.
    def get_state_display(self) -> str:
        return str(State(self.state).label)

    def get_channel_display(self) -> str:
        return str(Channel(self.channel).label)

    @property
    def owner_id(self):
        return self.member_id

    @property
    def dealer_id(self) -> int | None:
        """The dealer that sells here, whose own numbers may be taken for it; None in all other channels."""
        return self.institution_id if self.channel == Channel.DEALER else None

    @property
    def due_fen(self) -> int:
        """What is still to be paid when it is placed: points and a prepaid card taken off."""
        return self.total_fen - self.points_fen - self.card_fen

    @property
    def is_ended(self) -> bool:
        return self.state in ENDS

    def may_become(self, state: str) -> bool:
        return state in FOLLOWS.get(State(self.state), ())
