"""What the planner is given and what it answers. Amounts in fen, weights in grams, volumes in ml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from ...leaving import DayAhead


@dataclass(frozen=True, slots=True)
class Rate:
    """Freight of a zone: up to first_g for first_fen, then step_fen for each begun step_g.

    A trunk run is one with first_g = 0: the hub's fee, then the parcel's share for each begun kilogram.
    """

    first_g: int
    first_fen: float
    step_g: int = 1000
    step_fen: float = 0
    volumetric_divisor: int = 6000
    days: int = 2

    def freight(self, weight_g: float, volume_ml: float) -> float:
        over = self.billed_g(weight_g, volume_ml) - self.first_g
        return self.first_fen if over <= 0 else self.first_fen + self.step_fen * -(-over // self.step_g)

    def billed_g(self, weight_g: float, volume_ml: float) -> float:
        return max(weight_g, volume_ml * 1000 / self.volumetric_divisor)


@dataclass(frozen=True, slots=True)
class Item:
    """Units of one SKU; weight and volume of one unit."""

    sku: str
    quantity: int
    weight_g: float = 0
    volume_ml: float = 0


@dataclass(frozen=True, slots=True)
class Package:
    """freight: all of it; of this `trunk` is the share of a trunk run, the rest is the deliverer's."""

    location_id: int
    code: str
    units: tuple[tuple[str, int], ...]
    freight: float
    cost: float
    weight_g: float
    distance_km: float
    days: int
    via_id: int | None = None
    via: str = ""
    trunk: float = 0
    leaves_in: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A location that may serve. fixed: what a package from here costs besides its freight.

    unit_prices: shadow price or handling of one unit of a SKU from here, where there is one. via: the hub
    that delivers it after a trunk run; a location may be there once for each of its ways. days: until it
    is at the door, leaves_in of them until it leaves.
    """

    location_id: int
    code: str
    distance_km: float
    stock: Mapping[str, int]
    rate: Rate
    fixed: float = 0
    days: int = 0
    leaves_in: int = 0
    unit_prices: Mapping[str, float] = field(default_factory=dict)
    via_id: int | None = None
    via: str = ""

    def package(
        self, units: Iterable[tuple[str, int]], *, weight_g: float, volume_ml: float, prices: float
    ) -> Package:
        """What these units cost in one package from here. prices: of the units, beside the freight."""
        freight = self.rate.freight(weight_g, volume_ml)
        return Package(
            location_id=self.location_id,
            code=self.code,
            units=tuple(sorted(units)),
            freight=freight,
            cost=self.fixed + freight + prices,
            weight_g=weight_g,
            distance_km=self.distance_km,
            days=self.days,
            via_id=self.via_id,
            via=self.via,
            trunk=freight - self.rate.first_fen if self.via_id else 0,
            leaves_in=self.leaves_in,
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """The operator's weights, in fen: a package more, a day later, δ of a location that may decline.

    scarcity: what the last of something costs more per unit than it would where all of it lies; it keeps
    the rare where it is rare, and stands back where shadow prices know better.
    """

    extra_package: float = 500
    late_day: float = 150
    refusal: float = 60
    scarcity: float = 0
    most_packages: int = 3
    keep: int = 12
    show: int = 5


@dataclass(frozen=True, slots=True)
class Plan:
    packages: tuple[Package, ...]
    cost: float

    @property
    def rank(self):
        """Cheapest first; ties by packages, distance, code."""
        distance = sum(package.distance_km for package in self.packages)
        codes = tuple(package.code for package in self.packages)
        return (round(self.cost, 6), len(self.packages), round(distance, 3), codes)


@dataclass(frozen=True, slots=True)
class Outcome:
    """chosen is None when no set of locations covers the order. gap: chosen cost less a lower bound."""

    chosen: Plan | None
    compared: tuple[Plan, ...] = ()
    kept: tuple[str, ...] = ()
    considered: int = 0
    gap: float = 0
    how: str = "exact"


@dataclass(frozen=True, slots=True)
class Trunk:
    """A trunk line from a location. rate: the hub's fee and the share of the run; reach in kilometres."""

    hub_id: int
    hub: str
    latitude: float
    longitude: float
    reach_km: int
    departs_hour: int
    rate: Rate


@dataclass(frozen=True, slots=True)
class LocationFacts:
    """A location as the database knows it. stock: units that this order may have there, by SKU.

    capacity: packages that may leave today; packages_today: those that are planned to. later: the days
    after today where some differ. cutoff_hour: the house's own; courier_hour: the last departure of the
    courier to the customer's province, None without a timetable.
    """

    location_id: int
    code: str
    kind: str
    province: str
    latitude: float | None
    longitude: float | None
    opens_at: time | None
    closes_at: time | None
    stock: Mapping[str, int]
    rate: Rate | None
    handling: int = 0
    load: int = 0
    acceptance_percent: int = 100
    must_accept: bool = False
    accept_minutes: int = 30
    writes_sim: bool = True
    ships: bool = True
    capacity: int | None = None
    packages_today: int = 0
    usual_capacity: int | None = None
    later: tuple[DayAhead, ...] = ()
    cutoff_hour: int = 24
    courier_hour: float | None = None
    home_province: str = ""
    delivers_to: tuple[str, ...] = ()
    is_open: bool = True
    closed_today: bool = False
    unit_prices: Mapping[str, float] = field(default_factory=dict)
    trunks: tuple[Trunk, ...] = ()

    @property
    def is_limited(self) -> bool:
        """Packages are counted here: on some day only so many may leave."""
        limits = (self.usual_capacity, self.capacity, *(day.capacity for day in self.later))
        return any(limit is not None for limit in limits)

    def capacity_in(self, days: int) -> int | None:
        """Packages that may leave so many days from now; None without a limit."""
        if days == 0:
            return self.capacity
        return self.later[days - 1].capacity if days <= len(self.later) else self.usual_capacity


@dataclass(frozen=True, slots=True)
class Need:
    """What the order asks of a location. local_now: Shanghai time. sim_skus: cards that open an account.

    promised_on: the day that the customer was told.
    """

    way: str
    items: tuple[Item, ...]
    local_now: datetime
    province: str = ""
    latitude: float | None = None
    longitude: float | None = None
    pickup_location_id: int | None = None
    excluded: frozenset[int] = frozenset()
    sim_skus: frozenset[str] = frozenset()
    number_provinces: frozenset[str] = frozenset()
    merchant_of: Mapping[str, int] = field(default_factory=dict)
    prefer: int | None = None
    cod: bool = False
    source_kinds: tuple[str, ...] = ()
    promised_on: date | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    location_id: int
    code: str
    reason: str
