"""Statements against the books: what belongs together is found, and nothing else is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from orders.events import PaymentCaptured
from orders.simulator.bills import seeding, wechat
from settlement.models import MatchEdge, Posting, ReconBreak
from settlement.services import facts, night
from settlement.services.reconciliation import importing, matching
from settlement.simulator import bank, cod, sowing
from tests.settlement.statements import DAY, NUMBERS, Desk, found
from tests.settlement.world import NOON

FORMATS = ("wechat", "wechat_parts", "alipay", "unionpay")
EVENING = NOON + timedelta(hours=8)


@pytest.fixture
def desk(world):
    return Desk(world)


@pytest.fixture
def busy(desk):
    """A day of twenty payments and four refunds."""
    for n in range(20):
        paid = desk.pay(1_000 + 977 * n, at=NOON + timedelta(minutes=n))
        if n % 5 == 0:
            desk.refund(paid, 500 + n)
    return desk


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_sown_error_is_found_and_nothing_else(busy, form, seed):
    rows, sown = seeding.sow(busy.rows, seed=seed)
    assert len(sown) == 8
    batch = busy.load(form, rows)
    assert found() == {(error.kind, error.reference, error.difference_fen) for error in sown}
    assert batch.state == "has_breaks"


@pytest.mark.parametrize("form", FORMATS)
def test_without_errors_every_format_agrees(busy, form):
    batch = busy.load(form)
    assert (batch.state, batch.matched_count) == ("balanced", 24)
    assert batch.ours_fen == batch.theirs_fen
    assert found() == set()


def test_comparing_again_changes_nothing(busy):
    rows, _sown = seeding.sow(busy.rows, seed=1)
    batch = busy.load("wechat", rows)
    before = (MatchEdge.objects.count(), list(ReconBreak.objects.order_by("pk").values_list("pk", "state")))
    matching.match(batch_id=batch.pk, now=busy.world.now)
    importing.rematch(now=busy.world.now)
    after = (MatchEdge.objects.count(), list(ReconBreak.objects.order_by("pk").values_list("pk", "state")))
    assert after == before


def test_the_edges_are_the_money_that_both_sides_have(busy):
    row = busy.rows[0]
    busy.load("wechat", [replace(row, amount_fen=row.amount_fen - 100, fee_fen=1), *busy.rows[1:]])
    assert MatchEdge.objects.get(trade__reference__our_reference=row.out_trade_no).amount_fen == (
        row.amount_fen - 100
    )


def test_money_around_midnight_waits_and_is_found_the_next_day(desk):
    """Our clock says before midnight, the provider's after."""
    late = desk.pay(50_00, at=EVENING)
    early = desk.pay(30_00)
    desk.load("wechat", [early])
    assert found() == {("missing_there", late.out_trade_no, -50_00)}
    assert ReconBreak.objects.get().state == "waiting"
    night.run_due(now=desk.world.tomorrow())
    moved = replace(late, at=NOON + timedelta(days=1))
    desk.load("wechat", [moved], day=DAY + timedelta(days=1))
    waited = ReconBreak.objects.get()
    assert (waited.state, waited.resolution, waited.journal_id) == ("resolved", "matched", None)
    assert [event.after for event in waited.events.all()] == ["waiting", "resolved"]


def test_a_fact_that_comes_late_takes_its_row_out_of_the_pool(desk, world):
    known = desk.pay(30_00)
    late = replace(known, out_trade_no="HT261121009999-U1", transaction_id="42" + "9" * 22, amount_fen=40_00)
    batch = desk.load("wechat", [known, replace(late, fee_fen=24)])
    assert found() == {("missing_here", late.out_trade_no, 40_00)}
    number = world.order(40_00)
    world.confirm(number)
    world.numbers += 1
    fact = facts_of_payment(world, number, late)
    facts.payment_captured(fact)
    importing.reconcile_due(now=world.now)
    batch.refresh_from_db()
    assert (found(), batch.state) == (set(), "balanced")


def facts_of_payment(world, number, row):
    return PaymentCaptured(
        world.numbers, number, "unipay", world.id("pp-unipay"), None, row.amount_fen, NOON.isoformat(),
        row.out_trade_no, row.transaction_id,
    )  # fmt: skip


def test_after_three_days_what_waits_is_a_break(desk):
    lost = desk.pay(50_00)
    desk.load("wechat", [])
    assert ReconBreak.objects.get().state == "waiting"
    for days, state in ((3, "waiting"), (4, "open")):
        importing.age_pool(now=NOON + timedelta(days=days))
        assert ReconBreak.objects.get().state == state
    assert found() == {("missing_there", lost.out_trade_no, -50_00)}


def test_a_statement_that_comes_very_late_has_no_pool(desk):
    desk.pay(50_00)
    desk.load("wechat", [], now=NOON + timedelta(days=9))
    assert ReconBreak.objects.get().state == "open"


def test_days_may_be_loaded_in_any_order(desk):
    first = desk.pay(50_00)
    night.run_due(now=desk.world.tomorrow())
    second = desk.pay(60_00, at=NOON + timedelta(days=1))
    desk.load("wechat", [second], day=DAY + timedelta(days=1))
    assert found() == set()
    desk.load("wechat", [first])
    assert found() == set()


def test_a_fee_rounded_otherwise_is_no_break(desk):
    """The contract says 0.6 %: 2.004 fen; the provider may round up, not charge more."""
    row = desk.pay(3_34)
    desk.load("wechat", [replace(row, fee_fen=3)])
    assert found() == set()


def test_the_same_payment_told_twice_is_unknown_the_second_time(desk):
    row = desk.pay(50_00)
    twice = replace(row, transaction_id="42" + "8" * 22)
    desk.load("wechat", [row, twice])
    assert found() == {("missing_here", row.out_trade_no, 50_00)}


def test_a_trade_without_a_number_is_not_lost_from_sight(desk, world):
    number = world.order(50_00)
    world.confirm(number)
    world.pay(number)
    desk.load("wechat", [])
    assert found() == {("missing_there", number, -50_00)}


def collected(world, *amounts: int) -> list[cod.Waybill]:
    rows = []
    for fen in amounts:
        number = world.order(fen, cod=True)
        world.confirm(number)
        world.pay(number, means="cod", provider=None, collector="cr")
        rows.append(cod.Waybill(f"{number}-1", number, NOON, fen, fen, "cash", "RM1"))
    return rows


def entry(amount: int, number: str, reference: str = "B1") -> bank.Entry:
    return bank.Entry(reference, number, amount, EVENING, "来账")


def give_bank(desk, entries, day=DAY):
    content = bank.statement(entries, account=NUMBERS["bank"], day=day)
    return desk.give(desk.account("bank"), content=content, day=day)


def give_cod(desk, waybills):
    return desk.give(desk.account("cod"), content=cod.remittance(waybills, courier="cr", day=DAY))


def test_one_credit_meets_many_waybills_less_their_fee(desk, world, remitted):
    waybills = collected(world, 100_00, 59_90, 7_00)
    remitted("cr", 166_90, [row.order_number for row in waybills])
    assert give_cod(desk, waybills).state == "balanced"
    net = sum(row.collected_fen - row.fee_fen for row in waybills)
    batch = give_bank(desk, [entry(net, "RM1")])
    assert (batch.state, batch.ours_count, batch.matched_fen) == ("balanced", 3, net)
    edges = MatchEdge.objects.filter(line__statement__batch=batch)
    assert sorted(edges.values_list("amount_fen", flat=True)) == [6_96, 59_60, 99_50]


def test_errors_in_remittance_and_bank_are_found(desk, world, remitted):
    waybills = collected(world, *(10_00 + 321 * n for n in range(8)))
    remitted("cr", sum(row.collected_fen for row in waybills), [row.order_number for row in waybills])
    told, sown = sowing.sow_waybills(waybills, seed=4)
    give_cod(desk, told)
    assert found() == {(error.kind, error.reference, error.difference_fen) for error in sown}
    assert {row.control_kind for row in ReconBreak.objects.all()} == {"bank"}
    net = sum(row.collected_fen - row.fee_fen for row in told)
    entries, more = sowing.sow_entries([entry(net, "RM1")], seed=4)
    give_bank(desk, entries)
    assert found() == {(error.kind, error.reference, error.difference_fen) for error in sown + more}


def test_cash_that_nobody_handed_in_is_still_the_couriers(desk, world):
    waybills = collected(world, 100_00, 50_00)
    give_cod(desk, waybills[:1])
    assert found() == {("missing_there", waybills[1].order_number, -50_00)}
    missing = ReconBreak.objects.get()
    assert (missing.control_kind, missing.control_institution_id) == ("cod_transit", world.id("cr"))


def test_two_parcels_of_an_order_meet_their_two_collections(desk, world):
    number = world.order(100_00, cod=True)
    world.confirm(number)
    for fen in (60_00, 40_00):
        world.pay(number, fen, means="cod", provider=None, collector="cr")
    parcels = ((1, 40_00), (2, 60_00))
    rows = [cod.Waybill(f"{number}-{n}", number, NOON, fen, fen, "cash", "RM1") for n, fen in parcels]
    assert give_cod(desk, rows).state == "balanced"


def funds(desk, rows, payout=("P1", EVENING)):
    return desk.give(desk.account("wechat"), content=wechat.fund_flow(rows, payout=payout))


def test_the_fund_flow_is_the_bill_less_its_fees(busy):
    busy.load("wechat")
    batch = funds(busy, busy.rows)
    assert (batch.state, found()) == ("balanced", set())
    assert batch.matched_fen == batch.ours_fen == sum(row.net_fen for row in busy.rows)


def test_a_movement_that_is_missing_or_extra_is_found(busy):
    busy.load("wechat")
    lost, spoilt = busy.rows[0], busy.rows[2]
    extra = replace(busy.rows[4], transaction_id="42" + "7" * 22, out_trade_no="HTX")
    rows = [replace(spoilt, amount_fen=spoilt.amount_fen - 10), extra, *busy.rows[1:2], *busy.rows[3:]]
    funds(busy, rows)
    kinds = {(kind, number) for kind, number, _fen in found()}
    assert ("missing_there", lost.out_trade_no) in kinds
    assert ("amount_short", spoilt.out_trade_no) in kinds
    assert ("missing_here", "HTX") in kinds


def test_a_fund_flow_loaded_before_its_bill_is_compared_when_that_comes(busy):
    assert funds(busy, busy.rows).state == "has_breaks"
    busy.load("wechat")
    assert found() == set()


def balance(kind: str) -> int:
    return sum(Posting.objects.filter(account__kind=kind).values_list("amount_fen", flat=True))


def test_a_pay_out_moves_the_money_from_the_provider_to_the_bank(busy):
    busy.load("wechat")
    funds(busy, busy.rows)
    net = sum(row.net_fen for row in busy.rows)
    transit = balance("provider_transit")
    assert give_bank(busy, [entry(net, "P1")]).state == "balanced"
    assert balance("bank") == net
    assert (
        balance("provider_transit")
        == transit - net
        == sum(row.fee_fen * (-1 if row.is_back else 1) for row in busy.rows)
    )


def test_without_a_fund_flow_the_net_of_the_bill_must_arrive(busy):
    busy.load("wechat")
    net = sum(row.net_fen for row in busy.rows)
    give_bank(busy, [entry(net - 5, f"1900000001-{DAY:%Y%m%d}")])
    assert found() == {("amount_short", f"1900000001-{DAY:%Y%m%d}", -5)}


def test_a_pay_out_that_does_not_arrive_waits_then_is_a_break(busy):
    busy.load("wechat")
    give_bank(busy, [])
    row = ReconBreak.objects.get()
    assert (row.kind, row.state, row.control_kind) == ("missing_there", "waiting", "provider_transit")


def test_two_credits_of_one_number_are_not_both_ours(desk, world, remitted):
    waybills = collected(world, 100_00)
    remitted("cr", 100_00, [waybills[0].order_number])
    give_cod(desk, waybills)
    give_bank(desk, [entry(99_50, "RM1", "B1"), entry(99_50, "RM1", "B2")])
    assert found() == {("missing_here", "RM1", 99_50)}
