from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SimTransaction(models.Model):
    """A payment as the provider keeps it. Amounts in fen."""

    class State(models.TextChoices):
        NOTPAY = "NOTPAY", _("not paid")
        SUCCESS = "SUCCESS", _("paid")
        PAYERROR = "PAYERROR", _("failed")
        CLOSED = "CLOSED", _("closed")

    class Refunding(models.TextChoices):
        """How refunds of it go, for demonstrations."""

        OK = "ok", _("succeed at once")
        SLOW = "slow", _("take a second attempt")
        FAIL = "fail", _("are refused")

    out_trade_no = models.CharField(max_length=40, unique=True)
    transaction_id = models.CharField(max_length=40, unique=True)
    token = models.CharField(max_length=40, unique=True)
    mchid = models.CharField(max_length=32)
    description = models.CharField(max_length=127)
    amount_fen = models.BigIntegerField()
    refunded_fen = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOTPAY)
    refunding = models.CharField(max_length=4, choices=Refunding.choices, default=Refunding.OK)
    notify_url = models.CharField(max_length=300)
    return_url = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    success_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("simulated UniPay payment")
        verbose_name_plural = _("simulated UniPay payments")
        constraints = [
            models.CheckConstraint(
                name="sim_transaction_refunded",
                condition=Q(refunded_fen__gte=0, refunded_fen__lte=F("amount_fen")),
            ),
        ]

    def __str__(self):
        return self.out_trade_no

    def is_payable(self, now) -> bool:
        return self.state in (self.State.NOTPAY, self.State.PAYERROR) and now < self.expires_at


class SimRefund(models.Model):
    transaction = models.ForeignKey(SimTransaction, on_delete=models.CASCADE, related_name="refunds")
    out_refund_no = models.CharField(max_length=64, unique=True)
    refund_id = models.CharField(max_length=40, unique=True)
    amount_fen = models.BigIntegerField()
    status = models.CharField(max_length=12)
    created_at = models.DateTimeField()

    def __str__(self):
        return self.out_refund_no


class SimNotice(models.Model):
    """A call-back that the provider sends until it is answered with success."""

    class How(models.TextChoices):
        NOW = "now", _("at once")
        TWICE = "twice", _("twice")
        LATE = "late", _("late, after half a minute")
        NEVER = "never", _("never")
        FORGED = "forged", _("forged, signed by somebody else")
        WRONG_AMOUNT = "amount", _("with another amount")

    transaction = models.ForeignKey(SimTransaction, on_delete=models.CASCADE, related_name="notices")
    event_id = models.CharField(max_length=80)
    how = models.CharField(max_length=8, choices=How.choices)
    attempts = models.PositiveIntegerField(default=0)
    last_status = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.event_id} {self.how}"
