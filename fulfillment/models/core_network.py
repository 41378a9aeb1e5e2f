"""Tables of the core-network simulator: the carrier's side, kept apart from ours. Used in DEMO only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SimulatedAccount(models.Model):
    msisdn = models.CharField(_("number"), max_length=15, unique=True)
    iccid = models.CharField("ICCID", max_length=20, unique=True)
    plan_sku = models.CharField(_("plan"), max_length=64)
    balance_fen = models.BigIntegerField(_("balance (fen)"), default=0)
    packs = models.JSONField(_("data packs"), default=list, blank=True)
    opened_at = models.DateTimeField(_("opened at"))

    class Meta:
        verbose_name = _("simulated account")
        verbose_name_plural = _("simulated accounts")

    def __str__(self):
        return self.msisdn


class SimulatedCall(models.Model):
    """The first answer to an idempotency key, as the real core network keeps it."""

    key = models.CharField(max_length=80, unique=True)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    answered_at = models.DateTimeField()

    def __str__(self):
        return self.key


class FaultEffect(models.TextChoices):
    REFUSE = "refuse", _("refuses")
    CARD = "card", _("refuses the card")
    TIMEOUT = "timeout", _("does not answer")
    LOST_ANSWER = "lost_answer", _("does it, then the answer is lost")


class SimulatorFault(models.Model):
    """Tells the simulator to fail for numbers that end in `tail`, `times_left` times (empty: always)."""

    Effect = FaultEffect

    tail = models.CharField(_("number ends in"), max_length=15, blank=True, default="")
    operation = models.CharField(_("operation"), max_length=16, blank=True, default="")
    effect = models.CharField(_("effect"), max_length=12, choices=FaultEffect.choices)
    times_left = models.PositiveIntegerField(_("times left"), null=True, blank=True)

    class Meta:
        verbose_name = _("core network fault")
        verbose_name_plural = _("core network faults")

    def __str__(self):
        return f"…{self.tail} {self.get_effect_display()}"
