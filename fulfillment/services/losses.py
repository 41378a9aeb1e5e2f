"""Units that were promised to a parcel leave the books: promise and units go together, by a movement.

A serial unit that lacks is set aside, so that books and units agree: the one that was named, else free ones
of its kind. What is missing is counted again by somebody, who finds what was set aside wrongly.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from members.actors import Actor

from ..models import (
    FulfillmentOrder,
    Reservation,
    ReservationState,
    SerialEvent,
    SerialEventKind,
    SerialState,
    SerialUnit,
)
from . import count_requests, hot
from .shelf_locks import lock_shelves

NOT_FOUND = "not_found"

_LOSE = """
WITH lost AS (
    SELECT r.id, r.level_id, r.sku, r.location_id, r.quantity, least(r.quantity, m.units) AS units
    FROM unnest(%(lines)s::bigint[], %(units)s::int[]) AS m(line_id, units)
    JOIN fulfillment_reservation r ON r.line_id = m.line_id
    WHERE r.fulfillment_id = %(id)s AND r.state = 'confirmed' AND m.units > 0
), smaller AS (
    UPDATE fulfillment_reservation r SET quantity = r.quantity - lost.units, changed_at = %(now)s
    FROM lost WHERE r.id = lost.id AND r.quantity > lost.units
), gone AS (
    UPDATE fulfillment_reservation r SET state = 'released', changed_at = %(now)s
    FROM lost WHERE r.id = lost.id AND r.quantity = lost.units
), back AS (
    SELECT level_id, sum(units)::int AS units FROM lost GROUP BY level_id
), moved AS (
    UPDATE fulfillment_stocklevel l SET on_hand = l.on_hand - b.units, reserved = l.reserved - b.units
    FROM back b WHERE l.id = b.level_id
)
INSERT INTO fulfillment_stockmovement
    (sku, quantity, from_place, from_location_id, to_place, to_location_id, reason, reference, at)
SELECT sku, sum(units), 'location', location_id, 'loss', NULL, %(reason)s, %(reference)s, %(now)s
FROM lost GROUP BY sku, location_id
"""


def lock(fo: FulfillmentOrder) -> None:
    """The levels that a locked parcel holds units of, before its serial units."""
    held = Reservation.objects.filter(fulfillment=fo, state=ReservationState.CONFIRMED)
    shelves = set(held.values_list("sku", "location_id"))
    shelves |= {(sku, fo.location_id) for sku in fo.lines.values_list("sku", flat=True)}
    for sku, location_id in sorted(shelves):
        hot.gather_of(sku=sku, location_id=location_id)
    lock_shelves(shelves)


def book(
    fo: FulfillmentOrder,
    short: FulfillmentOrder,
    units: Mapping[int, int],
    named: Mapping[int, list[str]],
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> dict:
    """Book what lacks of parcel `fo`, told of under `short`; levels are locked. Returns what was done.

    units and named serials by FulfillmentLine pk; units are those of lines that stand in either parcel now.
    """
    reference, aside, lost = _reference(short), [], {}
    for line in [*fo.lines.all(), *(short.lines.all() if short.pk != fo.pk else ())]:
        count = units.get(line.pk, 0)
        if not count:
            continue
        if line.serial_kind:
            found = _set_aside(line, short, count, named.get(line.pk, []), reason, actor, now)
            aside += found
            count = len(found)
        lost[line.line_id] = (line.sku, count)
    _lose(fo, {line_id: count for line_id, (_sku, count) in lost.items()}, reason, reference, now)
    told = {"reference": reference, "aside": aside, "lost": {str(key): each for key, each in lost.items()}}
    if reason == "missing":
        skus = {sku for sku, _count in lost.values()}
        told["count"] = count_requests.ask(
            location_id=short.location_id, skus=skus, note=short.code, actor=actor, now=now
        )
    return told


def _reference(short: FulfillmentOrder) -> str:
    """Each time a parcel is short has its own record."""
    times = short.events.filter(state=FulfillmentOrder.State.SHORT).count()
    return short.code if times < 2 else f"{short.code}/{times}"


def _lose(fo: FulfillmentOrder, lost: dict[int, int], reason: str, reference: str, now: datetime) -> None:
    values = {"id": fo.pk, "reason": reason, "reference": reference, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_LOSE, values | {"lines": list(lost), "units": list(lost.values())})


def _set_aside(
    line, short: FulfillmentOrder, units: int, named: list[str], reason: str, actor: Actor, now: datetime
) -> list[str]:
    """Serials of the units that are put into quarantine: the named ones, then free ones; as many as are."""
    here = SerialUnit.objects.filter(sku=line.sku, location_id=short.location_id, state=SerialState.FREE)
    here = here.select_for_update(of=("self",)).order_by("pk")
    found = list(here.filter(serial__in=named))
    if len(found) < units:
        found += here.exclude(serial__in=named)[: units - len(found)]
    SerialUnit.objects.filter(pk__in=[unit.pk for unit in found]).update(
        state=SerialState.QUARANTINE, changed_at=now
    )
    SerialEvent.objects.bulk_create(
        SerialEvent(
            unit=unit,
            kind=SerialEventKind.QUARANTINED,
            reason=NOT_FOUND if reason == "missing" else reason,
            location_id=unit.location_id,
            reference=short.code,
            who=actor.label[:80],
            at=now,
        )
        for unit in found
    )
    return [unit.serial for unit in found]
