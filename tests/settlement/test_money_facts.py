"""Points that lapse, fees as billed, corrections: facts of money that no order tells, each one trade."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from fulfillment.models import FulfillmentOrder
from fulfillment.queries.carried import carried
from fulfillment.services import acceptance, shortage
from members.actors import SYSTEM
from members.services import points
from members.services.membership import join
from omnichannel.kernel import outbox
from settlement.models import Posting, Trade
from settlement.queries import controls
from settlement.queries.trades import trades
from settlement.services import adjustments, business_day, night
from settlement.services.posting import Leg
from settlement.services.reconciliation import signing
from tests.settlement.statements import DAY, Desk
from tests.settlement.world import NOON
from tests.support.goods import NOW, Company, follow_up


def balance(kind: str) -> int:
    rows = Posting.objects.filter(account__kind=kind)
    return rows.aggregate(fen=Sum("amount_fen", default=0))["fen"]


def test_points_that_lapse_are_owed_no_longer(db, freeze_at):
    freeze_at(NOON)
    business_day.open_first(now=NOON)
    member_id = join(phone="13812345678", name="林晓", channel="web", now=NOON)
    points.earn(member_id=member_id, points=500, reference="opening", now=NOON)
    outbox.drain()
    assert balance("points_liability") == -500
    later = freeze_at(NOON + timedelta(days=800))
    points.lapse_due(now=later)
    points.lapse_due(now=later)
    outbox.drain()
    trade = Trade.objects.get(kind="points_lapsed")
    assert trade.amount_fen == -500
    assert trade.original_date == business_day.business_day_of(later)
    assert balance("points_liability") == 0


def test_a_billed_fee_is_a_trade_of_the_bills_day(world):
    desk = Desk(world)
    desk.pay(100_00)
    batch = desk.load("wechat")
    night.run_due(now=world.tomorrow())
    for _turn in range(2):
        signing.sign_off(actor=world.lead, batch_id=batch.pk, now=world.now)
    trade = Trade.objects.get(kind="provider_fee")
    assert (trade.amount_fen, trade.original_date) == (60, DAY)
    assert trade.business_date == DAY + timedelta(days=1)
    assert trade.institution_id == world.id("pp-unipay")
    assert balance("fee_accrued") == 0


def test_a_correction_stands_among_the_trades_with_its_order(world):
    number = world.order(50_00)
    world.confirm(number)
    world.pay(number, means="cash", provider=None, collector="st-1")
    night.run_due(now=world.tomorrow())
    legs = (Leg("store_cash", world.id("st-1"), -50_00), Leg("claim", world.id("st-1"), 50_00))
    made = adjustments.propose(
        actor=world.clerk, legs=legs, reason="the till was robbed", original_date=DAY, now=world.now
    )
    assert not trades(kind="adjustment").exists()
    adjustments.confirm(actor=world.lead, adjustment_id=made.pk, now=world.now)
    row = trades(kind="adjustment").get()
    assert (row.amount_fen, row.original_date, row.business_date) == (50_00, DAY, DAY + timedelta(days=1))
    assert row.journal.adjustment == made


def test_a_reversal_is_found_by_the_order_it_corrects(world):
    world.numbers += 1
    number = world.order(50_00)
    world.confirm(number)
    freight = world.pay(number)
    journal = Trade.objects.get(payment_id=freight).journal.key
    made = adjustments.propose(
        actor=world.clerk, legs=(Leg("bank", None, 1), Leg("suspense", None, -1)), reason="x",
        original_date=DAY, now=world.now, reverses=Trade.objects.get(journal__key=journal).journal,
    )  # fmt: skip
    adjustments.confirm(actor=world.lead, adjustment_id=made.pk, now=world.now)
    assert {row.kind for row in trades(text=number)} == {"payment", "adjustment"}


@pytest.fixture
def company(db, freeze_at) -> Company:
    freeze_at(NOW)
    made = Company()
    made.goods("a")
    return made


def test_what_carries_an_order_is_read_from_its_parcels(company):
    for code in ("st-a", "st-b"):
        company.put(code, a=2)
    company.put("st-c", a=1)
    company.paid("o1", {"a": 4})
    state = carried("o1")
    assert [sum(units.values()) for units in state.parcels.values()] == [2, 2]
    assert (state.unsent, state.is_over) == ({}, False)
    short = FulfillmentOrder.objects.get(location__code="st-b")
    acceptance.accept(fulfillment_id=short.pk, actor=SYSTEM, now=NOW)
    shortage.report_short(fulfillment_id=short.pk, actor=SYSTEM, now=NOW, missing={short.lines.get().pk: 1})
    follow_up()
    state = carried("o1")
    assert short.pk not in state.parcels
    assert sum(sum(units.values()) for units in state.parcels.values()) + sum(state.unsent.values()) == 4
    assert controls.dealers_differ() == []
