"""Accounts at the core network that need a person: refused, unanswered, or not closed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from fulfillment.models import FulfillmentState, JobKind, JobState, ProvisioningJob
from fulfillment.queries.account_jobs import SLOW_ANSWER
from fulfillment.reasons import words


@dataclass(frozen=True)
class StuckOpening:
    """`next`: what is to be done: another_card, ask_again, close_again, operator."""

    job_id: int
    parcel: str
    msisdn: str
    kind: str
    reason: str
    round: int
    minutes: int
    next: str


def stuck(location_id: int, *, now: datetime) -> list[StuckOpening]:
    """Oldest first: no answer for five minutes, refused and waiting for a card, closing refused."""
    jobs = ProvisioningJob.objects.filter(fulfillment__location_id=location_id)
    unanswered = Q(state=JobState.WAITING, requested_at__lt=now - SLOW_ANSWER)
    refused = Q(state=JobState.FAILED, kind=JobKind.ACCOUNT, fulfillment__state=FulfillmentState.PICKED)
    not_closed = Q(state=JobState.FAILED, kind=JobKind.CLOSE)
    rows = jobs.filter(unanswered | refused | not_closed).annotate(parcel=F("fulfillment__code"))
    return [_card(job, now) for job in rows.order_by("requested_at", "pk")[:100]]


def _card(job: ProvisioningJob, now: datetime) -> StuckOpening:
    return StuckOpening(
        job_id=job.pk,
        parcel=job.parcel,
        msisdn=job.msisdn,
        kind=str(job.get_kind_display()),
        reason=words(job.reason) if job.reason else "",
        round=job.round,
        minutes=int((now - job.requested_at).total_seconds() // 60),
        next=_next(job),
    )


def _next(job: ProvisioningJob) -> str:
    if job.state == JobState.WAITING:
        return "ask_again"
    if job.kind == JobKind.ACCOUNT:
        return "another_card"
    return "operator" if job.undo_id is None else "close_again"
