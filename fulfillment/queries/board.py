"""The operations board: waves, backlog, throughput, what is oldest and what is stuck."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery

from fulfillment.models import (
    FulfillmentEvent,
    FulfillmentOrder,
    FulfillmentState,
    JobKind,
    ProvisioningJob,
    Wave,
    WorkInHand,
)
from fulfillment.models.demands import GIVEN_UP
from fulfillment.queries import account_jobs, stations
from omnichannel.kernel import clock

GONE = (
    FulfillmentState.HANDED_OVER,
    FulfillmentState.OUT_FOR_DELIVERY,
    FulfillmentState.DELIVERED,
    FulfillmentState.REFUSED,
    FulfillmentState.RETURNED,
    FulfillmentState.LOST,
)
PACKED_OR_GONE = (FulfillmentState.PACKED, FulfillmentState.READY_FOR_PICKUP, *GONE)


@dataclass(frozen=True)
class WaveCard:
    id: int
    code: str
    courier: str
    cut_off: datetime
    total: int
    packed: int
    picked: int
    gone: int  # short or cancelled
    closed_at: datetime | None
    is_late: bool
    who: str  # whoever picks it
    automated: bool


@dataclass(frozen=True)
class Board:
    waves: list[WaveCard]
    backlog: dict[str, int]
    waiting: int
    oldest_at: datetime | None
    oldest_code: str
    packed_today: int
    packed_last_hour: int
    handed_over_today: int
    failed_openings: int
    slow_openings: int
    to_come_back: int
    weight_cases: int
    slots_to_clear: int


def board(location_id: int, *, now: datetime, waves: int = 12) -> Board:
    """The waves and what is stuck at a location, in eight queries; its stations are in pace.py."""
    backlog = stations.counts(location_id)
    oldest = FulfillmentOrder.objects.in_house().filter(location_id=location_id).order_by("created_at", "pk")
    oldest_row = oldest.values_list("created_at", "code").first() or (None, "")
    return Board(
        waves=_waves(location_id, now, waves),
        backlog=backlog,
        waiting=backlog.get(FulfillmentState.ACCEPTED, 0),
        oldest_at=oldest_row[0],
        oldest_code=oldest_row[1],
        **_throughput(location_id, now),
        **_stuck(location_id, now),
    )


def _waves(location_id: int, now: datetime, limit: int) -> list[WaveCard]:
    begin, _end = clock.day_bounds(clock.local_day(now))
    state = "entries__fulfillment__state"
    begun = Q(**{f"{state}__in": (FulfillmentState.ACCEPTED, FulfillmentState.IN_WAVE)})
    gone = Q(**{f"{state}__in": GIVEN_UP})
    hands = WorkInHand.objects.filter(station="pick", wave=OuterRef("pk"), ended_at=None)
    rows = (
        Wave.objects.filter(Q(closed_at=None) | Q(closed_at__gte=begin), location_id=location_id)
        .select_related("courier")
        .annotate(
            total=Count("entries"),
            packed=Count("entries", filter=Q(**{f"{state}__in": PACKED_OR_GONE})),
            gone=Count("entries", filter=gone),
            unpicked=Count("entries", filter=begun),
            who=Subquery(hands.values("who")[:1]),
            machine=F("automation__state"),
        )
    )
    return [
        WaveCard(
            id=wave.pk,
            code=wave.code,
            courier=wave.courier.label if wave.courier else "",
            cut_off=wave.cut_off,
            total=wave.total,
            packed=wave.packed,
            picked=wave.total - wave.unpicked - wave.gone,
            gone=wave.gone,
            closed_at=wave.closed_at,
            is_late=wave.closed_at is None and wave.cut_off < now,
            who=wave.who or "",
            automated=wave.machine is not None and wave.machine != "failed",
        )
        for wave in rows.order_by(F("closed_at").desc(nulls_first=True), "cut_off", "pk")[:limit]
    ]


def _throughput(location_id: int, now: datetime) -> dict[str, int]:
    begin, end = clock.day_bounds(clock.local_day(now))
    today = FulfillmentEvent.objects.filter(
        fulfillment__location_id=location_id, at__gte=begin, at__lt=end, is_step=True
    )
    # Each parcel once, however often it was opened again, and not while it is open.
    packed = Q(state=FulfillmentState.PACKED, fulfillment__state__in=PACKED_OR_GONE)
    left = Q(state=FulfillmentState.HANDED_OVER, fulfillment__state__in=GONE)

    def parcels(which: Q) -> Count:
        return Count("fulfillment", distinct=True, filter=which)

    return today.aggregate(
        packed_today=parcels(packed),
        packed_last_hour=parcels(packed & Q(at__gt=now - timedelta(hours=1))),
        handed_over_today=parcels(left),
    )


def _stuck(location_id: int, now: datetime) -> dict[str, int]:
    jobs = ProvisioningJob.objects.filter(kind=JobKind.ACCOUNT, fulfillment__location_id=location_id)
    retake = Q(state="failed", fulfillment__state=FulfillmentState.PICKED)
    slow = Q(state="waiting", requested_at__lt=now - account_jobs.SLOW_ANSWER)
    back = FulfillmentOrder.objects.filter(location_id=location_id, state=FulfillmentState.REFUSED)
    found = jobs.aggregate(failed_openings=Count("pk", filter=retake), slow_openings=Count("pk", filter=slow))
    return found | {
        "to_come_back": back.count(),
        "weight_cases": len(stations.weight_cases(location_id)),
        "slots_to_clear": len(stations.slots_to_clear(location_id)),
    }
