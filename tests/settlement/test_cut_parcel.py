"""An order in two parcels: the first leaves, of the second a unit lacks and is sent from a third place.

Parcels, shortage and routing are real; only the order's money terms are written here.
"""

import pytest

from fulfillment.events import HandedOver
from fulfillment.models import FulfillmentOrder, FulfillmentState
from fulfillment.services import acceptance, shortage
from members.actors import SYSTEM
from omnichannel.kernel import clock
from orders.values import MoneyLine, MoneyTerms
from settlement import demo
from settlement.models import AccountKind, Posting, TradeShare
from settlement.queries.invariants import broken
from settlement.services import facts, night, terms
from tests.settlement.world import NOON, World, institution
from tests.support.goods import Company, follow_up

ORDER, LINE, UNITS, FEN = "HT2611210001", 1, 5, 333_00


@pytest.fixture
def world(db, monkeypatch) -> World:
    """Goods and books of one company; the clock follows world.now."""
    made = World()
    monkeypatch.setattr(clock, "now", lambda: made.now)
    made.company = Company()
    made.company.goods("a")
    made.places = dict(made.company.places) | {
        code: institution(code, kind) for code, kind in (("cr", "courier"), ("pp-unipay", "provider"))
    }
    demo.load(now=NOON)
    line = MoneyLine(LINE, "a", "accessory", made.company.carrier.pk, UNITS, FEN)
    money = MoneyTerms(ORDER, "web", None, None, "", "上海", NOON.isoformat(), FEN, 0, False, (line,))
    made.terms[ORDER] = money
    for module in (facts, terms):
        monkeypatch.setattr(module, "money_terms", made.terms.__getitem__)
    return made


def of_place(code: str) -> FulfillmentOrder:
    return FulfillmentOrder.objects.live().get(location__code=code)


def leave(world: World, code: str) -> None:
    """The parcel of a place is handed over to the courier."""
    fo = of_place(code)
    FulfillmentOrder.objects.filter(pk=fo.pk).update(state=FulfillmentState.HANDED_OVER)
    facts.handed_over(HandedOver(fo.pk, ORDER, fo.location_id, world.id("cr"), 0, world.now.isoformat()))


def a_night(world: World) -> None:
    night.run_due(now=world.tomorrow())
    assert broken() == []


def earned() -> dict[str, int]:
    """Fen by place as booked, what waits for its shipper under ""."""
    found: dict[str, int] = {}
    rows = TradeShare.objects.filter(role="fulfiller").values_list("institution__code", "amount_fen")
    for code, fen in rows:
        found[code or ""] = found.get(code or "", 0) + fen
    return {code: fen for code, fen in sorted(found.items()) if fen}


def lacks_one(code: str) -> None:
    """One of the pieces that the place took is not there; what is left of the parcel goes on."""
    fo = of_place(code)
    acceptance.accept(fulfillment_id=fo.pk, actor=SYSTEM, now=clock.now())
    FulfillmentOrder.objects.filter(pk=fo.pk).update(state=FulfillmentState.PICKED)
    shortage.report_units(
        fulfillment_id=fo.pk,
        actor=SYSTEM,
        lacking={fo.lines.get().pk: 1},
        reason="missing",
        now=clock.now(),
    )


@pytest.mark.parametrize("order", [("st-b", "st-c"), ("st-c", "st-b")])
def test_each_place_is_paid_for_the_units_that_left_it(world, order):
    company = world.company
    company.put("st-a", a=2), company.put("st-b", a=3)
    company.paid(ORDER, {"a": UNITS})
    world.confirm(ORDER)
    world.pay(ORDER)
    leave(world, "st-a")
    a_night(world)
    a_night(world)
    assert earned() == {"": 400, "st-a": 266}
    given = list(TradeShare.objects.order_by("pk").values())
    company.put("st-c", a=1)
    lacks_one("st-b")
    follow_up()
    for code in order:
        leave(world, code)
        a_night(world)
    a_night(world)
    units = {code: of_place(code).lines.get().quantity for code in ("st-a", "st-b", "st-c")}
    assert units == {"st-a": 2, "st-b": 2, "st-c": 1}
    found = earned()
    assert sum(found.values()) == 666
    assert all(abs(found[code] - 666 * count / UNITS) < 1 for code, count in units.items()), found
    assert list(TradeShare.objects.order_by("pk").values())[: len(given)] == given
    pending = Posting.objects.filter(account__kind=AccountKind.FULFILMENT_PENDING)
    assert sum(pending.values_list("amount_fen", flat=True)) == 0
