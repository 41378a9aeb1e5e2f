from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DayState(models.TextChoices):
    OPEN = "open", pgettext_lazy("business day", "open")
    CUTOFF = "cutoff", _("cut off")
    CLEARING = "clearing", _("clearing")
    BALANCED = "balanced", _("balanced")
    NETTED = "netted", _("netted")
    INSTRUCTED = "instructed", _("instructed")
    CLOSED = "closed", pgettext_lazy("business day", "closed")
    SEALED = "sealed", _("sealed")


class BusinessDayQuerySet(models.QuerySet):
    def running(self):
        """Days with work left for the night's batch: not netted and reported, or closed and not sealed."""
        states = (DayState.CUTOFF, DayState.CLEARING, DayState.BALANCED, DayState.CLOSED)
        unreported = Q(state__in=(DayState.NETTED, DayState.INSTRUCTED), reported_at=None)
        return self.filter(Q(state__in=states) | unreported).order_by("business_date")

    def unclosed(self):
        return self.exclude(state__in=(DayState.CLOSED, DayState.SEALED))


class BusinessDay(models.Model):
    """A Shanghai day of the books. Exactly one is open; each trade falls in exactly one."""

    State = DayState

    business_date = models.DateField(_("business day"), unique=True)
    state = models.CharField(_("state"), max_length=12, choices=DayState.choices, default=DayState.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    cut_off_at = models.DateTimeField(_("cut off"), null=True)
    netted_at = models.DateTimeField(_("netted"), null=True)
    reported_at = models.DateTimeField(_("reported"), null=True)
    closed_at = models.DateTimeField(pgettext_lazy("business day", "closed"), null=True)
    closed_by = models.CharField(_("closed by"), max_length=80, blank=True, default="")
    # Facts older than the cut-off that were not done in time: they fall in the next day.
    late_facts = models.JSONField(_("late facts"), default=list)
    problem = models.TextField(_("problem"), blank=True, default="")
    seal_root = models.CharField(_("seal"), max_length=64, blank=True, default="")

    objects = BusinessDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("business day")
        verbose_name_plural = _("business days")
        ordering = ["-business_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="open"), name="business_day_one_open"
            ),
        ]

    def __str__(self):
        return self.business_date.isoformat()

    @property
    def is_final(self) -> bool:
        return self.state in (DayState.CLOSED, DayState.SEALED)


class SettlementChunk(models.Model):
    """A range of a day's work that one worker does in one transaction: all of it or nothing."""

    class Kind(models.TextChoices):
        TRADES = "trades", _("trades")
        RELEASE = "release", _("shares of parties known since")
        RETRY = "retry", _("trades that could not be shared before")
        SEAL = "seal", _("blocks of the seal")

    business_date = models.DateField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.TRADES)
    # Ids of trades; of postings for a seal.
    first_id = models.BigIntegerField(default=0)
    last_id = models.BigIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    # The machine's time, for rate and time left.
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    # Why its one trade could not be shared and waits in suspense; empty once a later night could.
    problem = models.TextField(blank=True, default="", db_default="")
    # The day that the trades of a retry belong to.
    retry_of = models.DateField(null=True)
    # Hashes of a seal's blocks, one a line.
    blocks = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business_date", "kind", "number"], name="settlement_chunk_once"),
        ]
        indexes = [
            models.Index(fields=["business_date"], name="chunk_undone", condition=Q(done_at=None)),
            models.Index(fields=["first_id"], name="chunk_problem", condition=~Q(problem="")),
        ]

    def __str__(self):
        return f"{self.business_date} {self.kind} {self.number}"
