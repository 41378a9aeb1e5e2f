"""What a stock manager finds in the morning: transfers in every state, a count to approve.

Small figures of what warehouses have plenty of, so that the day's routing is what it was.
"""

from datetime import datetime, timedelta

from django.db.models import F

from catalog.queries import offerings
from members.actors import Actor, Grant
from members.models import StaffRole
from members.queries import institution_by_code
from members.values import InstitutionCard

from ..models import SerialState, SerialUnit, StockCount, StockLevel, StockTransfer
from ..services import count_opening, count_posting, counts, transfer_moves, transfers
from ..services.transfer_moves import Arrival

EAST, SOUTH, FLAGSHIP, OTHER = "wh-east", "wh-south", "st-sh-01", "st-sh-02"
PLENTY = 60


def load_stock_care(*, now: datetime) -> None:
    """Twice changes nothing. The shelves must be there."""
    if StockTransfer.objects.exists() or StockCount.objects.exists():
        return
    places = {code: institution_by_code(code) for code in (EAST, SOUTH, FLAGSHIP, OTHER)}
    goods = _plenty(places[EAST])
    for number, play in enumerate((_asked, _under_way, _received, _refused)):
        play(places, goods[number * 3 : number * 3 + 3], now + timedelta(minutes=2 + 8 * number))
    _phone_under_way(places, now + timedelta(minutes=36))
    _counted(places[EAST], goods[12:16], now + timedelta(minutes=20), approve=True)
    _counted(places[EAST], goods[16:20], now + timedelta(minutes=50), approve=False)


def _plenty(place: InstitutionCard) -> list[str]:
    """SKUs without serial numbers that the warehouse has plenty of, in a fixed order."""
    rows = StockLevel.objects.filter(location_id=place.id, on_hand__gte=F("reserved") + PLENTY)
    skus = list(rows.order_by("-on_hand", "sku").values_list("sku", flat=True))
    facts = offerings.by_sku(skus)
    return [sku for sku in skus if sku in facts and not facts[sku].serial_kind]


def _person(name: str, role: str, place: InstitutionCard, user_id: int) -> Actor:
    return Actor(user_id=user_id, name=name, grants=frozenset([Grant(role, place.id, place.path)]))


def _keeper(place: InstitutionCard) -> Actor:
    return _person("周大勇", StaffRole.Role.WAREHOUSE, place, 0)


def _manager(place: InstitutionCard) -> Actor:
    return _person("顾志远", StaffRole.Role.STORE_MANAGER, place, 0)


def _request(places, skus: list[str], giver: str, taker: str, units: int, now: datetime) -> str:
    made = transfers.request(
        actor=_manager(places[taker]),
        from_id=places[giver].id,
        to_id=places[taker].id,
        wanted={sku: units + number for number, sku in enumerate(skus)},
        now=now,
    )
    return made.code


def _asked(places, skus: list[str], now: datetime) -> None:
    """Waits for the warehouse's answer."""
    _request(places, skus, EAST, FLAGSHIP, 6, now)


def _under_way(places, skus: list[str], now: datetime) -> None:
    code = _request(places, skus, EAST, SOUTH, 8, now)
    transfers.agree(actor=_keeper(places[EAST]), code=code, now=now + timedelta(minutes=1))
    transfer_moves.send(actor=_keeper(places[EAST]), code=code, now=now + timedelta(minutes=3))


def _received(places, skus: list[str], now: datetime) -> None:
    """Two units fewer than were sent, and one broken."""
    code = _request(places, skus, EAST, SOUTH, 10, now)
    transfers.agree(actor=_keeper(places[EAST]), code=code, now=now + timedelta(minutes=1))
    transfer_moves.send(actor=_keeper(places[EAST]), code=code, now=now + timedelta(minutes=2))
    found = {skus[0]: Arrival(good=8), skus[1]: Arrival(good=10, damaged=1)}
    arrived_at = now + timedelta(minutes=7)
    transfer_moves.receive(actor=_keeper(places[SOUTH]), code=code, found=found, now=arrived_at)


def _refused(places, skus: list[str], now: datetime) -> None:
    code = _request(places, skus, EAST, OTHER, 12, now)
    reason = "留给年货季"
    transfers.refuse(actor=_keeper(places[EAST]), code=code, reason=reason, now=now + timedelta(minutes=1))


def _phone_under_way(places, now: datetime) -> None:
    """A phone of which the warehouse has most, with its serial numbers."""
    free = SerialUnit.objects.filter(location_id=places[EAST].id, kind="imei", state=SerialState.FREE)
    sku = free.order_by("sku").values_list("sku", flat=True).first()
    serials = list(free.filter(sku=sku).order_by("-serial").values_list("serial", flat=True)[:2])
    code = _request(places, [sku], EAST, SOUTH, len(serials), now)
    transfers.agree(actor=_keeper(places[EAST]), code=code, now=now + timedelta(minutes=1))
    transfer_moves.send(
        actor=_keeper(places[EAST]), code=code, serials={sku: serials}, now=now + timedelta(minutes=2)
    )


def _counted(place: InstitutionCard, skus: list[str], now: datetime, *, approve: bool) -> None:
    """One unit of the first article is missing; the rest is right."""
    counter = _person("许建国", StaffRole.Role.WAREHOUSE, place, -1)
    count = count_opening.open_count(actor=counter, location_id=place.id, skus=skus, now=now)
    for number, line in enumerate(count.lines.order_by("sku")):
        seen = counts.expected(line) - (number == 0)
        counts.record(actor=counter, code=count.code, sku=line.sku, counted=seen, now=now)
    counts.finish(actor=counter, code=count.code, now=now + timedelta(minutes=4))
    if approve:
        count_posting.approve(actor=_keeper(place), code=count.code, now=now + timedelta(minutes=6))
