"""Dealers' people at their counters: every other order that comes by a dealer, the rest by its system.

The small dealer accepts services alone, the larger one goods too; a SIM card leaves its own shelf.
"""

from dataclasses import replace
from datetime import datetime

from catalog.queries import numbers
from members.actors import Actor, actor_of
from members.queries import institution_by_code
from members.queries.staff import first_of_staff
from members.values import InstitutionCard
from orders.models.intake import Way
from orders.services import clerk, quoting
from orders.values import Delivery, Wish

from .script import Scripted

SMALL, LARGE = "dl-hongda", "dl-lantian"


class NobodyThere(LookupError):
    """A dealer without people: the demo would have to invent them."""


def at_counter(wanted: Scripted) -> bool:
    return wanted.door == "dealer" and wanted.index % 2 == 0


def accept(wanted: Scripted, wishes: list[Wish], *, now: datetime) -> str:
    """The one click of the dealer's person; returns the order's number."""
    dealer = institution_by_code(SMALL if wanted.way == Way.NONE else LARGE)
    delivery, person = _delivery(wanted, dealer), wanted.person
    if delivery.way == Way.PICKUP:
        wishes = [_at_home(wish, dealer, seed=str(wanted.index), now=now) for wish in wishes]
    quoted = quoting.quote(wishes, channel="dealer", institution_id=dealer.id, way=delivery.way, now=now)
    placed = clerk.sell(
        actor=_person(dealer),
        store_id=dealer.id,
        wishes=wishes,
        phone=person.phone,
        name=person.name,
        id_number=person.id_number if wanted.plan_sku else "",
        delivery=delivery,
        means="cash" if wanted.means == "collected" else wanted.means,
        shown_total=quoted.total_fen,
        now=now,
    )
    return placed.order_number


def _at_home(wish: Wish, dealer: InstitutionCard, *, seed: str, now: datetime) -> Wish:
    """A card is written where its number is at home: one of the dealer's own, else of its province's pool."""
    cities = [city for province, city in numbers.pool_cities() if province == dealer.province]
    found = (
        card
        for city in cities
        for card in numbers.search_numbers(
            province=dealer.province, city=city, seed=seed, dealer_id=dealer.id, now=now, limit=1
        )
    )
    return replace(wish, msisdn=next(found).msisdn)


def _person(dealer: InstitutionCard) -> Actor:
    user = first_of_staff(dealer.id, ("partner",))
    if user is None:
        raise NobodyThere(dealer.code)
    return actor_of(user)


def _delivery(wanted: Scripted, dealer: InstitutionCard) -> Delivery:
    if wanted.plan_sku and wanted.means != "cod":
        return Delivery(way=Way.PICKUP, pickup_location_id=dealer.id)
    return Delivery(way=wanted.way, destination=wanted.person.destination if wanted.way == Way.SHIP else None)
