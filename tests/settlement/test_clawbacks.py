"""A refund after the pay-out: the customer has the money at once, the party owes it to its next netting."""

from datetime import timedelta

import pytest
from django.utils import translation

from settlement.models import Clawback, FundTransfer, NetPosition
from settlement.queries import invariants, monthly
from settlement.queries.clawbacks import of_day, of_institution
from settlement.services import business_day, night, transfers
from tests.settlement.test_night import balance
from tests.settlement.world import NOON

DAY = business_day.business_day_of(NOON)


def sell(world, amount=100_00) -> tuple[str, int]:
    number = world.order(("merchant_goods", "mc", amount))
    world.confirm(number)
    return number, world.pay(number)


def pay_out(world, day) -> None:
    transfers.propose_transfers(actor=world.clerk, day=day, now=world.now)
    transfers.confirm_transfers(actor=world.lead, day=day, now=world.now)


@pytest.fixture
def paid_out(world):
    world.number, world.payment = sell(world)
    night.run_due(now=world.tomorrow())
    pay_out(world, DAY)
    return world


def test_a_refund_after_the_pay_out_is_taken_by_the_next_netting(paid_out):
    world = paid_out
    assert FundTransfer.objects.get().amount_fen == 92_00
    world.refund(world.number, world.payment, world.everything_of(world.number))
    assert balance("provider_transit") == 0  # the customer has it back at once
    sell(world, 300_00)
    night.run_due(now=world.tomorrow())
    taken = Clawback.objects.get()
    assert (taken.institution.code, taken.amount_fen, taken.order_number) == ("mc", 92_00, world.number)
    assert (taken.business_date, taken.original_date) == (DAY + timedelta(days=1), DAY)
    assert taken.paid_by == FundTransfer.objects.get()
    pay_out(world, DAY + timedelta(days=1))
    assert FundTransfer.objects.latest("pk").amount_fen == 276_00 - 92_00
    assert invariants.broken() == []


def test_who_sells_nothing_more_owes_it(paid_out):
    """The balance is negative; the pay-out terms say whether it is collected or carried to later sales."""
    world = paid_out
    world.refund(world.number, world.payment, world.everything_of(world.number))
    night.run_due(now=world.tomorrow())
    assert NetPosition.objects.get(business_date=DAY + timedelta(days=1), institution_id=world.id("mc")
    ).amount_fen == -92_00  # fmt: skip
    pay_out(world, DAY + timedelta(days=1))
    assert FundTransfer.objects.latest("pk").direction == "collect"
    assert invariants.broken() == []


def test_it_stands_as_a_line_of_its_own(paid_out):
    world = paid_out
    world.refund(world.number, world.payment, world.everything_of(world.number))
    night.run_due(now=world.tomorrow())
    (row,) = of_day(DAY + timedelta(days=1))
    assert (row.amount_fen, row.taken_by) == (92_00, None)
    pay_out(world, DAY + timedelta(days=1))
    (row,) = of_institution(world.id("mc"))
    assert row.taken_by == FundTransfer.objects.latest("pk")
    assert not of_institution(world.id("st-1"))


def test_the_months_statement_names_it_apart_from_other_refunds(paid_out):
    world = paid_out
    (line,) = world.everything_of(world.number)
    world.refund(world.number, world.payment, [[line[0], 50_00]])
    number, payment = sell(world)
    world.refund(number, payment, [[world.terms[number].lines[0].line_id, 10_00]])
    night.run_due(now=world.tomorrow())
    with translation.override("en"):
        found = monthly.statement(code="mc", month=DAY.replace(day=1))
    day = {line.label: line.fen for line in found.lines if line.day == DAY + timedelta(days=1)}
    assert day["Claw-backs after pay-out"] == -46_00
    assert day["Refunds"] == -9_20
    assert found.opening + sum(line.fen for line in found.lines) == found.closing


def test_a_refund_before_the_pay_out_is_none(world):
    number, payment = sell(world)
    night.run_due(now=world.tomorrow())
    world.refund(number, payment, world.everything_of(number))
    night.run_due(now=world.tomorrow())
    assert not Clawback.objects.exists()


def test_a_rejected_transfer_paid_nothing(world):
    number, payment = sell(world)
    night.run_due(now=world.tomorrow())
    (draft,) = transfers.propose_transfers(actor=world.clerk, day=DAY, now=world.now)
    transfers.reject_transfer(actor=world.lead, transfer_id=draft.pk, reason="wait", now=world.now)
    world.refund(number, payment, world.everything_of(number))
    night.run_due(now=world.tomorrow())
    assert not Clawback.objects.exists()


def test_parts_of_a_refund_are_clawed_back_once_each(paid_out):
    world = paid_out
    (line,) = world.everything_of(world.number)
    for part in (30_00, 70_00):
        world.refund(world.number, world.payment, [[line[0], part]])
        night.run_due(now=world.tomorrow())
    assert list(Clawback.objects.order_by("pk").values_list("amount_fen", flat=True)) == [27_60, 64_40]
