"""Accounts at the core network that need a person: refused, unanswered, or not closed."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import F, Q

from fulfillment.models import FulfillmentState, JobKind, JobState, ProvisioningJob
from fulfillment.queries.account_jobs import SLOW_ANSWER, refused_cards
from fulfillment.reasons import words


@dataclass(frozen=True)
class StuckOpening:
    """`next`: what is to be done: another_card, allow_cards, ask_again, close_again, operator.

    round: how often the network was asked; of a refused opening, how many cards it refused.
    """

    job_id: int
    parcel: str
    msisdn: str
    kind: str
    reason: str
    round: int
    minutes: int
    next: str

    @property
    def dialog(self) -> str:
        return f"cards-of-{self.job_id}"


def stuck(location_id: int, *, now: datetime) -> list[StuckOpening]:
    """Oldest first: no answer for five minutes, refused and waiting for a card, closing refused."""
    jobs = ProvisioningJob.objects.filter(fulfillment__location_id=location_id)
    unanswered = Q(state=JobState.WAITING, requested_at__lt=now - SLOW_ANSWER)
    refused = Q(state=JobState.FAILED, kind=JobKind.ACCOUNT, fulfillment__state=FulfillmentState.PICKED)
    not_closed = Q(state=JobState.FAILED, kind=JobKind.CLOSE)
    rows = jobs.filter(unanswered | refused | not_closed).annotate(parcel=F("fulfillment__code"))
    found = _last_of_each(list(rows.order_by("requested_at", "pk")[:100]))
    refused = refused_cards({job.fulfillment_id for job in found})
    return [_card(job, refused.get(job.fulfillment_id, 0), now) for job in found]


def _last_of_each(jobs: list[ProvisioningJob]) -> list[ProvisioningJob]:
    """Of a parcel's refused openings the last one stands for all."""
    last = {job.fulfillment_id: job.pk for job in jobs if _is_refused(job)}
    return [job for job in jobs if not _is_refused(job) or last[job.fulfillment_id] == job.pk]


def _is_refused(job: ProvisioningJob) -> bool:
    return job.state == JobState.FAILED and job.kind == JobKind.ACCOUNT


def _card(job: ProvisioningJob, refused: int, now: datetime) -> StuckOpening:
    return StuckOpening(
        job_id=job.pk,
        parcel=job.parcel,
        msisdn=job.msisdn,
        kind=str(job.get_kind_display()),
        reason=words(job.reason) if job.reason else "",
        round=max(refused, 1) if _is_refused(job) else job.round,
        minutes=int((now - job.requested_at).total_seconds() // 60),
        next=_next(job, refused),
    )


def _next(job: ProvisioningJob, refused: int) -> str:
    if job.state == JobState.WAITING:
        return "ask_again"
    if job.kind == JobKind.ACCOUNT:
        return "allow_cards" if refused >= settings.MOST_REFUSED_CARDS else "another_card"
    return "operator" if job.undo_id is None else "close_again"
