"""Who shipped what: the share of the shipper follows the parcel that carried the line.

An order in one parcel has one fulfiller. Where several parcels share an order, its lines are divided by
units when the first of them leaves; each part waits until its own parcel leaves, and is given to whoever
handed it over the night after. What is never sent falls to the parcel that carried most of the line.
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
    for part in _own(parts, parcel, state):
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
    """By units of the line; shipping and what is no goods by all units of a parcel."""
    baskets: dict[int | None, dict[int, int]] = dict(state.parcels)
    if state.unsent:
        baskets[None] = state.unsent
    is_goods = any(line in units for units in baskets.values())
    for parcel, units in baskets.items():
        count = units.get(line, 0) if is_goods else sum(units.values())
        if count:
            yield ParcelPart(terms=terms, line_id=line, parcel=parcel, units=count)


def _own(parts: list[ParcelPart], parcel: int, state: Carried) -> list[ParcelPart]:
    """The parcel's parts; a parcel that came later takes parts whose own will not leave any more."""
    mine = [part for part in parts if part.parcel == parcel]
    if mine:
        return [part for part in mine if part.known_date is None]
    units = state.parcels.get(parcel, {})
    free = [part for part in parts if part.known_date is None and part.parcel not in state.parcels]
    lines = sorted({part.line_id for part in free})
    return [part for line in lines for part in _enough(free, line, units)]


def _enough(free: list[ParcelPart], line: int, units: dict[int, int]) -> Iterator[ParcelPart]:
    """Free parts of a line until this many units are covered; of shipping by all units."""
    left = sum(units.values()) if line == 0 else units.get(line, 0)
    for part in free:
        if part.line_id == line and left > 0:
            left -= part.units
            yield part
