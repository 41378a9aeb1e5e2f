"""Two versions over the trades there were: the same sums as the books gave, and what would differ."""

import csv
import io
from datetime import timedelta

import pytest
from django.db.models import Sum

from omnichannel.kernel import outbox
from omnichannel.kernel.errors import NotAllowed
from settlement.models import RuleComparison, RuleComparisonOrder, SplitRule, TradeShare
from settlement.queries import rule_exports
from settlement.queries import rules as queries
from settlement.services import night, rule_comparison, rule_creation, rules
from settlement.services.rule_lines import LineSpec
from tests.settlement.test_rule_versions import AHEAD, decide, merchant, propose

TEN = (LineSpec("platform", "percentage", ppm=100_000), LineSpec("seller", "residual"))


@pytest.fixture
def sold(world):
    """Two merchants' sales on two days, one refunded in part, beside sales of our own."""
    world.numbers_of = []
    for amount in (100_00, 33_33):
        number = world.order(("merchant_goods", "mc", amount), ("device", "root", 50_00), store="st-1")
        world.confirm(number)
        payment = world.pay(number)
        world.numbers_of.append(number)
        night.run_due(now=world.tomorrow())
    world.refund(number, payment, [[world.terms[number].lines[0].line_id, 11_11]])
    night.run_due(now=world.tomorrow())
    return world


def compared(world, **other) -> RuleComparison:
    version = propose(world, valid_from=AHEAD + timedelta(days=3), **({"lines": TEN} | other))
    outbox.drain()
    return RuleComparison.objects.get(after=version)


def test_before_is_what_the_books_gave_and_after_what_the_version_would(sold):
    found = compared(sold)
    assert found.done_at
    assert found.lines == 2
    parties = {(one.role, one.label): one for one in queries.parties(found.pk)}
    seller = parties["seller", "mc"]
    booked = TradeShare.objects.filter(role="seller", institution__code="mc").aggregate(n=Sum("amount_fen"))[
        "n"
    ]
    assert seller.before == booked
    assert (seller.after, seller.orders) == (90_00 + 20_00, 2)
    assert (parties["attributed_store", "st-1"].after, parties["platform", ""].after) == (0, 10_00 + 2_22)
    assert sum(one.before for one in parties.values()) == sum(one.after for one in parties.values()) == 122_22


def test_the_orders_behind_a_figure(sold):
    found = compared(sold)
    rows = queries.changed(found.pk, role="seller", party=str(sold.id("mc")))
    assert [row.reference for row in rows] == sorted(sold.numbers_of)
    seller = next(one for one in queries.parties(found.pk) if one.role == "seller")
    assert sum(row.after_fen - row.before_fen for row in rows) == seller.difference
    lines = list(csv.reader(io.StringIO("".join(rule_exports.orders_csv(rows)))))
    assert len(lines) == 3
    assert rule_exports.parties_xlsx(found, queries.parties(found.pk))[:2] == b"PK"


def test_the_same_lines_change_nothing(sold):
    version = compared(sold, lines=rules.specs_of(merchant().versions.get()))
    assert all(not one.difference and not one.orders for one in queries.parties(version.pk))
    assert not RuleComparisonOrder.objects.exists()


def test_a_new_rule_is_compared_with_what_the_orders_had(sold):
    rule_creation.propose_rule(
        actor=sold.clerk, code="mc-web", name="mc", priority=70, lines=TEN, now=sold.now,
        valid_from=AHEAD + timedelta(days=3),
        conditions={"seller_id": sold.id("mc"), "channel": "web"},
    )  # fmt: skip
    outbox.drain()
    found = RuleComparison.objects.get()
    assert (found.before, found.lines) == (None, 2)
    seller = next(one for one in queries.parties(found.pk) if one.role == "seller")
    assert seller.after == 110_00


def test_a_rule_of_lower_rank_takes_nothing(sold):
    rule_creation.propose_rule(
        actor=sold.clerk, code="low", name="low", priority=5, lines=TEN, valid_from=AHEAD + timedelta(days=3),
        now=sold.now,
    )  # fmt: skip
    outbox.drain()
    assert RuleComparison.objects.get().lines == 0


def test_an_end_gives_the_lines_to_the_next_rule(sold):
    number = sold.order(("device", "root", 100_00))
    sold.confirm(number)
    sold.pay(number)
    device = SplitRule.objects.get(code="own-device")
    found = compared(sold, rule_id=device.pk, lines=(), ends=True)
    parties = {one.role: one for one in queries.parties(found.pk)}
    assert parties["fulfiller"].before > 0
    assert parties["fulfiller"].after == 0


def test_a_day_computed_twice_counts_once(sold):
    version = propose(sold, valid_from=AHEAD + timedelta(days=3), lines=TEN)
    found = RuleComparison.objects.get(after=version)
    for _again in range(2):
        rule_comparison.compare_day(comparison_id=found.pk, day=found.begin, now=sold.now)
    found.refresh_from_db()
    assert found.days_done == 1
    outbox.drain()
    found.refresh_from_db()
    assert found.lines == 2


@pytest.mark.parametrize("days", [(1, 0), (-400, 0)])
def test_a_period_that_makes_no_sense_is_refused(sold, days):
    version = propose(sold, valid_from=AHEAD + timedelta(days=3), lines=TEN)
    begin, end = (AHEAD + timedelta(days=number - 3) for number in days)
    with pytest.raises(rule_comparison.PeriodInvalid):
        rule_comparison.request(
            actor=sold.clerk, after=version, before=None, now=sold.now, begin=begin, end=end
        )


def test_an_auditor_reads_comparisons_and_asks_for_none(sold):
    version = propose(sold, valid_from=AHEAD + timedelta(days=3), lines=TEN)
    with pytest.raises(NotAllowed):
        rule_comparison.request(actor=sold.auditor, after=version, before=None, now=sold.now)
    assert RuleComparison.objects.count() == 1


def test_versions_of_two_rules_are_not_compared(sold):
    version = propose(sold, valid_from=AHEAD + timedelta(days=3), lines=TEN)
    other = SplitRule.objects.get(code="dealer").versions.get()
    with pytest.raises(rule_comparison.VersionsDiffer):
        rule_comparison.request(actor=sold.clerk, after=version, before=other, now=sold.now)
    assert decide(sold, version).state == "confirmed"
