"""Who shipped what: the share of the shipper follows the parcel that carried the line.

An order in one parcel has one fulfiller. Where several parcels share an order, its lines are divided by
units when the first of them leaves; each part waits until its own parcel leaves, and is given to whoever
handed it over the night after. What waits is divided anew each time a parcel leaves, for units may have been
cut out of a parcel or sent from elsewhere since. What is never sent falls to the parcel that carried most.
"""

from collections.abc import Iterator
from datetime import date

from fulfillment.queries.carried import Carried, carried
from settlement.models import OrderShareTerms, ParcelPart, Role

ROLES = (Role.FULFILLER, Role.COURIER)
KNOWN = ("fulfiller", "courier", "known_date")


def fix(terms: OrderShareTerms, *, parcel: int, location_id: int, courier_id: int | None, day: date) -> None:
    """A parcel of a locked order has left: its part of the shares is its own from `day` on."""
    if terms.fulfiller_id is not None:
        return
    state = carried(terms.order_number)
    parts = list(terms.parts.order_by("pk")) or _divide(terms, state)
    if not parts:
        terms.fulfiller_id, terms.courier_id, terms.handed_date = location_id, courier_id, day
        terms.save(update_fields=["fulfiller", "courier", "handed_date"])
        return
    for part in _leaving(terms, parts, parcel, state):
        part.fulfiller_id, part.courier_id, part.known_date = location_id, courier_id, day
        part.save(update_fields=KNOWN)


def close(terms: OrderShareTerms, *, day: date) -> None:
    """Nothing more is sent: parts that never left go to who carried most of the line, else of the order."""
    parts = list(terms.parts.order_by("pk"))
    waiting = [part for part in parts if part.known_date is None]
    sent = [part for part in parts if part.known_date is not None]
    if not waiting or not sent or not carried(terms.order_number).is_over:
        return
    for part in waiting:
        same = [other for other in sent if other.line_id == part.line_id] or sent
        most = max(same, key=lambda other: (other.units, -other.pk))
        part.fulfiller_id, part.courier_id, part.known_date = most.fulfiller_id, most.courier_id, day
        part.save(update_fields=KNOWN)


def _divide(terms: OrderShareTerms, state: Carried) -> list[ParcelPart]:
    """The parts of an order that more than one parcel carries, or of which some has no route yet."""
    if len(state.parcels) + bool(state.unsent) < 2:
        return []
    lines = terms.shares.filter(role__in=ROLES, institution=None).values_list("line_id", flat=True)
    found = [part for line in sorted(set(lines)) for part in _parts(terms, line, state)]
    return ParcelPart.objects.bulk_create(found)


def _parts(terms: OrderShareTerms, line: int, state: Carried) -> Iterator[ParcelPart]:
    """By units of the line. One that was called off before anything left waits for the end of the order."""
    baskets: dict[int | None, dict[int, int]] = dict(state.parcels)
    if state.unsent:
        baskets[None] = state.unsent
    counts = {parcel: _count(line, units, state) for parcel, units in baskets.items()}
    for parcel, count in counts.items() if any(counts.values()) else [(None, 1)]:
        if count:
            yield ParcelPart(terms=terms, line_id=line, parcel=parcel, units=count)


def _count(line: int, units: dict[int, int], state: Carried) -> int:
    """Units of the line; of shipping and what else is no goods all units of a parcel."""
    return units.get(line, 0) if line in state.goods else sum(units.values())


def _leaving(
    terms: OrderShareTerms, parts: list[ParcelPart], parcel: int, state: Carried
) -> list[ParcelPart]:
    """The parts that leave with the parcel, by the units that are in it now. A parcel leaves once."""
    if any(part.parcel == parcel and part.known_date is not None for part in parts):
        return []
    waiting = [part for part in parts if part.known_date is None]
    if parcel not in state.parcels:  # it left and is given up since: what was its own stays so
        return [part for part in waiting if part.parcel == parcel]
    lines = sorted({part.line_id for part in waiting})
    found = [_of_line(terms, line, waiting, parcel, state) for line in lines]
    return [part for part in found if part is not None]


def _of_line(
    terms: OrderShareTerms, line: int, waiting: list[ParcelPart], parcel: int, state: Carried
) -> ParcelPart | None:
    """Write the waiting parts of a line as its parcels stand; returns the one of `parcel`."""
    parts = {part.parcel: part for part in waiting if part.line_id == line}
    units = _as_they_stand(line, parts, parcel, state)
    for key in [key for key in parts if not units[key]]:
        parts.pop(key).delete()
    for key, count in units.items():
        part = parts.get(key)
        if part is None and count:
            parts[key] = ParcelPart.objects.create(terms=terms, line_id=line, parcel=key, units=count)
        elif part is not None and part.units != count:
            part.units = count
            part.save(update_fields=["units"])
    return parts.get(parcel)


def _as_they_stand(
    line: int, parts: dict[int | None, ParcelPart], parcel: int, state: Carried
) -> dict[int | None, int]:
    """Units by parcel, as many as waited: what a parcel carries no longer is free, `parcel` takes its own.

    Those of None have no route, or their parcel left before this order's shares knew of it.
    """
    inside = {key: _count(line, state.parcels[key], state) if key in state.parcels else 0 for key in parts}
    units = {key: min(part.units, inside[key]) for key, part in parts.items() if key is not None}
    free = sum(part.units for part in parts.values()) - sum(units.values())
    own = units.get(parcel, 0)
    taken = min(_count(line, state.parcels[parcel], state) - own, free)
    return units | {parcel: own + taken, None: free - taken}
