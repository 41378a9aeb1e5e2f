"""Where a centre of its own would pay: what one costs, what was reckoned, what was proposed and decided."""

from datetime import datetime, timedelta

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .versions import Version, one_a_day


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class CentreCosts(Version):
    """What a centre costs and what is asked of it, from a day on. Amounts in fen.

    Written by services.centre_costs. On a day without a version the settings' figures hold. unit_fen:
    bringing one unit there, beyond what bringing it to the centres of today costs. assortment: so many of the
    best selling articles lie there. horizon_days: so far back orders are looked at.
    """

    fixed_month_fen = models.PositiveBigIntegerField(_("fixed cost a month (fen)"))
    investment_fen = models.PositiveBigIntegerField(_("investment (fen)"))
    handling_fen = models.PositiveIntegerField(_("handling per parcel (fen)"))
    unit_fen = models.PositiveIntegerField(_("replenishment per unit (fen)"))
    assortment = models.PositiveIntegerField(_("articles it would hold"))
    horizon_days = models.PositiveSmallIntegerField(_("orders of the last days"))
    payback_months = models.PositiveSmallIntegerField(_("investment back within (months)"))

    class Meta(Version.Meta):
        abstract = False
        verbose_name = _("costs of a centre")
        verbose_name_plural = _("costs of a centre")
        constraints = [
            models.CheckConstraint(
                name="centre_costs_terms",
                condition=Q(horizon_days__gt=0, payback_months__gt=0, assortment__gt=0),
            ),
            *one_a_day("centre_costs"),
        ]


class ReckoningState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


OPEN_RECKONING = (ReckoningState.WAITING, ReckoningState.RUNNING)
# Longer than a task may take (CELERY_TASK_TIME_LIMIT): nobody works on it any more.
LOST_AFTER = timedelta(minutes=20)
LOST = "lost"


class CentreReckoning(models.Model):
    """One reckoning of all cities: every night, or because somebody asked. `key`: a night is reckoned once.

    costs: the figures used; candidates, centres: every city and every present centre with its outcome; flows:
    what was sent from where to where, kept of the newest only, for what-if.
    """

    State = ReckoningState

    key = models.CharField(max_length=48, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=ReckoningState.choices)
    asked_by = models.CharField(_("asked by"), max_length=80, blank=True, default="")
    asked_at = models.DateTimeField(_("asked at"))
    begun_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    steps_done = models.PositiveSmallIntegerField(_("steps done"), default=0)
    failure = models.CharField(_("failure"), max_length=40, blank=True, default="")
    status = models.CharField(_("outcome"), max_length=16, blank=True, default="")
    costs = models.JSONField(_("costs"), default=dict)
    figures = models.JSONField(_("figures"), default=dict)
    candidates = models.JSONField(_("cities"), default=list)
    centres = models.JSONField(_("centres"), default=list)
    flows = models.JSONField(_("flows"), default=list)

    class Meta:
        verbose_name = _("reckoning of centres")
        verbose_name_plural = _("reckonings of centres")
        ordering = ["-pk"]
        constraints = [
            # One at a time: whoever asks meanwhile waits for the same.
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(state__in=["waiting", "running"]),
                name="centre_reckoning_one_open",
            ),
            models.CheckConstraint(
                name="centre_reckoning_finished",
                condition=Q(state__in=["waiting", "running"]) | Q(finished_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.key

    @property
    def is_over(self) -> bool:
        return self.state not in OPEN_RECKONING

    def is_lost(self, now: datetime) -> bool:
        """No worker took it in time, or the one that did has gone."""
        return not self.is_over and (self.begun_at or self.asked_at) <= now - LOST_AFTER


class CentreProposalState(models.TextChoices):
    OPEN = "open", pgettext_lazy("proposal", "open")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "accepted")
    DISMISSED = "dismissed", pgettext_lazy("proposal", "dismissed")
    LAPSED = "lapsed", pgettext_lazy("proposal", "lapsed")
    BUILT = "built", pgettext_lazy("proposal", "built")
    GIVEN_UP = "given_up", pgettext_lazy("proposal", "given up")


class CentreProposal(models.Model):
    """A centre in this city would pay. Figures are renewed every night while it is open, then they stay.

    Amounts in fen a month; payback and orders a day in thousandths. story: what was compared, by source city.
    ask_again_on: a city dismissed or given up is not proposed before this day. An accepted one ends: built,
    when a reckoning first finds its centre (ended_by empty), or given up by somebody who says why.
    """

    State = CentreProposalState

    province = models.CharField(_("province"), max_length=20)
    city = models.CharField(_("city"), max_length=20)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    state = models.CharField(_("state"), max_length=10, choices=CentreProposalState.choices)
    orders_milli = models.PositiveBigIntegerField(_("orders a day (thousandths)"))
    needed_milli = models.PositiveBigIntegerField(_("orders a day needed (thousandths)"))
    saving_fen = models.PositiveBigIntegerField(_("saving a month (fen)"))
    fixed_month_fen = models.PositiveBigIntegerField(_("fixed cost a month (fen)"))
    investment_fen = models.PositiveBigIntegerField(_("investment (fen)"))
    payback_milli = models.PositiveIntegerField(_("payback (thousandths of a month)"))
    story = models.JSONField(_("reckoning"))
    proposed_at = models.DateTimeField(_("proposed at"))
    reckoned_at = models.DateTimeField(_("reckoned at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=80, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=200, blank=True, default="")
    ask_again_on = models.DateField(_("not again before"), null=True, blank=True)
    ended_at = models.DateTimeField(_("built or given up at"), null=True, blank=True)
    ended_by = models.CharField(_("given up by"), max_length=80, blank=True, default="", db_default="")
    ended_reason = models.CharField(
        _("given up because"), max_length=200, blank=True, default="", db_default=""
    )

    class Meta:
        verbose_name = _("proposal of a centre")
        verbose_name_plural = _("proposals of centres")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "city"], condition=Q(state="open"), name="centre_proposal_one_open"
            ),
            models.CheckConstraint(
                name="centre_proposal_decided",
                condition=Q(state="open", decided_at=None)
                | Q(state="lapsed", decided_at__isnull=False)
                | (
                    Q(state__in=["accepted", "dismissed", "built", "given_up"], decided_at__isnull=False)
                    & ~Q(decided_by="")
                ),
            ),
            models.CheckConstraint(
                name="centre_proposal_dismissed",
                condition=~Q(state="dismissed") | (~Q(reason="") & Q(ask_again_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="centre_proposal_ended",
                condition=(
                    Q(state__in=["open", "accepted", "dismissed", "lapsed"], ended_at=None)
                    | Q(state="built", ended_at__isnull=False)
                    | (
                        Q(state="given_up", ended_at__isnull=False, ask_again_on__isnull=False)
                        & ~Q(ended_by="")
                        & ~Q(ended_reason="")
                    )
                ),
            ),
        ]
        indexes = [models.Index(fields=["province", "city"], name="centre_proposal_place")]

    def __str__(self):
        return f"{self.province} {self.city}"

    @property
    def payback_months(self) -> float:
        return self.payback_milli / 1000

    @property
    def orders_a_day(self) -> float:
        return self.orders_milli / 1000

    @property
    def needed_a_day(self) -> float:
        return self.needed_milli / 1000

    @property
    def net_fen(self) -> int:
        """What is left of the saving a month after the fixed cost."""
        return self.saving_fen - self.fixed_month_fen
