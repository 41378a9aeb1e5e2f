"""A small company with stock, for tests of fulfillment: made here, without the demo."""

from datetime import UTC, date, datetime, time, timedelta

from catalog.models import Offering, Product, ProductClass
from fulfillment.models import LocationProfile, TariffRate, TariffZone
from fulfillment.services import fulfil, reservation, serials, stock
from fulfillment.values import AccountWish, Demand, Wanted
from members.actors import Actor, Grant
from members.models import Institution
from members.values import Destination
from omnichannel.kernel import outbox
from omnichannel.kernel.models import OutboxMessage

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # noon in Shanghai
HOLD = timedelta(minutes=30)
PLACES = {
    # code: kind, province, city, latitude, longitude, handling in fen
    "wh": ("warehouse", "江苏", "苏州", 31.38, 120.98, 200),
    "st-a": ("store", "上海", "上海", 31.23, 121.47, 300),
    "st-b": ("store", "上海", "上海", 31.30, 121.50, 310),
    "st-c": ("store", "浙江", "杭州", 30.27, 120.16, 320),
    "mc": ("merchant", "浙江", "宁波", 29.87, 121.54, 0),
}
SHANGHAI = Destination("林晓", "13812345678", "上海", "上海", "黄浦区", "南京东路 1 号", 31.235, 121.475)


class Company:
    """Locations by code, goods by SKU; every helper is one line in a test."""

    def __init__(self):
        self.places = {code: _place(code, *row) for code, row in PLACES.items()}
        self.carrier = Institution.objects.create(
            code="carrier", path="carrier/", kind="carrier", name="华通"
        )
        TariffZone.objects.create(zone="near")
        TariffRate.objects.create(zone="near", first_fen=800, step_fen=200, days=2, starts=date(2026, 1, 1))
        self._class = ProductClass.objects.create(name="goods", track_stock=False)
        self._references = 0

    def goods(self, *skus: str, kind="accessory", serial_kind="", weight_g=100, seller="") -> None:
        owner = self.places[seller] if seller else self.carrier
        for sku in skus:
            product = Product.objects.create(title=sku, product_class=self._class, slug=sku)
            Offering.objects.create(
                product=product,
                sku=sku,
                kind=kind,
                serial_kind=serial_kind,
                seller=owner,
                title_en=sku,
                weight_g=weight_g,
                volume_ml=100,
            )

    def put(self, code: str, **units: int) -> None:
        """put("wh", a=3): three more of SKU a there."""
        for sku, count in units.items():
            self._references += 1
            stock.book(
                sku=sku,
                location_id=self.places[code].pk,
                units=count,
                place="supplier",
                reason="received",
                reference=f"delivery-{self._references}",
                now=NOW,
            )

    def put_serials(self, code: str, sku: str, kind: str, numbers: list[str]) -> None:
        serials.receive(
            kind=kind,
            sku=sku,
            location_id=self.places[code].pk,
            serials=numbers,
            reference=f"{code}-{sku}",
            now=NOW,
        )

    def profile(self, code: str, **values) -> None:
        LocationProfile.objects.filter(pk=self.places[code].pk).update(**values)

    def staff(self, code: str, role: str) -> Actor:
        place = self.places.get(code, self.carrier)
        return Actor(user_id=1, name=role, grants=frozenset([Grant(role, place.pk, place.path)]))

    def wish(self, number: str, lines: dict[str, int], **more) -> Demand:
        """wish("o1", {"a": 2}): lines numbered from 1 in this order."""
        wanted = (Wanted(n, sku, units, units * 1000) for n, (sku, units) in enumerate(lines.items(), 1))
        values = {
            "channel": "web",
            "way": "ship",
            "destination": SHANGHAI,
            "pickup_location_id": None,
            "cod_fen": 0,
            "needs_identity": False,
            "accounts": (),
            "placed_at": NOW,
        }
        return Demand(order_number=number, lines=tuple(wanted), **values | more)

    def account(self, line_id: int, **more) -> AccountWish:
        return AccountWish(line_id, "8613800000001", "plan-a", None, **more)

    def hold(self, number: str, lines: dict[str, int], **more) -> reservation.ProvisionalPlan:
        return reservation.reserve(demand=self.wish(number, lines, **more), expires_at=NOW + HOLD, now=NOW)

    def paid(self, number: str, lines: dict[str, int], **more) -> None:
        """Held, confirmed, and everything that follows from it done."""
        self.hold(number, lines, **more)
        fulfil.request(order_number=number, now=NOW)
        follow_up()


def follow_up() -> None:
    """Do what this app's facts ask of this app; the apps above are not part of these tests."""
    ours = OutboxMessage.objects.undone().filter(subscriber__startswith="fulfillment.")
    while dedupes := list(ours.order_by("pk").values_list("dedupe", flat=True)):
        assert [outbox.consume(dedupe) for dedupe in dedupes] == [True] * len(dedupes)


def _place(code, kind, province, city, latitude, longitude, handling) -> Institution:
    hours = {"opens_at": time(9), "closes_at": time(21)} if kind == "store" else {}
    place = Institution.objects.create(
        code=code,
        path=f"{code}/",
        kind=kind,
        name=code,
        province=province,
        city=city,
        latitude=latitude,
        longitude=longitude,
        **hours,
    )
    LocationProfile.objects.create(
        location=place, origin_province=province, handling_fen=handling, must_accept=kind == "store"
    )
    return place
