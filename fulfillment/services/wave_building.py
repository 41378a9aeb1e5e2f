"""Waves that build themselves: by the timetables of couriers and trunk lines, every minute."""

import logging
from datetime import datetime

from django.db import transaction

from fulfillment.models import (
    CentreProfile,
    CourierCutOff,
    FulfillmentOrder,
    FulfillmentState,
    TrunkLine,
    Wave,
    Way,
)
from fulfillment.services import timetable, waves
from members.actors import SYSTEM
from omnichannel.kernel.errors import DomainError

# So many waves' parcels are looked at, so that those who wait for a late departure are in nobody's way.
LOOK = 10

log = logging.getLogger(__name__)


def build_due(*, now: datetime) -> list[Wave]:
    """Build what is due at every location with a timetable; one transaction per location.

    A location that cannot build (no courier, say) stands in the log and does not stop the others. Two
    runs at once do no harm: parcels that one has are passed over by the other.
    """
    built = []
    for location_id in _locations():
        try:
            built += build_due_at(location_id=location_id, now=now)
        except DomainError as refusal:
            log.warning("no wave at location %s: %s (%s)", location_id, refusal, refusal.code)
    return built


def _locations() -> list[int]:
    """Where parcels wait, something leaves by a timetable and nobody switched the building off."""
    waiting = FulfillmentOrder.objects.filter(state=FulfillmentState.ACCEPTED, way=Way.SHIP)
    by_hand = CentreProfile.objects.filter(builds_waves=False).values("location_id")
    here = set(waiting.exclude(location_id__in=by_hand).values_list("location_id", flat=True))
    couriers = CourierCutOff.objects.filter(location_id__in=here).values_list("location_id", flat=True)
    trunks = TrunkLine.objects.filter(origin_id__in=here).values_list("origin_id", flat=True)
    return sorted({*couriers, *trunks})


def _is_due(
    inside: list[FulfillmentOrder], leaves: timetable.Departure | None, size: int, now: datetime
) -> bool:
    if leaves is None:
        return len(inside) >= size or inside[0].changed_at <= now - timetable.WITHOUT_TIMETABLE
    return now >= leaves.build_from or len(inside) >= leaves.full_at


@transaction.atomic
def build_due_at(*, location_id: int, now: datetime) -> list[Wave]:
    """The waves that are due here: the courier leaves soon, or a full wave waits. Raises NoCourier.

    Who has no timetable here (a line that was taken away, say) is expected WITHOUT_TIMETABLE after the first
    of its parcels was accepted, so that none waits for ever.
    """
    size, departures = waves.size_at(location_id), timetable.departures(location_id, now=now)
    groups = waves.by_courier(location_id, waves.waiting(location_id, size * LOOK))
    due = {
        courier_id: inside[:size]
        for courier_id, inside in groups.items()
        if _is_due(inside, departures.get(courier_id), size, now)
    }
    if not due:
        return []
    cut_offs = timetable.next_cut_offs(location_id, due, now=now)
    return waves.fill(location_id, due, cut_offs, size=size, actor=SYSTEM, now=now)
