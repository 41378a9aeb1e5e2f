"""A small country whose parcels are counted by hand: places, a tariff by province, what was sent."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from fulfillment.models import (
    CentreCosts,
    FulfillmentDemand,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    LocationProfile,
    TariffRate,
    TariffZone,
)
from fulfillment.services.centre_costs import Costs
from fulfillment.services.optimiser import centre_reckoning
from members.actors import Actor, Grant
from members.models import Institution
from members.places import locate

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # noon in Shanghai
YESTERDAY = NOW - timedelta(days=1)
# zone: first kilogram, each further one (fen), days
RATES = {"local": (600, 100, 1), "near": (760, 160, 2), "country": (1100, 450, 3)}
COSTS = Costs(
    fixed_month_fen=40_000,
    investment_fen=120_000,
    handling_fen=180,
    unit_fen=30,
    assortment=10,
    horizon_days=28,
    payback_months=12,
)
_numbers = count(1)


class Country:
    """One warehouse in Suzhou. Freight within a province is local, elsewhere country, but see near()."""

    def __init__(self):
        self.carrier = Institution.objects.create(
            code="carrier", path="carrier/", kind="carrier", name="华通"
        )
        TariffZone.objects.create(zone="country")
        for zone, (first, further, days) in RATES.items():
            TariffRate.objects.create(
                zone=zone, first_fen=first, step_fen=further, days=days, starts=date(2026, 1, 1)
            )
        for province in ("江苏", "上海", "浙江", "广东"):
            TariffZone.objects.create(from_province=province, to_province=province, zone="local")
        self.near("江苏", "上海")
        self.places = {"wh": self.place("wh", "warehouse", "江苏", "苏州", handling=200)}
        self.costs()

    def near(self, start: str, end: str) -> None:
        TariffZone.objects.create(from_province=start, to_province=end, zone="near")

    def place(self, code: str, kind: str, province: str, city: str, *, handling: int) -> Institution:
        latitude, longitude = locate(province, city)
        made = Institution.objects.create(
            code=code,
            path=f"carrier/{code}/",
            parent=self.carrier,
            kind=kind,
            name=f"{city}仓",
            name_en=f"{city} warehouse",
            province=province,
            city=city,
            latitude=latitude,
            longitude=longitude,
        )
        LocationProfile.objects.create(location=made, origin_province=province, handling_fen=handling)
        self.places = getattr(self, "places", {}) | {code: made}
        return made

    def costs(self, **other) -> None:
        """In force since the first of the year."""
        values = vars(COSTS) | other
        CentreCosts.objects.all().delete()
        CentreCosts.objects.create(**values, starts=date(2026, 1, 1), made_by="Lin", made_at=NOW)

    def send(
        self,
        orders: int,
        province: str,
        city: str,
        *parcels: tuple[str, int, int],
        start: str = "wh",
        at: datetime = YESTERDAY,
        state: str = FulfillmentState.DELIVERED,
        freight: int = 760,
        days: int = 2,
        channel: str = "web",
    ) -> None:
        """Orders alike; each parcel: SKU, units, grams."""
        deal = {"at": at, "state": state, "freight": freight, "days": days, "channel": channel}
        send_from(self.places[start], orders, province, city, *parcels, **deal)

    def actor(self, role: str = "operator") -> Actor:
        grants = frozenset([Grant(role, self.carrier.pk, self.carrier.path)])
        return Actor(user_id=1, name=role.title(), grants=grants)

    def reckon(self, now: datetime = NOW):
        """This night's reckoning; of another hour it is another one."""
        return centre_reckoning.reckon_tonight(now=now)


def send_from(
    location: Institution, orders: int, province: str, city: str, *parcels, at: datetime, **deal
) -> None:
    """deal: state, freight (fen), days on the way, channel; all of it of each parcel."""
    for _ in range(orders):
        number = f"HT{next(_numbers):08d}"
        wish = {"destination": {"province": province, "city": city}, "lines": []}
        demand = FulfillmentDemand.objects.create(
            order_number=number, channel=deal["channel"], way="ship", state="done", wish=wish, placed_at=at,
            changed_at=at,
        )  # fmt: skip
        for place, (sku, units, grams) in enumerate(parcels, 1):
            parcel = FulfillmentOrder.objects.create(
                code=f"{number}-{place}", demand=demand, location=location, way="ship", state=deal["state"],
                freight_fen=deal["freight"], weight_g=grams, transit_days=deal["days"], distance_km=100,
                created_at=at, changed_at=at,
            )  # fmt: skip
            FulfillmentLine.objects.create(fulfillment=parcel, line_id=place, sku=sku, quantity=units)


def row_of(reckoning, city: str) -> dict:
    return next(row for row in reckoning.candidates if row["city"] == city)
