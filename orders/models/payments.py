from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["CallbackOutcome", "Means", "Payment", "PaymentState", "ProviderCallback", "Refund", "RefundState"]


class Means(models.TextChoices):
    UNIPAY = "unipay", _("UniPay")
    CASH = "cash", _("cash at the counter")
    CARD = "card", _("card at the counter")
    COD = "cod", _("cash on delivery")
    POINTS = "points", _("points")
    PREPAID = "prepaid", _("prepaid card")


class PaymentState(models.TextChoices):
    CREATED = "created", _("begun")
    PENDING = "pending", _("waiting for the money")
    CAPTURED = "captured", _("paid")
    FAILED = "failed", _("failed")
    CLOSED = "closed", _("closed")


OPEN = (PaymentState.CREATED, PaymentState.PENDING)


class PaymentQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN)

    def captured(self):
        return self.filter(state=PaymentState.CAPTURED)

    def refundable(self):
        return self.captured().filter(captured_fen__gt=F("refunded_fen"))

    def to_query(self, *, before):
        """Open at the provider, begun and last asked about before `before`."""
        return self.open().filter(
            Q(queried_at=None) | Q(queried_at__lte=before), means=Means.UNIPAY, created_at__lte=before
        )


class Payment(models.Model):
    """Money for an order by one means. refunded_fen counts refunds under way as well, so that no two of
    them promise the same fen."""

    State = PaymentState

    intake = models.ForeignKey("order.OrderIntake", on_delete=models.PROTECT, related_name="payments")
    means = models.CharField(_("means"), max_length=8, choices=Means.choices)
    state = models.CharField(_("state"), max_length=10, choices=PaymentState.choices)
    out_trade_no = models.CharField(_("our number"), max_length=40, unique=True)
    provider_reference = models.CharField(_("provider's number"), max_length=40, unique=True, null=True)
    provider = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("provider"),
    )
    collector = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        db_index=False,  # payment_collected
        related_name="+",
        null=True,
        verbose_name=_("taken by"),
    )
    taken_by = models.CharField(_("who took it"), max_length=80, blank=True, default="")
    card = models.ForeignKey(
        "order.PrepaidCard",
        on_delete=models.PROTECT,
        related_name="payments",
        null=True,
        db_index=False,
        verbose_name=_("prepaid card"),
    )
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    captured_fen = models.BigIntegerField(_("captured (fen)"), default=0)
    refunded_fen = models.BigIntegerField(_("refunded or being refunded (fen)"), default=0)
    cashier_url = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField(_("begun at"))
    queried_at = models.DateTimeField(_("provider asked at"), null=True)
    captured_at = models.DateTimeField(_("paid at"), null=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="payment_amounts",
                condition=Q(amount_fen__gt=0, captured_fen__gte=0, refunded_fen__gte=0)
                & Q(captured_fen__lte=F("amount_fen"), refunded_fen__lte=F("captured_fen")),
            ),
            models.CheckConstraint(
                name="payment_captured_whole",
                condition=Q(state="captured", captured_fen=F("amount_fen"), captured_at__isnull=False)
                | (~Q(state="captured") & Q(captured_fen=0)),
            ),
            models.CheckConstraint(
                name="payment_by_card",
                condition=Q(means="prepaid", card__isnull=False) | (~Q(means="prepaid") & Q(card=None)),
            ),
            models.CheckConstraint(name="payment_state", condition=Q(state__in=PaymentState.values)),
            models.UniqueConstraint(
                fields=["intake", "means"],
                condition=Q(state__in=["created", "pending"]),
                name="payment_one_open_per_means",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], name="payment_open", condition=Q(state__in=["created", "pending"])
            ),
            models.Index(
                fields=["collector", "captured_at"],
                name="payment_collected",
                condition=Q(collector__isnull=False),
            ),
        ]

    def __str__(self):
        return self.out_trade_no

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def refundable_fen(self) -> int:
        return self.captured_fen - self.refunded_fen


class RefundState(models.TextChoices):
    REQUESTED = "requested", _("asked for")
    PENDING = "pending", _("with the provider")
    DUE = "due", _("to be paid out at a counter")
    SUCCEEDED = "succeeded", _("paid back")
    FAILED = "failed", _("failed, will be tried again")


class RefundQuerySet(models.QuerySet):
    def unfinished(self):
        return self.exclude(state=RefundState.SUCCEEDED)


class Refund(models.Model):
    """Money going back over one payment. line_amounts: [[line id, fen], …], shipping as line 0."""

    State = RefundState

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    intake = models.ForeignKey("order.OrderIntake", on_delete=models.PROTECT, related_name="refunds")
    # What asks for the refund, and the part of it that goes back over this payment: never done twice.
    key = models.CharField(max_length=120)
    out_refund_no = models.CharField(_("our number"), max_length=64, unique=True)
    provider_reference = models.CharField(_("provider's number"), max_length=40, unique=True, null=True)
    state = models.CharField(_("state"), max_length=10, choices=RefundState.choices)
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    line_amounts = models.JSONField()
    reason = models.CharField(_("reason"), max_length=200)
    requested_by = models.CharField(_("asked for by"), max_length=80)
    requested_at = models.DateTimeField(_("asked for at"))
    collector = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("paid out by"),
    )
    paid_by = models.CharField(_("who paid it out"), max_length=80, blank=True, default="")
    succeeded_at = models.DateTimeField(_("paid back at"), null=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    round = models.PositiveIntegerField(default=0)
    last_error = models.TextField(_("last error"), blank=True, default="")

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "key", "payment"], name="refund_once"),
            models.CheckConstraint(name="refund_amount", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(name="refund_state", condition=Q(state__in=RefundState.values)),
            models.CheckConstraint(
                name="refund_succeeded_when",
                condition=Q(state="succeeded", succeeded_at__isnull=False)
                | (~Q(state="succeeded") & Q(succeeded_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["requested_at"], name="refund_unfinished", condition=~Q(state="succeeded")),
        ]

    def __str__(self):
        return self.out_refund_no


class CallbackOutcome(models.TextChoices):
    CAPTURED = "captured", _("payment recorded")
    REPEATED = "repeated", _("known already")
    REFUNDED = "late_refunded", _("not accepted any more, money is sent back")
    NOT_PAID = "not_paid", _("payment did not succeed")
    AMOUNT_MISMATCH = "amount_mismatch", _("amount differs")
    UNKNOWN = "unknown_payment", _("payment unknown")
    SIGNATURE_INVALID = "signature_invalid", _("signature invalid")
    STALE = "timestamp_stale", _("signed too long ago")
    MALFORMED = "malformed", _("not readable")


class ProviderCallback(models.Model):
    """What a provider (or somebody in its name) told us, what its body hashes to and what came of it."""

    Outcome = CallbackOutcome

    # Known only when the signature is right: a forger must not be able to use up a real event's id.
    event_id = models.CharField(_("event"), max_length=80, unique=True, null=True)
    source = models.CharField(
        _("source"), max_length=8, choices=[("callback", _("call-back")), ("query", _("our question"))]
    )
    out_trade_no = models.CharField(_("our number"), max_length=40, blank=True, default="")
    amount_fen = models.BigIntegerField(_("amount (fen)"), null=True)
    verified = models.BooleanField(pgettext_lazy("signature", "verified"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=CallbackOutcome.choices)
    body = models.TextField()
    body_hash = models.CharField(_("SHA-256 of the body"), max_length=64)
    deliveries = models.PositiveIntegerField(_("times received"), default=1)
    received_at = models.DateTimeField(pgettext_lazy("message", "received at"))
    handled_at = models.DateTimeField(_("handled at"), null=True)
    handled_by = models.CharField(_("handled by"), max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("provider call-back")
        verbose_name_plural = _("provider call-backs")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="callback_verified_event", condition=Q(verified=True) | Q(event_id__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["out_trade_no"], name="callback_trade")]

    def __str__(self):
        return f"{self.out_trade_no} {self.outcome}"
