"""What the parcels of a city would have cost from a centre elsewhere, against what they did cost.

A courier's tariff knows provinces, so a city's gain is the same from every city of a province: it is reckoned
once per province. A class of parcels goes to the new centre only where that is cheaper; the others stay. What
a centre of today would have saved too, with the goods on its shelf, is no merit of a new one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..centre_costs import Costs
from .flows import Flow
from .ground import Centre, Town
from .rates import Rates

MONTH_DAYS = 30


@dataclass(slots=True)
class Gain:
    """Orders of one city that a centre would take over, and their sums over the period. Amounts in fen.

    now, then: freight and handling; spared: what a centre of today would have saved of it; units_fen:
    bringing their goods to the centre; merged: parcels fewer; days: by which they would have come earlier,
    all together.
    """

    orders: int = 0
    parcels: int = 0
    freight_now: int = 0
    handling_now: int = 0
    spared: int = 0
    freight_then: int = 0
    handling_then: int = 0
    units_fen: int = 0
    merged: int = 0
    days: int = 0
    sources: dict[Town, list[int]] = field(default_factory=dict)

    @property
    def saving(self) -> int:
        """Of the period, before any cost of the centre itself."""
        now, then = self.freight_now + self.handling_now, self.freight_then + self.handling_then
        return now - self.spared - then - self.units_fen

    def take(self, flow: Flow, then: "Bill", *, at_best: int) -> None:
        """at_best: what the cheapest of today's places would have asked."""
        self.orders += flow.orders
        self.parcels += flow.parcels
        self.freight_now += flow.freight
        self.handling_now += flow.handling
        self.spared += flow.cost - at_best
        self.freight_then += then.freight
        self.handling_then += then.handling
        self.units_fen += then.units
        self.merged += flow.parcels - flow.orders
        self.days += flow.days - flow.orders * then.days
        source = self.sources.setdefault((flow.from_province, flow.from_city), [0, 0, 0])
        source[0] += flow.parcels
        source[1] += flow.freight + flow.handling
        source[2] += then.freight + then.handling + then.units

    def add(self, other: "Gain") -> None:
        for name in _SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for town, amounts in other.sources.items():
            mine = self.sources.setdefault(town, [0, 0, 0])
            for place, amount in enumerate(amounts):
                mine[place] += amount


_SUMS = ("orders", "parcels", "freight_now", "handling_now", "spared", "freight_then", "handling_then",
         "units_fen", "merged", "days")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bill:
    """What a flow's orders would cost from elsewhere, fen; days: on the way."""

    freight: int
    handling: int
    units: int
    days: int

    @property
    def total(self) -> int:
        return self.freight + self.handling + self.units


def bill(flow: Flow, rates: Rates, *, start: str, handling_fen: int, unit_fen: int = 0) -> Bill | None:
    """One parcel per order from province `start`; None where no tariff goes there."""
    rate = rates.between(start, flow.province)
    if rate is None:
        return None
    freight = round(flow.orders * rate.freight(flow.grams, 0))
    return Bill(freight, flow.orders * handling_fen, flow.units * unit_fen, rate.days)


def at_best(flow: Flow, rates: Rates, centres: Iterable[Centre]) -> int:
    """What the flow did cost, or would have from the cheapest of these centres, fen."""
    bills = (bill(flow, rates, start=centre.origin, handling_fen=centre.handling) for centre in centres)
    return min([flow.cost, *(each.total for each in bills if each is not None)])


def gains(flows: Iterable[tuple[Flow, int]], rates: Rates, costs: Costs, *, start: str) -> dict[Town, Gain]:
    """By city what a centre in the province `start` would take over; cities without a gain are absent.

    flows: each with its cost at_best.
    """
    found: dict[Town, Gain] = {}
    for flow, best in flows:
        then = bill(flow, rates, start=start, handling_fen=costs.handling_fen, unit_fen=costs.unit_fen)
        if then is not None and then.total < best:
            found.setdefault((flow.province, flow.city), Gain()).take(flow, then, at_best=best)
    return found


@dataclass(frozen=True)
class Scale:
    """From sums over the period to a month: days with orders make the day, thirty of them the month.

    share: what-if asks what a larger or smaller assortment would cover, against the one reckoned with.
    """

    days: int
    share: float = 1.0

    def month(self, amount: float) -> float:
        return amount * MONTH_DAYS * self.share / self.days if self.days else 0.0

    def day(self, count: float) -> float:
        return count * self.share / self.days if self.days else 0.0
