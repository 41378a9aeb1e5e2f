"""Comparing statements with the books: edges between the two sides, and the breaks that remain."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .ledger import AccountKind, Journal
from .statements import ReconBatch, StatementLine
from .trades import Trade
from .transfers import FundTransfer


class ReconPolicy(models.Model):
    """Figures that finance sets, from a day on; a change is a new row. Append-only."""

    valid_from = models.DateField(_("valid from"), unique=True)
    pool_days = models.PositiveSmallIntegerField(_("days that a one-sided row may wait"))
    fee_tolerance_fen = models.PositiveIntegerField(_("fee difference let pass per row (fen)"))
    write_off_limit_fen = models.PositiveBigIntegerField(_("written off without a second person (fen)"))
    changed_by = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("reconciliation policy")
        verbose_name_plural = _("reconciliation policies")
        ordering = ["-valid_from"]

    def __str__(self):
        return self.valid_from.isoformat()


class OurSide(models.Model):
    """What of ours a row stands against: a trade, a transfer, or a row or batch of another statement."""

    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    transfer = models.ForeignKey(
        FundTransfer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    bill_line = models.ForeignKey(
        StatementLine, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    bill_batch = models.ForeignKey(
        ReconBatch, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


OURS = ("trade", "transfer", "bill_line", "bill_batch")


def _ours_indexes(prefix: str) -> list[models.Index]:
    return [
        models.Index(fields=[name], name=f"{prefix}_{name}", condition=Q(**{f"{name}__isnull": False}))
        for name in OURS
    ]


class MatchEdge(OurSide):
    """So many fen of a statement's row are so many fen of ours. Many rows may meet many. Append-only."""

    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="edges", db_index=False)
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    made_at = models.DateTimeField(_("matched"))
    made_by = models.CharField(_("matched by"), max_length=80)

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        indexes = _ours_indexes("match")
        constraints = [
            models.UniqueConstraint(fields=["line", *OURS], name="match_once", nulls_distinct=False),
            models.CheckConstraint(
                name="match_one_side",
                condition=Q(trade__isnull=False, transfer=None, bill_line=None, bill_batch=None)
                | Q(trade=None, transfer__isnull=False, bill_line=None, bill_batch=None)
                | Q(trade=None, transfer=None, bill_line__isnull=False, bill_batch=None)
                | Q(trade=None, transfer=None, bill_line=None, bill_batch__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.line_id} {self.amount_fen}"


class BreakKind(models.TextChoices):
    MISSING_THERE = "missing_there", _("missing at the other side")
    MISSING_HERE = "missing_here", _("missing here")
    AMOUNT_SHORT = "amount_short", _("amount short")
    AMOUNT_OVER = "amount_over", _("amount over")
    STATUS_MISMATCH = "status_mismatch", _("state differs")
    FEE_MISMATCH = "fee_mismatch", _("fee differs")


ONE_SIDED = (BreakKind.MISSING_THERE, BreakKind.MISSING_HERE)


class BreakState(models.TextChoices):
    WAITING = "waiting", _("waiting for the other side")
    OPEN = "open", pgettext_lazy("break", "open")
    PROPOSED = "proposed", _("write-off proposed")
    RESOLVED = "resolved", _("resolved")


LIVE = (BreakState.WAITING, BreakState.OPEN, BreakState.PROPOSED)


class Resolution(models.TextChoices):
    MATCHED = "matched", _("found by itself")
    LINKED = "linked", _("linked by hand")
    WRITE_OFF = "write_off", _("written off")
    SUSPENSE = "suspense", _("moved to suspense")
    CLAIM = "claim", _("claimed from the other side")
    FEE = "fee", _("fee accepted as billed")
    NO_AMOUNT = "no_amount", _("settled, no amount open")


# Where the other leg of a resolution's journal goes.
CONTRA = {
    Resolution.WRITE_OFF: AccountKind.WRITE_OFF,
    Resolution.SUSPENSE: AccountKind.SUSPENSE,
    Resolution.CLAIM: AccountKind.CLAIM,
    Resolution.FEE: AccountKind.FEE_VARIANCE,
}


class ReconBreak(OurSide):
    """A difference with its reason, owner and end. Its history writes itself (ReconEvent).

    difference_fen is theirs less ours: what the control account is off by until it is resolved.
    """

    Kind, State, Resolution = BreakKind, BreakState, Resolution

    batch = models.ForeignKey(ReconBatch, on_delete=models.PROTECT, related_name="breaks")
    kind = models.CharField(_("kind"), max_length=16, choices=BreakKind.choices)
    line = models.ForeignKey(
        StatementLine, on_delete=models.PROTECT, null=True, related_name="breaks", db_index=False
    )
    ours_fen = models.BigIntegerField(_("ours (fen)"))
    theirs_fen = models.BigIntegerField(_("theirs (fen)"))
    difference_fen = models.BigIntegerField(_("difference (fen)"))
    control_kind = models.CharField(max_length=20, choices=AccountKind.choices)
    control_institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(_("state"), max_length=8, choices=BreakState.choices)
    bill_date = models.DateField(_("day of the statement"))
    waits_until = models.DateField(_("waits until"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    resolution = models.CharField(
        _("resolution"), max_length=10, choices=Resolution.choices, blank=True, default=""
    )
    note = models.CharField(_("note"), max_length=200, blank=True, default="")
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, null=True, related_name="+")
    # The limit in force when a write-off was asked for; the database writes it.
    limit_fen = models.BigIntegerField(null=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    resolved_at = models.DateTimeField(_("resolved"), null=True)
    changed_by = models.CharField(max_length=80, default="system")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        indexes = [
            *_ours_indexes("break"),
            models.Index(fields=["line"], name="break_line", condition=Q(line__isnull=False)),
            models.Index(fields=["bill_date", "id"], name="break_live", condition=~Q(state="resolved")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "line", *OURS], name="break_once", nulls_distinct=False),
            models.CheckConstraint(name="break_state", condition=Q(state__in=BreakState.values)),
            models.CheckConstraint(
                name="break_resolved_how",
                condition=Q(state="resolved", resolved_at__isnull=False) & ~Q(resolution="")
                | (~Q(state="resolved") & Q(resolved_at=None, journal=None)),
            ),
            models.CheckConstraint(
                name="break_resolved_by_journal",
                condition=~Q(state="resolved")
                | Q(resolution__in=["matched", "linked"])
                | Q(resolution="no_amount", difference_fen=0)
                | Q(journal__isnull=False),
            ),
            models.CheckConstraint(
                name="break_four_eyes", condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="break_write_off_limit",
                condition=~Q(state="resolved", resolution="write_off")
                | Q(approved_by__isnull=False)
                | Q(difference_fen__lte=F("limit_fen"), difference_fen__gte=-F("limit_fen")),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"


class ReconEvent(models.Model):
    """What happened to a batch or a break, written by the database itself; nobody edits it."""

    batch = models.ForeignKey(ReconBatch, on_delete=models.PROTECT, related_name="events")
    brk = models.ForeignKey(ReconBreak, on_delete=models.PROTECT, null=True, related_name="events")
    at = models.DateTimeField(_("at"))
    by = models.CharField(_("by"), max_length=80)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    resolution = models.CharField(max_length=10, blank=True, choices=Resolution.choices)
    note = models.CharField(max_length=200, blank=True)
    journal = models.ForeignKey(
        Journal, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("event of a reconciliation")
        verbose_name_plural = _("events of reconciliations")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.batch_id} {self.after}"
