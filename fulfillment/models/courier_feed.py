"""What courier companies tell us about parcels through their web hook."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from omnichannel.kernel.secrets import decrypt, encrypt


class CourierFeed(models.Model):
    """A courier company that signs its news; the shared secret is kept sealed."""

    SEAL = "courier feed"

    courier = models.OneToOneField(
        "members.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("company", "courier"),
    )
    sealed = models.TextField()
    is_active = models.BooleanField(_("active"), default=True)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("courier feed")
        verbose_name_plural = _("courier feeds")

    def __str__(self):
        return str(self.courier)

    @classmethod
    def seal(cls, secret: str) -> str:
        return encrypt(secret, context=cls.SEAL)

    @property
    def secret(self) -> str:
        return decrypt(self.sealed, context=self.SEAL)


class EventKind(models.TextChoices):
    PICKED_UP = "picked_up", _("picked up")
    IN_TRANSIT = "in_transit", pgettext_lazy("parcel", "on its way")
    OUT_FOR_DELIVERY = "out_for_delivery", _("out for delivery")
    ATTEMPT_FAILED = "attempt_failed", _("nobody met")
    DELIVERED = "delivered", _("delivered")
    REFUSED = "refused", _("refused at the door")


class EventOutcome(models.TextChoices):
    APPLIED = "applied", _("moved the parcel")
    NOTED = "noted", _("kept for tracking")
    UNKNOWN = "unknown", _("no such parcel of this courier")
    CONFLICT = "conflict", _("does not fit the parcel")


class CourierEventQuerySet(models.QuerySet):
    def to_look_at(self):
        return self.filter(outcome__in=(EventOutcome.UNKNOWN, EventOutcome.CONFLICT), handled_at=None)


class CourierEvent(models.Model):
    """One message of a feed. `event_id` is the sender's; the same twice is counted, not done again."""

    Kind, Outcome = EventKind, EventOutcome

    courier = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("company", "courier"),
    )
    event_id = models.CharField(_("event"), max_length=80)
    body_hash = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices)
    parcel = models.CharField(_("parcel"), max_length=40)
    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="courier_events",
    )
    occurred_at = models.DateTimeField(_("occurred at"))
    received_at = models.DateTimeField(_("received at"))
    place = models.CharField(_("place"), max_length=80, blank=True, default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=EventOutcome.choices)
    refusal = models.CharField(_("refusal"), max_length=40, blank=True, default="")
    deliveries = models.PositiveIntegerField(_("times received"), default=1)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    handled_by = models.CharField(_("handled by"), max_length=80, blank=True, default="")

    objects = CourierEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("courier event")
        verbose_name_plural = _("courier events")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["courier", "event_id"], name="courier_event_once")]
        indexes = [
            models.Index(fields=["fulfillment", "occurred_at"], name="courier_event_of_parcel"),
            models.Index(
                fields=["received_at"],
                condition=Q(outcome__in=["unknown", "conflict"], handled_at=None),
                name="courier_event_open",
            ),
        ]

    def __str__(self):
        return f"{self.parcel} {self.kind}"
