from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OutboxQuerySet(models.QuerySet):
    def undone(self):
        return self.filter(done_at=None, dead_at=None)

    def due(self, now):
        return self.undone().filter(run_at__lte=now)

    def dead(self):
        return self.filter(done_at=None, discarded_at=None).exclude(dead_at=None)

    def discarded(self):
        return self.exclude(discarded_at=None)


class OutboxMessage(models.Model):
    """One fact for one subscriber, written in the transaction that made the fact true."""

    topic = models.CharField(_("topic"), max_length=80)
    key = models.CharField(_("key"), max_length=120)
    subscriber = models.CharField(_("subscriber"), max_length=120)
    payload = models.JSONField()
    dedupe = models.CharField(max_length=330, unique=True)
    # The clock's time of the fact; run_at is the machine's time, as brokers and leases live in it.
    occurred_at = models.DateTimeField(_("occurred at"))
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    run_at = models.DateTimeField(_("due at"))
    sent_at = models.DateTimeField(_("handed out at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done_at = models.DateTimeField(_("done at"), null=True)
    dead_at = models.DateTimeField(_("gave up at"), null=True)
    last_error = models.TextField(default="", blank=True)
    # A dead message that an operator gave up, and why; it stays dead.
    discarded_at = models.DateTimeField(_("discarded at"), null=True)
    discarded_by = models.CharField(_("discarded by"), max_length=80, default="", blank=True)
    discard_reason = models.CharField(_("reason"), max_length=200, default="", blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("message between the parts")
        verbose_name_plural = _("messages between the parts")
        indexes = [
            models.Index(fields=["run_at"], name="outbox_undone", condition=Q(done_at=None, dead_at=None)),
            models.Index(fields=["topic", "key"], name="outbox_fact"),
        ]

    def __str__(self):
        return f"{self.topic} {self.key} → {self.subscriber}"

    @property
    def stands(self) -> str:
        """done, discarded, dead, failing (tried again) or undone."""
        if self.done_at:
            return "done"
        if self.discarded_at:
            return "discarded"
        if self.dead_at:
            return "dead"
        return "failing" if self.last_error else "undone"


class IdempotencyRecord(models.Model):
    """The first answer to a keyed request, stored in the transaction of its effect."""

    caller = models.CharField(max_length=80)
    route = models.CharField(max_length=120)
    key = models.CharField(max_length=255)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(F("caller"), F("route"), F("key"), name="idempotency_once"),
        ]

    def __str__(self):
        return f"{self.caller} {self.route} {self.key}"
