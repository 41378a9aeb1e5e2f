"""What happens on the day: a pure function of the seed, the catalogue and the people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from catalog.values import OfferingFacts, PlanCard
from members.values import Destination, InstitutionCard

SLOT = timedelta(minutes=30)
OPENS_AT_HOUR, SLOTS = 8, 24
# Orders of a slot follow one another; on a crowded day the last one is still paid in its slot.
MOST_APART, LAST_ORDER = timedelta(seconds=10), timedelta(minutes=25)
# Share of the day's orders per slot: a rush before noon and one after work.
RUSH = (1, 2, 3, 4, 5, 6, 6, 5, 4, 4, 4, 4, 4, 4, 5, 5, 6, 7, 7, 6, 5, 4, 3, 2)

DOORS = {"web": 45, "store": 25, "app": 15, "kiosk": 8, "dealer": 7}
MEANS = {
    "web": {"unipay": 84, "cod": 16},
    "store": {"cash": 62, "unipay": 22, "cod": 16},
    "app": {"unipay": 80, "cod": 20},
    "kiosk": {"collected": 100},
    "dealer": {"collected": 80, "cod": 20},
}
BASKETS = {
    "device": 16,
    "device+accessory": 8,
    "accessory": 20,
    "sim": 11,
    "top_up": 14,
    "data_pack": 8,
    "food": 9,
    "gift": 5,
    "merchant": 6,
    "subscription": 3,
}
NO_SIM_DOORS = ("kiosk",)
CALLBACKS = {"now": 90, "twice": 4, "late": 3, "never": 3}
PICKUP_SHARE, POINTS_SHARE = 0.12, 0.10
LEAVE_UNPAID, CANCEL_UNPAID, CANCEL_PAID, REFUSE_DOOR = 0.02, 0.02, 0.03, 0.035


@dataclass(frozen=True)
class Person:
    """A demo member with an address and a test ID number."""

    member_id: int
    phone: str
    name: str
    destination: Destination
    id_number: str
    points_fen: int


@dataclass(frozen=True)
class Cast:
    """Whom and what the script draws from, in a fixed order."""

    people: Sequence[Person]
    stores: Sequence[InstitutionCard]
    offerings: dict[str, Sequence[OfferingFacts]]
    plans: dict[str, Sequence[PlanCard]]


@dataclass(frozen=True)
class Scripted:
    """One order of the day. `callback` is how the provider tells; `fate` what the customer does later."""

    index: int
    at: datetime
    door: str
    store: InstitutionCard | None
    person: Person
    items: tuple[tuple[str, int], ...]  # SKU, units
    plan_sku: str
    means: str
    way: str
    use_points: bool
    callback: str
    fate: str  # "", unpaid, cancel_unpaid, cancel_paid, refuse_door

    @property
    def pays_provider(self) -> bool:
        return self.means == "unipay" and self.fate not in ("unpaid", "cancel_unpaid")


def slot_begins(morning: datetime) -> list[datetime]:
    return [morning + SLOT * number for number in range(SLOTS)]


def write(*, seed: int, size: int, morning: datetime, cast: Cast) -> list[list[Scripted]]:
    """The orders of each slot. `morning` is the first slot's begin."""
    chance = Random(seed)
    slots = chance.choices(range(SLOTS), weights=RUSH, k=size)
    day: list[list[Scripted]] = [[] for _ in range(SLOTS)]
    busiest = max(slots.count(number) for number in range(SLOTS))
    apart = min(MOST_APART, LAST_ORDER / busiest)
    for index, slot in enumerate(sorted(slots)):
        at = morning + SLOT * slot + apart * len(day[slot])
        day[slot].append(_order(chance, index, at, cast))
    return day


def _draw(chance: Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), weights=weights.values())[0]


def _order(chance: Random, index: int, at: datetime, cast: Cast) -> Scripted:
    door = _draw(chance, DOORS)
    basket = _draw(chance, {k: w for k, w in BASKETS.items() if k != "sim" or door not in NO_SIM_DOORS})
    person = chance.choice(cast.people)
    items, plan_sku = _items(chance, basket, cast)
    means = _draw(chance, MEANS[door])
    goods = basket not in ("top_up", "data_pack", "subscription")
    if means == "cod" and not goods:
        means = "unipay" if door != "dealer" else "collected"
    pickup = goods and means != "cod" and basket != "merchant" and door in ("web", "store")
    pickup = pickup and chance.random() < PICKUP_SHARE
    store = chance.choice(cast.stores) if door == "store" or pickup else None
    return Scripted(
        index=index,
        at=at,
        door=door,
        store=store,
        person=person,
        items=items,
        plan_sku=plan_sku,
        means=means,
        way="pickup" if pickup else "ship" if goods else "none",
        use_points=door == "web" and person.points_fen > 0 and chance.random() < POINTS_SHARE * 5,
        callback=_draw(chance, CALLBACKS),
        fate=_fate(chance, means=means, goods=goods, pickup=pickup),
    )


def _items(chance: Random, basket: str, cast: Cast) -> tuple[tuple[tuple[str, int], ...], str]:
    def one(kind: str) -> OfferingFacts:
        return chance.choice(cast.offerings[kind])

    if basket == "sim":
        card = one("sim")
        return ((card.sku, 1),), chance.choice(cast.plans[card.tier]).sku
    if basket == "device+accessory":
        return ((one("device").sku, 1), (one("accessory").sku, 1)), ""
    if basket == "merchant":
        return ((one("merchant_goods").sku, chance.choice((1, 1, 2))),), ""
    if basket in ("top_up", "data_pack", "subscription", "device"):
        return ((one(basket).sku, 1),), ""
    picked = {one(basket).sku: chance.choice((1, 1, 1, 2, 3)) for _ in range(chance.choice((1, 1, 2)))}
    return tuple(picked.items()), ""


def _fate(chance: Random, *, means: str, goods: bool, pickup: bool) -> str:
    roll = chance.random()
    if means == "unipay":
        if roll < LEAVE_UNPAID:
            return "unpaid"
        if roll < LEAVE_UNPAID + CANCEL_UNPAID:
            return "cancel_unpaid"
    if means != "collected" and goods and roll > 1 - CANCEL_PAID:
        return "cancel_paid"
    if goods and not pickup and chance.random() < REFUSE_DOOR:
        return "refuse_door"
    return ""
