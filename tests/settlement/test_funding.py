"""Who bears a discount or points: shares on the amount before it, the funder debited, exact to the fen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omnichannel.kernel.errors import NotAllowed
from settlement.models import FundingTerm, OrderShare, Trade
from settlement.queries import invariants
from settlement.services import business_day, night, rule_decisions, rule_funding
from tests.settlement.test_night import balance, shares
from tests.settlement.world import NOON

DAY = business_day.business_day_of(NOON)


def bear(world, *, subject="offer", funder="platform", sponsor=None, offer="spring"):
    """A term that has begun: proposed and confirmed a day before."""
    term = rule_funding.propose_funding(
        actor=world.clerk, subject=subject, funder=funder, offer_code=offer if subject == "offer" else "",
        sponsor_id=world.id(sponsor), valid_from=DAY + timedelta(days=1), now=world.now,
    )  # fmt: skip
    rule_funding.decide_funding(actor=world.lead, term_id=term.pk, action="confirm", now=world.now)
    night.run_due(now=world.tomorrow())
    return term


def order(world, *, paid=80_00, off=20_00, seller="mc", offer="spring") -> str:
    number = world.order(("merchant_goods", seller, paid))
    terms = world.terms[number]
    lines = tuple(replace(line, discounts=((offer, off),)) for line in terms.lines)
    world.terms[number] = replace(terms, lines=lines)
    return number


def test_a_discount_that_the_platform_bears_leaves_the_sellers_share_whole(world):
    bear(world)
    number = order(world)
    world.confirm(number)
    world.pay(number)
    night.run_due(now=world.tomorrow())
    # 100.00 is shared: 8 % to the platform, which bears 20.00; the customer paid 80.00.
    assert shares(number) == {("platform", None): 8_00, ("seller", "mc"): 92_00}
    assert balance("discount_cost") == 20_00
    assert balance("payable", "mc") == -92_00
    assert balance("split_pending") == 0
    assert invariants.broken() == []


def test_without_a_term_all_parties_bear_it(world):
    number = order(world, offer="autumn")
    world.confirm(number)
    world.pay(number)
    night.run_due(now=world.tomorrow())
    assert shares(number) == {("platform", None): 6_40, ("seller", "mc"): 73_60}


def test_a_sponsor_is_debited(world):
    bear(world, funder="sponsor", sponsor="cr")
    number = order(world)
    world.confirm(number)
    world.pay(number)
    night.run_due(now=world.tomorrow())
    assert (balance("payable", "cr"), balance("payable", "mc")) == (20_00, -92_00)


def test_a_seller_bears_it_alone(world):
    bear(world, funder="seller")
    number = order(world)
    world.confirm(number)
    world.pay(number)
    night.run_due(now=world.tomorrow())
    assert shares(number)["platform", None] == 8_00  # of 100.00, not of 80.00
    assert balance("payable", "mc") == -72_00


def test_a_term_of_later_changes_nothing_before(world):
    number = order(world)
    world.confirm(number)
    bear(world)
    world.pay(number)
    assert not Trade.objects.filter(means="funded").exists()


def test_payment_before_confirmation_books_the_same(world):
    bear(world)
    number = order(world)
    world.pay(number)
    world.confirm(number)
    assert balance("discount_cost") == 20_00


def test_two_payments_bring_the_discount_in_parts_once(world):
    bear(world)
    number = order(world, paid=80_01, off=20_02)
    world.confirm(number)
    world.pay(number, 30_00)
    first = balance("discount_cost")
    world.pay(number, 50_01)
    assert (first, balance("discount_cost")) == (20_02 * 30_00 // 80_01, 20_02)


@pytest.mark.parametrize("on", [0, 1])
def test_an_order_paid_in_part_and_given_up_gives_everything_back(world, on):
    """Points paid a part, the rest was due at the door; whichever line the points go back to."""
    bear(world)
    number = world.order(("merchant_goods", "mc", 40_00), ("merchant_goods", "mc", 40_00), cod=True)
    lines = world.terms[number].lines
    lines = (replace(lines[0], discounts=(("spring", 20_00),)), lines[1])
    world.terms[number] = replace(world.terms[number], lines=lines)
    world.confirm(number)
    payment = world.pay(number, 30_00, means="points", provider=None)
    assert balance("discount_cost") == 20_00 * 30 // 80
    world.refund(number, payment, [[lines[on].line_id, 30_00]], means="points", provider=None)
    assert balance("discount_cost") == 0
    night.run_due(now=world.tomorrow())
    assert balance("split_pending") == 0
    assert balance("payable", "mc") == 0


MANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(st.integers(1, 10**6), st.integers(1, 10**6), st.data())
def test_refunds_in_any_parts_give_everything_back(world, paid, off, data):
    cuts = sorted(data.draw(st.sets(st.integers(1, paid), max_size=4)) | {paid})
    if not FundingTerm.objects.filter(offer_code="spring").exists():
        bear(world)
    number = order(world, paid=paid, off=off)
    world.confirm(number)
    payment = world.pay(number)
    frozen = sum(OrderShare.objects.filter(terms__order_number=number).values_list("amount_fen", flat=True))
    assert frozen == paid + off
    line = world.terms[number].lines[0].line_id
    for begin, end in zip([0, *cuts], cuts, strict=False):
        world.refund(number, payment, [[line, end - begin]])
        booked = -sum(Trade.objects.filter(order_number=number, means="funded", kind="refund").values_list(
            "amount_fen", flat=True
        ))  # fmt: skip
        assert booked == off * end // paid
    night.run_due(now=world.tomorrow())
    assert shares(number) == {}
    assert balance("discount_cost") == 0
    assert balance("split_pending") == 0


def test_points_that_a_sponsor_bears_cost_the_platform_nothing(world):
    bear(world, subject="points", funder="sponsor", sponsor="cr")
    number = world.order(("merchant_goods", "mc", 100_00))
    world.confirm(number)
    payment = world.pay(number, 40_00, means="points", provider=None)
    world.pay(number, 60_00)
    assert (balance("points_cost"), balance("payable", "cr")) == (-40_00, 40_00)
    line = world.terms[number].lines[0].line_id
    for part in (13_00, 27_00):
        world.refund(number, payment, [[line, part]], means="points", provider=None)
    assert (balance("points_cost"), balance("payable", "cr")) == (0, 0)


def test_points_that_sellers_bear_are_shared_by_what_their_lines_cost(world):
    bear(world, subject="points", funder="seller")
    number = world.order(("merchant_goods", "mc", 30_00), ("device", "root", 60_00))
    world.confirm(number)
    payment = world.pay(number, 10_00, means="points", provider=None)
    assert balance("payable", "mc") == 3_33  # our own part stays with the platform
    for line in world.terms[number].lines:
        world.refund(number, payment, [[line.line_id, 5_00]], means="points", provider=None)
    assert balance("payable", "mc") == 0


@pytest.mark.parametrize(
    "values",
    [
        {"subject": "offer", "offer_code": "", "funder": "platform"},
        {"subject": "points", "offer_code": "x", "funder": "platform"},
        {"subject": "points", "funder": "sponsor"},
        {"subject": "points", "funder": "seller", "sponsor_id": 1},
        {"subject": "gifts", "funder": "seller"},
    ],
)
def test_what_makes_no_sense_is_refused(world, values):
    before = FundingTerm.objects.count()
    with pytest.raises(rule_funding.FundingInvalid):
        rule_funding.propose_funding(
            actor=world.clerk, valid_from=DAY + timedelta(days=1), now=world.now, **values
        )
    assert FundingTerm.objects.count() == before


def test_funding_needs_two_people(world):
    values = {"subject": "offer", "offer_code": "x", "funder": "platform", "now": world.now}
    with pytest.raises(NotAllowed):
        rule_funding.propose_funding(actor=world.auditor, valid_from=DAY + timedelta(days=1), **values)
    with pytest.raises(rule_decisions.DateNotAhead):
        rule_funding.propose_funding(actor=world.clerk, valid_from=DAY, **values)
    term = rule_funding.propose_funding(actor=world.lead, valid_from=DAY + timedelta(days=1), **values)
    with pytest.raises(rule_decisions.OwnProposal):
        rule_funding.decide_funding(actor=world.lead, term_id=term.pk, action="confirm", now=world.now)
