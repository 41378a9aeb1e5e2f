"""A few parcels of the day that customers post at counters, among them one that its receiver does not take.

They come beside the script's orders, so that those are what the seed says. A slot played again finds its own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from catalog.kinds import Kind
from catalog.queries import offerings
from fulfillment.models import Posting
from fulfillment.values import Measures
from members.actors import Actor, Grant
from members.values import InstitutionCard
from omnichannel.kernel import clock
from orders.services import posting
from orders.services.posting import ParcelWish, Sender

from .script import Cast

# The store whose pages the demo's first clerk opens.
HOME = "st-sh-01"


@dataclass(frozen=True)
class Brought:
    """What a customer brings in a slot. declared in fen; at_home: to the store of the demo's first clerk."""

    slot: int
    contents: str
    measures: Measures
    declared_fen: int
    at_home: bool
    is_refused: bool = False


PARCELS = (
    Brought(3, "两本书和一条围巾", Measures(2300, 30, 20, 10), 20_000, at_home=True),
    Brought(9, "旧相机", Measures(1450, 24, 18, 16), 150_000, at_home=True, is_refused=True),
    Brought(15, "家乡特产", Measures(4800, 45, 32, 28), 0, at_home=False),
)


def play(*, day: date, seed: int, slot: int, cast: Cast, now: datetime) -> None:
    """What the slot has of it; nothing where the company takes no parcels in."""
    for number, brought in enumerate(PARCELS):
        if brought.slot == slot and not _known(day, brought).exists() and offerings.service_of(Kind.POSTAGE):
            _post(brought, Random(f"{seed}:posting:{number}"), cast, now)


def refused(day: date) -> set[str]:
    """Numbers of the orders whose receivers do not take the parcel."""
    found = [_known(day, brought) for brought in PARCELS if brought.is_refused]
    return {row.demand.order_number for rows in found for row in rows.select_related("demand")}


def _known(day: date, brought: Brought):
    begin, end = clock.day_bounds(day)
    return Posting.objects.filter(contents=brought.contents, posted_at__gte=begin, posted_at__lt=end)


def _post(brought: Brought, chance: Random, cast: Cast, now: datetime) -> None:
    sender, receiver = chance.sample(cast.people, k=2)
    store = _store(brought, chance, cast)
    agreed = posting.price(brought.measures, store=store, province=receiver.destination.province, now=now)
    posting.post(
        actor=_clerk(store),
        store=store,
        sender=Sender(phone=sender.phone, name=sender.name, id_number=sender.id_number),
        receiver=receiver.destination,
        parcel=ParcelWish(
            measures=brought.measures,
            contents=brought.contents,
            declared_fen=brought.declared_fen,
            is_inspected=True,
        ),
        means="cash",
        shown_total=agreed.postage_fen,
        now=now,
    )


def _store(brought: Brought, chance: Random, cast: Cast) -> InstitutionCard:
    others = [store for store in cast.stores if store.code != HOME]
    home = next((store for store in cast.stores if store.code == HOME), None)
    return home if home and brought.at_home else chance.choice(others)


def _clerk(store: InstitutionCard) -> Actor:
    grants = frozenset({Grant("clerk", store.id, store.path)})
    return Actor(name=f"clerk {store.code}", channel="store", grants=grants)
