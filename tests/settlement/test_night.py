"""A day from its first payment to its seal."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import connection

from settlement.models import (
    BusinessDay,
    FundTransfer,
    Journal,
    LedgerAccount,
    NetPosition,
    Posting,
    Trade,
    TradeShare,
)
from settlement.queries import invariants
from settlement.services import business_day, closing, night, transfer_files, transfers
from tests.settlement.world import NOON

DAY = business_day.business_day_of(NOON)


def shares(number: str) -> dict:
    """Fen by (role, institution code) over all trades of an order."""
    found = defaultdict(int)
    rows = TradeShare.objects.filter(trade__order_number=number).select_related("institution")
    for row in rows.exclude(role="provider").exclude(account_kind="fee_cost"):
        found[row.role, row.institution.code if row.institution else None] += row.amount_fen
    return {key: amount for key, amount in found.items() if amount}


def balance(kind: str, code: str | None = None) -> int:
    accounts = (
        LedgerAccount.objects.filter(kind=kind, institution__code=code)
        if code
        else LedgerAccount.objects.filter(kind=kind)
    )
    return sum(Posting.objects.filter(account__in=accounts).values_list("amount_fen", flat=True))


def run(world):
    return night.run_due(now=world.tomorrow())


def test_a_paid_order_is_shared_by_its_rules(world):
    number = world.order(100_00, ("merchant_goods", "mc", 50_00), shipping=10_00, store="st-1")
    world.confirm(number)
    world.pay(number)
    assert run(world) == [DAY.isoformat()]
    assert shares(number) == {
        ("attributed_store", "st-1"): 300 + 50,
        ("fulfiller", None): 100,
        ("platform", None): 9600 + 400 + 1000,
        ("seller", "mc"): 4550,
    }
    assert balance("provider_transit") == 16000
    assert balance("fee_accrued", "pp-unipay") == -96
    assert balance("split_pending") == 0
    assert invariants.broken() == []


def test_the_fulfiller_known_later_gets_its_share_in_that_day(world, handed_over):
    number = world.order(100_00)
    world.confirm(number)
    world.pay(number)
    run(world)
    assert balance("fulfilment_pending") == -100
    handed_over(number, "wh", "cr", freight=800)
    run(world)
    assert balance("fulfilment_pending") == 0
    assert balance("payable", "wh") == -100
    assert balance("freight_payable", "cr") == -800
    assert balance("freight_cost") == 800
    assert invariants.broken() == []


def test_a_full_refund_takes_everything_back(world):
    number = world.order(99_99, 33_33, shipping=7_01, store="st-1")
    world.confirm(number)
    payment = world.pay(number)
    world.refund(number, payment, world.everything_of(number))
    run(world)
    assert shares(number) == {}
    assert balance("fee_accrued") == 0
    assert balance("provider_transit") == 0


def test_three_partial_refunds_take_back_what_one_would(world):
    number = world.order(100_01, store="st-1")
    world.confirm(number)
    payment = world.pay(number)
    line = world.terms[number].lines[0].line_id
    for amount in (33_33, 33_34, 33_34):
        world.refund(number, payment, [[line, amount]])
        run(world)
    assert shares(number) == {}
    assert balance("payable") == balance("fulfilment_pending") == balance("revenue") == 0


def test_payment_over_several_means_sums_to_the_frozen_shares(world):
    number = world.order(100_00, store="st-2")
    world.confirm(number)
    world.pay(number, 3333, means="points", provider=None)
    world.pay(number, 6667, means="cash", provider=None, collector="st-2")
    run(world)
    assert shares(number) == {
        ("attributed_store", "st-2"): 300,
        ("fulfiller", None): 100,
        ("platform", None): 9600,
    }
    assert balance("points_liability") == 3333
    assert balance("store_cash", "st-2") == 6667


def test_cash_on_delivery_waits_with_the_courier_until_it_is_handed_in(world, handed_over, remitted):
    number = world.order(100_00, cod=True)
    world.confirm(number)
    handed_over(number, "wh", "cr", freight=800)
    world.pay(number, means="cod", provider=None, collector="cr")
    assert balance("cod_transit", "cr") == 100_00
    remitted("cr", 100_00, [number])
    run(world)
    assert balance("cod_transit", "cr") == 0
    assert balance("bank") == 100_00
    assert balance("payable", "wh") == -100


def test_the_same_fact_twice_is_one_trade(world):
    number = world.order(50_00)
    world.confirm(number)
    payment = world.pay(number)
    world.numbers = payment - 1
    world.pay(number)
    assert Trade.objects.count() == Journal.objects.count() == 1


def test_money_of_an_order_never_confirmed_waits_in_suspense(world):
    number = world.order(50_00)
    payment = world.pay(number)
    run(world)
    assert balance("suspense") == -5000
    world.refund(number, payment, world.everything_of(number))
    run(world)
    assert balance("suspense") == 0


def test_running_again_changes_nothing(world):
    number = world.order(100_00, store="st-1")
    world.confirm(number)
    world.pay(number)
    now = world.tomorrow()
    night.run_due(now=now)
    before = (Posting.objects.count(), TradeShare.objects.count(), NetPosition.objects.count())
    assert night.run_due(now=now) == []
    assert (Posting.objects.count(), TradeShare.objects.count(), NetPosition.objects.count()) == before


def test_net_positions_sum_to_zero(world):
    number = world.order(100_00, ("merchant_goods", "mc", 50_00), store="st-1", channel="store")
    world.confirm(number)
    world.pay(number, means="cash", provider=None, collector="st-1")
    run(world)
    nets = {
        row.institution.code if row.institution else None: row.amount_fen
        for row in NetPosition.objects.select_related("institution")
    }
    assert nets == {"st-1": 350 - 15000, "mc": 4550, None: 15000 - 350 - 4550}


def test_four_eyes_then_file_then_closed_and_sealed(world):
    number = world.order(("merchant_goods", "mc", 100_00), store="st-1")
    world.confirm(number)
    world.pay(number)
    run(world)
    drafts = transfers.propose_transfers(actor=world.clerk, day=DAY, now=world.now)
    assert {draft.institution.code: draft.amount_fen for draft in drafts} == {"mc": 9101, "st-1": 99}
    assert transfers.confirm_transfers(actor=world.lead, day=DAY, now=world.now) == 2
    made = transfer_files.export_transfers(actor=world.clerk, day=DAY, now=world.now)
    assert (made.count, made.sum_fen) == (2, 9200)
    assert f"TRAILER,2,92.00,{made.sha256}" in made.content
    assert closing.close_day(actor=world.lead, day=DAY, now=world.now).state == "sealed"
    assert balance("payable") == 0
    assert balance("transfer") == -9200
    paid = FundTransfer.objects.get(institution__code="mc")
    transfers.record_answer(actor=world.clerk, transfer_id=paid.pk, outcome="succeeded", now=world.now)
    back = FundTransfer.objects.get(institution__code="st-1")
    transfers.record_answer(actor=world.clerk, transfer_id=back.pk, outcome="failed", now=world.now)
    assert balance("transfer") == 0
    assert balance("bank") == -9101
    assert balance("payable", "st-1") == -99
    assert invariants.broken() == []


def test_nobody_confirms_what_they_proposed(world):
    number = world.order(("merchant_goods", "mc", 100_00))
    world.confirm(number)
    world.pay(number)
    run(world)
    transfers.propose_transfers(actor=world.clerk, day=DAY, now=world.now)
    both = type(world.clerk)(user_id=world.clerk.user_id, grants=world.clerk.grants | world.lead.grants)
    with pytest.raises(transfers.OwnProposal):
        transfers.confirm_transfers(actor=both, day=DAY, now=world.now)
    assert FundTransfer.objects.get().state == "draft"


@pytest.mark.parametrize("who", ["auditor", "lead"])
def test_only_the_clerk_proposes(world, who):
    run(world)
    with pytest.raises(transfers.NotAllowed):
        transfers.propose_transfers(actor=getattr(world, who), day=DAY, now=world.now)


def test_a_closed_day_takes_nothing_more(world):
    run(world)
    closing.close_day(actor=world.lead, day=DAY, now=world.now)
    with pytest.raises(Exception, match="takes no journal"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO settlement_journal"
            " (key, payload_hash, kind, business_date, original_date, booked_at)"
            " VALUES ('x', '', 'x', %s, %s, now())", [DAY, DAY],
        )  # fmt: skip


def test_a_day_with_open_proposals_does_not_close(world):
    number = world.order(("merchant_goods", "mc", 100_00))
    world.confirm(number)
    world.pay(number)
    run(world)
    transfers.propose_transfers(actor=world.clerk, day=DAY, now=world.now)
    with pytest.raises(closing.NotReady):
        closing.close_day(actor=world.lead, day=DAY, now=world.now)


def test_missed_days_are_caught_up_oldest_first(world):
    days = night.run_due(now=world.now + timedelta(days=3, hours=13))
    assert days == [(DAY + timedelta(days=n)).isoformat() for n in range(4)]
    assert BusinessDay.objects.filter(state="open").get().business_date == DAY + timedelta(days=4)
