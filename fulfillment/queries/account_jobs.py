"""What the core network owes the stations: openings, closings of what was taken back, who asks again."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from fulfillment.events import ProvisioningRequested
from fulfillment.models import (
    AccountUndo,
    CardsAllowed,
    FulfillmentState,
    JobKind,
    JobState,
    ProvisioningJob,
)
from fulfillment.queries.stations import QUEUE, Waiting, parcels, with_slots
from omnichannel.kernel import clock
from omnichannel.kernel.models import OutboxMessage

SLOW_ANSWER = timedelta(minutes=5)


def accounts(location_id: int) -> Waiting:
    """Parcels whose cards are taken, that no job stands for and whose account nobody takes back."""
    asked = ProvisioningJob.objects.waiting().filter(kind=JobKind.ACCOUNT).values("fulfillment")
    taken_back = AccountUndo.objects.filter(finished_at=None).values("fulfillment")
    waiting = parcels(location_id, FulfillmentState.SIM_TAKEN).exclude(pk__in=asked)
    return with_slots(waiting.exclude(pk__in=taken_back))


def refused_cards(parcels: Iterable[int]) -> dict[int, int]:
    """How many cards the network refused by parcel, since a lead last allowed further ones. Two queries."""
    parcels = list(parcels)
    failed = ProvisioningJob.objects.failed().filter(fulfillment__in=parcels, kind=JobKind.ACCOUNT)
    counted = Counter(failed.values_list("fulfillment", flat=True))
    allowed = CardsAllowed.objects.filter(fulfillment__in=parcels).order_by("pk")
    counted.subtract(dict(allowed.values_list("fulfillment", "refused")))
    return dict(counted)


def openings(location_id: int, limit: int = 8) -> list[ProvisioningJob]:
    """Account jobs under way, those that failed and whose parcel still waits for another card, and what is
    taken back; `tries`: how often the network was called; `is_late`: it owes an answer for long;
    `is_used_up`: no further card without a lead."""
    jobs = ProvisioningJob.objects.filter(fulfillment__location_id=location_id)
    opening = Q(kind=JobKind.ACCOUNT)
    retake = Q(state=JobState.FAILED, fulfillment__state=FulfillmentState.PICKED)
    shown = opening & (Q(state=JobState.WAITING) | retake)
    closing = Q(undo__finished_at=None, undo__isnull=False) & ~Q(state=JobState.DONE)
    found = list(jobs.filter(shown | closing).select_related("fulfillment").order_by("-pk")[:limit])
    calls = _calls(found)
    refused = refused_cards({job.fulfillment_id for job in found})
    late = _late()
    for job in found:
        job.is_late = job.state == JobState.WAITING and job.requested_at < late
        job.tries = calls.get(job.pk, 0)
        job.is_used_up = refused.get(job.fulfillment_id, 0) >= settings.MOST_REFUSED_CARDS
    return found


def _calls(jobs: list[ProvisioningJob]) -> Counter[int]:
    """How often the network was called for each job, over all rounds. One query."""
    keys = {f"{job.pk}:{round_}": job.pk for job in jobs for round_ in range(1, job.round + 1)}
    rows = OutboxMessage.objects.filter(topic=ProvisioningRequested.topic, key__in=keys)
    calls: Counter[int] = Counter()
    for key, attempts in rows.values_list("key", "attempts"):
        calls[keys[key]] += attempts
    return calls


def just_taken_back(location_id: int) -> list[AccountUndo]:
    """The last accounts that were taken back here and whose parcel waits for its next card, newest first."""
    rows = AccountUndo.objects.filter(fulfillment__location_id=location_id).exclude(finished_at=None)
    waiting = rows.filter(fulfillment__state=FulfillmentState.PICKED).select_related("fulfillment")
    return list(waiting.order_by("-finished_at")[:QUEUE])


def at_the_network(location_id: int) -> dict:
    """What the station shows of openings and closings; `owed`: how many a lead may ask for again."""
    owed = len(silent_openings(location_id)) + len(refused_undos(location_id))
    return {"openings": openings(location_id), "taken_back": just_taken_back(location_id), "owed": owed}


def accounts_of(location_id: int, code: str) -> list[ProvisioningJob]:
    """The accounts that are open for a parcel of the location."""
    jobs = ProvisioningJob.objects.filter(kind=JobKind.ACCOUNT, state=JobState.DONE)
    here = jobs.filter(fulfillment__location_id=location_id, fulfillment__code=code)
    return list(here.order_by("line_id"))


def _late() -> datetime:
    return clock.now() - SLOW_ANSWER


def silent_openings(location_id: int) -> list[int]:
    """Jobs, opening or closing, whose answer the network has owed for over five minutes; oldest first."""
    jobs = ProvisioningJob.objects.waiting().filter(fulfillment__location_id=location_id)
    late = jobs.filter(requested_at__lt=_late())
    return list(late.order_by("requested_at", "pk").values_list("pk", flat=True))


def refused_undos(location_id: int) -> list[int]:
    """Closings of accounts taken back here that the network refused."""
    jobs = ProvisioningJob.objects.failed().filter(
        fulfillment__location_id=location_id, undo__isnull=False, undo__finished_at=None
    )
    return list(jobs.order_by("pk").values_list("pk", flat=True))
