"""A small company for the tests of goods: two warehouses, two stores, two couriers, parcels on demand."""

from datetime import datetime
from itertools import count

from stdnum import luhn

from catalog.models.numbers import Number, NumberBlock, NumberGrade, NumberState
from fulfillment.models import (
    FulfillmentDemand,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    Reservation,
    ReservationState,
    StockLevel,
)
from fulfillment.services import serials, stock
from members.actors import Actor, actor_of
from members.models import Institution, StaffRole, User
from members.services.identity import verify
from members.services.membership import join

PHONE, CASE, SIM, PLAN = "LARK-X5", "CASE-1", "SIM-CARD", "PLAN-59"
ID_NAME = "林晓"
_numbers = count(1)


def id_number() -> str:
    """A valid number of the area that no living person has."""
    digits = "99010119900307447"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return digits + "10X98765432"[total % 11]


def with_check_digit(digits: str) -> str:
    return digits + luhn.calc_check_digit(digits)


class House:
    """Makes parcels that stand right before the step under test. Weights in grams, amounts in fen."""

    def __init__(self, now: datetime):
        self.now = now
        self.east = self._institution("wh-east", "warehouse", "昆山仓", "Kunshan warehouse")
        self.south = self._institution("wh-south", "warehouse", "广州仓", "Guangzhou warehouse")
        self.store = self._institution("st-sh-01", "store", "淮海路店", "Huaihai Road store")
        self.other_store = self._institution("st-gz-01", "store", "北京路店", "Beijing Road store")
        self.swift = self._institution("cr-swift", "courier", "捷运", "Swift", parent="")
        self.star = self._institution("cr-star", "courier", "星达", "Stellar", parent="")

    def _institution(self, code, kind, name, name_en, parent="huatong/") -> Institution:
        return Institution.objects.create(
            code=code, path=f"{parent}{code}/", kind=kind, name=name, name_en=name_en, city="上海"
        )

    def user(self, username: str, role: str, institution: Institution) -> User:
        user = User.objects.create_user(username, password="secret-pass", is_staff=True)
        StaffRole.objects.create(user=user, role=role, institution=institution)
        return user

    def staff(self, role: str, institution: Institution) -> Actor:
        return actor_of(self.user(f"{role}-{institution.code}", role, institution))

    def shelve(self, sku: str, units: int, location: Institution, bin: str = "A-01") -> StockLevel:
        stock.book(
            sku=sku,
            location_id=location.pk,
            units=units,
            place="supplier",
            reason="received",
            reference=f"delivery-{next(_numbers)}",
            now=self.now,
        )
        StockLevel.objects.filter(sku=sku, location=location).update(bin=bin)
        return StockLevel.objects.get(sku=sku, location=location)

    def cards(self, units: int, location: Institution, sku: str = SIM) -> list[str]:
        """ICCIDs of new free cards at the location."""
        made = [with_check_digit(f"898600{next(_numbers):013d}") for _ in range(units)]
        self._receive("iccid", sku, made, location)
        return made

    def phones(self, units: int, location: Institution) -> list[str]:
        made = [with_check_digit(f"35{next(_numbers):012d}") for _ in range(units)]
        self._receive("imei", PHONE, made, location)
        return made

    def _receive(self, kind, sku, made, location):
        serials.receive(
            kind=kind,
            sku=sku,
            location_id=location.pk,
            serials=made,
            reference=f"delivery-{next(_numbers)}",
            now=self.now,
        )

    def identity(self) -> int:
        member = join(phone=f"139{next(_numbers):08d}", name=ID_NAME, channel="web", now=self.now)
        return verify(member_id=member, name=ID_NAME, id_number=id_number(), now=self.now).identity_id

    def number(self, order_number: str) -> str:
        msisdn = f"86139{next(_numbers):08d}"
        grade, _made = NumberGrade.objects.get_or_create(
            code="plain", defaults={"position": 99, "name": "普通", "name_en": "Plain", "rule": "any"}
        )
        block, _made = NumberBlock.objects.get_or_create(
            prefix=msisdn[2:9], defaults={"province": "上海", "city": "上海"}
        )
        Number.objects.create(
            msisdn=msisdn, block=block, grade=grade, state=NumberState.ALLOCATED, reference=order_number
        )
        return msisdn

    def parcel(
        self,
        *lines: tuple[str, int],
        location: Institution | None = None,
        state: str = FulfillmentState.ACCEPTED,
        way: str = "ship",
        order_number: str | None = None,
        cod_fen: int = 0,
        weight_g: int = 0,
        province: str = "上海",
    ) -> FulfillmentOrder:
        """An accepted parcel with its units reserved; SIM lines carry a number, a plan and an identity."""
        location = location or self.east
        order_number = order_number or f"HT2611210{next(_numbers):06d}"
        demand = self._demand(order_number, way, location, cod_fen, province)
        fo = FulfillmentOrder.objects.create(
            code=f"{order_number}-{demand.fulfillments.count() + 1}",
            demand=demand,
            location=location,
            way=way,
            state=state,
            freight_fen=800,
            cod_fen=cod_fen,
            weight_g=weight_g,
            created_at=self.now,
            changed_at=self.now,
        )
        for line_id, (sku, quantity) in enumerate(lines, start=demand.pk * 100):
            self._line(fo, line_id, sku, quantity)
        return fo

    def _demand(self, order_number, way, location, cod_fen, province) -> FulfillmentDemand:
        wish = {
            "destination": {
                "name": "林晓",
                "phone": "13900000001",
                "province": province,
                "city": "上海",
                "district": "黄浦",
                "street": "淮海中路 1 号",
                "latitude": 31.22,
                "longitude": 121.47,
            },
            "contact_phone": "13900000001",
            "cod_fen": cod_fen,
        }
        values = {
            "channel": "web",
            "way": way,
            "state": "routed",
            "wish": wish,
            "placed_at": self.now,
            "changed_at": self.now,
        }
        demand, _created = FulfillmentDemand.objects.get_or_create(order_number=order_number, defaults=values)
        return demand

    def _line(self, fo: FulfillmentOrder, line_id: int, sku: str, quantity: int) -> None:
        kind = {PHONE: "imei", SIM: "iccid"}.get(sku, "")
        account = {}
        if kind == "iccid":
            number = self.number(fo.demand.order_number)
            account = {"msisdn": number, "plan_sku": PLAN, "identity_id": self.identity()}
        FulfillmentLine.objects.create(
            fulfillment=fo, line_id=line_id, sku=sku, quantity=quantity, serial_kind=kind, **account
        )
        level = StockLevel.objects.filter(sku=sku, location_id=fo.location_id).first()
        if level is None or level.on_hand - level.reserved < quantity:
            level = self.shelve(sku, quantity, fo.location)
        Reservation.objects.create(
            demand=fo.demand,
            line_id=line_id,
            level=level,
            sku=sku,
            location_id=fo.location_id,
            quantity=quantity,
            state=ReservationState.CONFIRMED,
            fulfillment=fo,
            changed_at=self.now,
        )
        StockLevel.objects.filter(pk=level.pk).update(reserved=level.reserved + quantity)
