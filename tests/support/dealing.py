"""A dealer who buys from a small company: its branch, its people, its terms, and goods with prices."""

from datetime import date, datetime

from oscar.core.loading import get_model
from stdnum import luhn

from catalog.models import Offering
from fulfillment.models import (
    DealerOrder,
    DealerTerms,
    FulfillmentOrder,
    FulfillmentState,
    LocationProfile,
    SerialKind,
)
from fulfillment.services import (
    completion,
    dealer_approval,
    dealer_orders,
    dealer_receipts,
    handover,
    packing,
    picking,
    serials,
    waves,
)
from fulfillment.services.dealer_number_quotes import NumberWish
from fulfillment.services.steps import advance, locked
from members.actors import SYSTEM, Actor, Grant
from members.models import Institution
from omnichannel.kernel.money import yuan
from tests.support.goods import NOW, Company, follow_up

Partner, StockRecord = get_model("partner", "Partner"), get_model("partner", "StockRecord")
PHONE, CARD, CASE = "LARK-X5", "SIM-CARD", "CASE-1"
PRICES = {PHONE: 2000_00, CARD: 10_00, CASE: 30_00}


def number(head: str, length: int, at: int) -> str:
    """The at-th serial that begins so, with its check digit."""
    body = f"{head}{at:0{length - len(head) - 1}d}"
    return body + luhn.calc_check_digit(body)


class Dealing:
    """limit in fen. Actors: dealer, branch (two of them), money; goods lie at the warehouse."""

    def __init__(self, limit: int = 100_000_00):
        self.company = Company()
        self.company.goods(PHONE, kind="device", serial_kind="imei")
        self.company.goods(CARD, kind="sim", serial_kind="iccid", weight_g=5)
        self.company.goods(CASE)
        seller = Partner.objects.create(name="carrier", code="carrier")
        for offering in Offering.objects.all():
            StockRecord.objects.create(
                product=offering.product,
                partner=seller,
                partner_sku=offering.sku,
                price=yuan(PRICES[offering.sku]),
            )
        self.house = self.company.places["wh"]
        self.carrier = self.company.carrier
        self.office = self._institution("br", "branch", "carrier/br/")
        self.shop = self._institution("dl", "dealer", "dl/", latitude=31.57, longitude=120.3)
        self.other = self._institution(
            "dl2", "dealer", "dl2/", latitude=31.6, longitude=120.4, province="江苏"
        )
        self.swift = self._institution("cr", "courier", "cr/")
        LocationProfile.objects.create(location=self.shop, origin_province="江苏")
        self.terms = self.agree(self.shop, limit)
        self.dealer = self.actor(11, "partner", self.shop)
        self.stranger = self.actor(12, "partner", self.other)
        self.branch = self.actor(21, "store_manager", self.office)
        self.colleague = self.actor(22, "store_manager", self.office)
        self.money = self.actor(31, "finance_clerk", self.carrier)
        self.lead = self.actor(32, "finance_lead", self.carrier)
        self.worker = self.actor(41, "warehouse", self.house)
        self.operator = self.actor(51, "operator", self.carrier)
        self._serial = 0

    def _institution(self, code, kind, path, **more) -> Institution:
        return Institution.objects.create(code=code, path=path, kind=kind, name=code, **more)

    def agree(self, dealer: Institution, limit: int, **more) -> DealerTerms:
        return DealerTerms.objects.create(
            dealer=dealer,
            branch=self.office,
            credit_limit_fen=limit,
            counts_from=date(2026, 1, 1),
            **more,
        )

    def actor(self, user_id: int, role: str, place: Institution) -> Actor:
        return Actor(
            user_id=user_id, name=f"{role}{user_id}", grants=frozenset([Grant(role, place.pk, place.path)])
        )

    def operator_of(self, code: str) -> Actor:
        return self.actor(52, "operator", self.company.places[code])

    def serials(self, sku: str, units: int) -> list[str]:
        head, length = ("35", 15) if sku == PHONE else ("898600", 20)
        first, self._serial = self._serial, self._serial + units
        return [number(head, length, first + at) for at in range(units)]

    def stock(self, sku: str, units: int) -> list[str]:
        """Units at the warehouse; the serials of what has them."""
        if sku == CASE:
            self.company.put("wh", **{CASE: units})
            return []
        made = self.serials(sku, units)
        kind = SerialKind.IMEI if sku == PHONE else SerialKind.ICCID
        serials.receive(
            kind=kind, sku=sku, location_id=self.house.pk, serials=made, reference=f"n{made[0]}", now=NOW
        )
        return made

    def order(
        self,
        wanted: dict[str, int],
        *,
        actor: Actor | None = None,
        key: str = "",
        at: datetime = NOW,
        numbers: dict[NumberWish, int] | None = None,
    ):
        total = sum(PRICES[sku] * units for sku, units in wanted.items())
        return dealer_orders.place(
            actor=actor or self.dealer,
            dealer_id=self.shop.pk,
            wanted=wanted,
            shown_total=total,
            key=key or f"k{DealerOrder.objects.count()}",
            now=at,
            numbers=numbers,
        )

    def approved(self, wanted: dict[str, int]) -> DealerOrder:
        """Ordered, approved and routed."""
        order = self.order(wanted)
        dealer_approval.approve(actor=self.branch, number=order.number, now=NOW)
        follow_up()
        order.refresh_from_db()
        return order

    def arrived(self, wanted: dict[str, int]) -> tuple[DealerOrder, FulfillmentOrder]:
        """The parcel went through the operations centre and is at the dealer's door, signed."""
        order = self.approved(wanted)
        fo = FulfillmentOrder.objects.get(demand__order_number=order.number)
        return order, picked_and_gone(self, fo)

    def counted_in(self, sku: str, units: int) -> list[str]:
        """Devices or cards on the dealer's shelf; their serials."""
        made = self.stock(sku, units)
        _order, fo = self.arrived({sku: units})
        dealer_receipts.receive(actor=self.dealer, code=fo.code, by_note=True, now=NOW)
        return made


def picked_and_gone(dealing: Dealing, fo: FulfillmentOrder) -> FulfillmentOrder:
    """Through the warehouse's stations and delivered at the door."""
    for wave in waves.build(location_id=dealing.house.pk, cut_off=NOW, now=NOW):
        picking.pick_wave(wave_id=wave.pk, now=NOW)
    packing.pack_many(location_id=dealing.house.pk, ids=[fo.pk], now=NOW)
    handover.hand_over(location_id=dealing.house.pk, ids=[fo.pk], courier_id=dealing.swift.pk, now=NOW)
    found = locked(fo.pk)
    advance(found, FulfillmentState.OUT_FOR_DELIVERY, now=NOW)
    completion.deliver(found, courier_id=None, proof={"signature": "x"}, actor=SYSTEM, now=NOW)
    follow_up()
    return found
