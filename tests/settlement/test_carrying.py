"""Minimum pay-outs and what is carried: explicit journals, netted again the next day, never lost."""

from datetime import timedelta

import pytest

from settlement.models import FundTransfer, Journal, NetPosition, PayoutTerms
from settlement.queries import invariants, positions
from settlement.services import audit_trail, closing, payout, transfers
from tests.settlement.test_night import balance
from tests.settlement.transfers_world import DAY, next_day, pay_out, propose, run, sell


def minimum(world, code: str, fen: int, *, collects: bool = True, day=DAY) -> PayoutTerms:
    return payout.set_terms(
        actor=world.lead, institution_id=world.id(code), minimum_fen=fen, collects=collects, valid_from=day,
        now=world.now,
    )  # fmt: skip


def position(day, code: str) -> positions.Position:
    return next(one for one in positions.positions(day) if one.code == code)


def test_below_the_minimum_a_net_is_carried_by_a_journal(world):
    minimum(world, "mc", 100_00)
    sell(world, 100_00)
    run(world)
    assert (balance("payable", "mc"), balance("carried", "mc")) == (0, -92_00)
    assert [row.key for row in Journal.objects.filter(kind="carry")] == [f"carry:{DAY}:{world.id('mc')}:1"]
    assert propose(world) == []
    shown = position(DAY, "mc")
    assert (shown.own, shown.brought, shown.net, shown.carried) == (92_00, 0, 92_00, 92_00)
    check = {check.code: check for check in closing.checklist(day=DAY)}["carried"]
    assert (check.state, check.amount_fen) == ("carried", -92_00)
    assert closing.close_day(actor=world.lead, day=DAY, now=world.now).state == "sealed"


def test_the_next_net_includes_what_was_carried_and_is_paid_with_it(world):
    minimum(world, "mc", 100_00)
    sell(world, 100_00)
    run(world)
    pay_out(world)
    sell(world, 50_00)
    run(world)
    day = next_day()
    shown = position(day, "mc")
    assert (shown.own, shown.brought, shown.net, shown.carried) == (46_00, 92_00, 138_00, 0)
    pay_out(world, day)
    assert FundTransfer.objects.get(institution__code="mc").amount_fen == 138_00
    assert (balance("carried"), balance("payable", "mc")) == (0, 0)
    assert sum(NetPosition.objects.filter(business_date=day).values_list("amount_fen", flat=True)) == 0
    assert invariants.broken() == []


def test_days_netted_in_one_go_carry_from_one_to_the_next(world):
    minimum(world, "mc", 100_00)
    sell(world, 60_00)
    run(world)
    sell(world, 60_00)
    run(world)
    assert position(next_day(), "mc").net == 2 * 55_20
    assert propose(world) == []
    assert [row.amount_fen for row in propose(world, next_day())] == [110_40]


def test_a_day_without_movement_leaves_what_is_carried_alone(world):
    minimum(world, "mc", 100_00)
    sell(world, 60_00)
    run(world)
    pay_out(world)
    run(world)
    assert not Journal.objects.filter(kind="carry_in").exists()
    assert balance("carried", "mc") == -55_20


def test_a_lower_minimum_pays_out_what_was_carried(world):
    minimum(world, "mc", 100_00)
    sell(world, 60_00)
    run(world)
    pay_out(world)
    minimum(world, "mc", 10_00, day=next_day())
    run(world)
    assert [row.amount_fen for row in propose(world, next_day())] == [55_20]


def test_what_is_owed_is_collected_or_carried_until_earned(world):
    minimum(world, "st-1", 0, collects=False)
    sell(world, 100_00, store="st-1", cash=True)
    run(world)
    assert [row.institution.code for row in propose(world)] == ["mc"]
    owed = balance("carried", "st-1")
    assert owed == 100_00 - 99
    transfers.confirm_transfers(actor=world.lead, day=DAY, now=world.now)
    minimum(world, "st-1", 0, collects=True, day=next_day())
    run(world)
    collected = propose(world, next_day())
    assert [(row.direction, row.amount_fen) for row in collected] == [("collect", owed)]


def test_a_claw_back_is_taken_by_the_next_netting(world):
    number = sell(world, 100_00)
    payment = world.numbers
    run(world)
    pay_out(world)
    minimum(world, "mc", 0, collects=False, day=next_day())
    world.refund(number, payment, world.everything_of(number))
    run(world)
    assert position(next_day(), "mc").net == -92_00
    assert propose(world, next_day()) == []
    transfers.confirm_transfers(actor=world.lead, day=next_day(), now=world.now)
    closing.close_day(actor=world.lead, day=next_day(), now=world.now)
    sell(world, 200_00)
    run(world)
    third = DAY + timedelta(days=2)
    assert position(third, "mc").brought == -92_00
    assert [row.amount_fen for row in propose(world, third)] == [92_00]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"minimum_fen": -1}, payout.PayoutNegative),
        ({"valid_from": DAY - timedelta(days=1)}, payout.PayoutBackdated),
        ({"institution_id": 10**9}, payout.InstitutionUnknown),
    ],
)
def test_impossible_terms_are_refused(world, values, refusal):
    asked = {"institution_id": world.id("mc"), "minimum_fen": 1, "collects": True, "valid_from": DAY}
    with pytest.raises(refusal):
        payout.set_terms(actor=world.lead, now=world.now, **(asked | values))
    assert not PayoutTerms.objects.exists()


def test_only_a_lead_sets_terms_and_it_is_on_record(world):
    for who in (world.clerk, world.auditor):
        with pytest.raises(transfers.NotAllowed):
            payout.set_terms(
                actor=who, institution_id=world.id("mc"), minimum_fen=1, collects=True, valid_from=DAY,
                now=world.now,
            )  # fmt: skip
    minimum(world, "mc", 5_00)
    entry = audit_trail.AuditEntry.objects.get()
    assert (entry.action, entry.details["minimum_fen"]) == ("payout.terms_set", 5_00)


def test_terms_of_an_institution_hold_from_their_day(world):
    minimum(world, "mc", 5_00, day=next_day())
    assert payout.terms_of([world.id("mc")], day=DAY)[world.id("mc")].minimum_fen == 1
    assert payout.terms_of([world.id("mc")], day=next_day())[world.id("mc")].minimum_fen == 5_00
