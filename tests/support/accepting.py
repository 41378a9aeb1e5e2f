"""A dealer's people at their counter at the demo company, each door in one line. The clock stands at NOON."""

from datetime import datetime, timedelta

from catalog.models import Number
from catalog.queries import offerings
from catalog.services import number_dealers
from fulfillment.models import DealerTerms, FulfillmentOrder, SerialUnit, StockLevel
from fulfillment.services import acceptance, account_opening, packing, picking, pickup, sim_take
from members import queries as members
from members.models import Institution
from orders.services.placement import Placed
from orders.values import Delivery, Wish
from settlement.models import BusinessDay, DayState
from settlement.services import night
from tests.support import ordering
from tests.support.demo import DAY, NOON

# 60,000 yuan of credit, nothing owed: the shop in 温州.
DEALER, PERSON = "dl-hongda", "dealer2"
OTHER, STRANGER = "dl-lantian", "dealer1"
HOLDER = ordering.LIN  # with a verified identity
DATA_PACK = "DATA-10GB-MONTH"
MIDNIGHT = datetime.combine(DAY, datetime.min.time(), tzinfo=NOON.tzinfo) + timedelta(hours=16, minutes=5)


def place(code: str = DEALER):
    return members.institution_by_code(code)


def here(code: str = DEALER) -> Delivery:
    """Collected at the dealer's own counter."""
    return ordering.pickup(code)


def accept(*wanted: Wish | str, delivery: Delivery | None = None, **facts) -> Placed:
    """The one click. Instant services need no delivery; goods are sent home unless said otherwise."""
    delivery = delivery or (ordering.SHIP if _has_goods(wanted) else ordering.NOTHING)
    return ordering.sell(*wanted, delivery=delivery, **({"store": DEALER, "username": PERSON} | facts))


def _has_goods(wanted) -> bool:
    return any(isinstance(each, str) or not each.target_msisdn for each in wanted)


def data_pack(target: str = "8613900000001") -> Wish:
    return Wish(sku=DATA_PACK, quantity=1, target_msisdn=target)


def sim(**choice) -> Wish:
    """A card with a number of Hangzhou's pool, the nearest to 温州 that there is."""
    return ordering.sim(**({"msisdn": ordering.a_number(city="杭州")} | choice))


def known(**facts) -> dict:
    """The customer whose identity card is on the table."""
    return {"phone": HOLDER, "name": "林晓", "id_number": ordering.id_number()} | facts


def phone_on_shelf(code: str = DEALER) -> str:
    """A phone that lies free at the dealer's."""
    levels = StockLevel.objects.filter(location__code=code, on_hand__gt=0, reserved=0).order_by("sku")
    phones = {facts.sku for facts in offerings.of_kind("device")}
    return next(level.sku for level in levels if level.sku in phones)


def hand_over(placed: Placed, *, username: str = PERSON, name: str = "林晓", code: str = "") -> None:
    """Through the dealer's own inbox: taken from the shelf, card, account, and the customer's code."""
    actor, fo = (
        ordering.staff(username),
        FulfillmentOrder.objects.get(demand__order_number=placed.order_number),
    )
    where = {"actor": actor, "location_id": fo.location_id, "code": fo.code, "now": NOON}
    if fo.state == "awaiting_acceptance":
        acceptance.accept(fulfillment_id=fo.pk, actor=actor, now=NOON)
    picking.pick_at_counter(serials=_scanned(fo), **where)
    if fo.lines.exclude(msisdn="").exists():
        sim_take.take_many(location_id=fo.location_id, ids=[fo.pk], now=NOON)
        account_opening.request(**where)
        ordering.settle()
    packing.pack_at_counter(**where)
    pickup.make_ready(**where)
    tail = ordering.id_number()[-4:]
    pickup.hand_over(pickup_code=code or pickup.code_of(fo.pk), name=name, id_tail=tail, **where)
    ordering.settle()


def _scanned(fo: FulfillmentOrder) -> dict[int, list[str]]:
    """What lies on this shelf, by line: devices are scanned one by one, cards at the next step."""
    found = {}
    for line in fo.lines.filter(msisdn=""):
        free = SerialUnit.objects.filter(sku=line.sku, location=fo.location, state="free").order_by("serial")
        if serials := list(free.values_list("serial", flat=True)[: line.quantity]):
            found[line.pk] = serials
    return found


def own_numbers(
    code: str = DEALER, count: int = 2, *, province: str = "浙江", city: str = "杭州"
) -> list[str]:
    """Numbers that a dealer got to sell, of Hangzhou unless told otherwise."""
    grade = Number.objects.filter(block__city=city, state="available").first().grade.code
    return number_dealers.allot(
        dealer_id=place(code).id, province=province, city=city, grade=grade, count=count,
        reference="DP1", until=NOON.replace(year=2027), now=NOON,
    )  # fmt: skip


def agree(code: str = DEALER, **terms) -> None:
    DealerTerms.objects.filter(dealer__code=code).update(**terms)


def close(code: str = DEALER) -> None:
    Institution.objects.filter(code=code).update(is_active=False)


def nights(freeze_at, *, count: int = 1) -> None:
    """The day's end and so many nights after it: cut off, cleared, netted."""
    for number in range(count):
        now = MIDNIGHT + timedelta(days=number)
        freeze_at(now)
        for _stage in range(6):
            night.run_due(now=now)
        day = BusinessDay.objects.get(business_date=DAY + timedelta(days=number))
        assert day.state in (DayState.NETTED, DayState.INSTRUCTED), (day.state, day.problem)
