"""Rules begin by two people, in the future, and are never touched again."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from members.actors import Actor, Grant
from omnichannel.kernel.errors import NotAllowed
from settlement.models import AuditEntry, OrderShare, SplitRule, SplitRuleLine, SplitRuleVersion
from settlement.services import night, rule_creation, rule_decisions, rule_lines, rules
from settlement.services.rule_lines import LineSpec
from tests.settlement.test_adjustments import DAY

AHEAD = DAY + timedelta(days=3)
HALF = (LineSpec("platform", "percentage", ppm=500_000), LineSpec("seller", "residual"))


def merchant() -> SplitRule:
    return SplitRule.objects.get(code="merchant")


def propose(world, **other):
    values = {
        "actor": world.clerk,
        "rule_id": merchant().pk,
        "valid_from": AHEAD,
        "lines": HALF,
        "now": world.now,
    }
    return rules.propose_version(**(values | other))


def decide(world, version, action="confirm", actor=None, reason=""):
    return rules.decide_version(
        actor=actor or world.lead, version_id=version.pk, action=action, reason=reason, now=world.now
    )


def facts() -> tuple:
    return (
        list(SplitRule.objects.order_by("pk").values_list()),
        list(SplitRuleVersion.objects.order_by("pk").values_list()),
        list(SplitRuleLine.objects.order_by("pk").values_list()),
        AuditEntry.objects.count(),
    )


def test_a_confirmed_version_holds_from_its_day_for_orders_placed_then(world):
    version = propose(world)
    before = world.order(100_00, seller="mc", kind="merchant_goods")
    decide(world, version)
    world.confirm(before)
    world.now += timedelta(days=3)
    later = world.order(100_00, seller="mc", kind="merchant_goods")
    world.confirm(later)
    shared = dict(OrderShare.objects.filter(terms__order_number=later).values_list("role", "amount_fen"))
    assert shared == {"platform": 50_00, "seller": 50_00}
    first = dict(OrderShare.objects.filter(terms__order_number=before).values_list("role", "amount_fen"))
    assert first == {"platform": 8_00, "seller": 92_00}
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", "subject"))
    assert actions == [("rule.proposed", "rule merchant v2"), ("rule.confirmed", "rule merchant v2")]


def test_a_proposed_version_holds_for_nobody(world):
    propose(world)
    assert rules.in_force(merchant(), AHEAD).number == 1


def test_an_end_makes_way_for_the_next_rule(world):
    ending = propose(world, lines=(), ends=True)
    decide(world, ending)
    assert rules.in_force(merchant(), AHEAD) is None
    assert rules.in_force(merchant(), AHEAD - timedelta(days=1)).number == 1


def test_a_new_rule_holds_once_its_first_version_is_confirmed(world):
    version = rule_creation.propose_rule(
        actor=world.clerk, code="merchant-app", name="商户应用", priority=70, lines=HALF, valid_from=AHEAD,
        conditions={"seller_kind": "merchant", "channel": "app"}, now=world.now,
    )  # fmt: skip
    assert rules.in_force(version.rule, AHEAD) is None
    decide(world, version)
    assert rules.in_force(version.rule, AHEAD) == version


def partner(world) -> Actor:
    at = world.places["mc"]
    return Actor(user_id=world.clerk.user_id, name="p", grants=frozenset({Grant("partner", at.pk, at.path)}))


SELLER_RESIDUAL = LineSpec("seller", "residual")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([LineSpec("platform", "percentage", ppm=700_000), LineSpec("courier", "percentage", ppm=300_001),
          SELLER_RESIDUAL], "percentages_over_100"),
        ([LineSpec("platform", "percentage", ppm=600_000),
          LineSpec("courier", "percentage", ppm=600_000, base="net"), SELLER_RESIDUAL],
         "percentages_over_100"),
        ([LineSpec("platform", "percentage", ppm=500_000),
          LineSpec("seller", "percentage", ppm=600_000, base="remainder", after=1),
          LineSpec("platform", "percentage", ppm=600_000, base="remainder", after=1), SELLER_RESIDUAL],
         "percentages_over_100"),
        # Enough is left only while the courier has a part: an order without one would give too much.
        ([LineSpec("courier", "percentage", ppm=500_000),
          LineSpec("seller", "percentage", ppm=600_000, base="remainder", after=1),
          LineSpec("platform", "percentage", ppm=450_000), SELLER_RESIDUAL], "percentages_over_100"),
        ([LineSpec("platform", "residual"), SELLER_RESIDUAL], "residual_not_one"),
        ([LineSpec("seller", "percentage", ppm=1_000)], "residual_not_one"),
        ([LineSpec("platform", "residual"), LineSpec("courier", "percentage", ppm=1)], "rule_without_seller"),
        ([LineSpec("provider", "percentage", ppm=1), SELLER_RESIDUAL], "party_invalid"),
        ([LineSpec("platform", "percentage", ppm=0), SELLER_RESIDUAL], "rule_line_invalid"),
        ([LineSpec("platform", "capped", ppm=10), SELLER_RESIDUAL], "rule_line_invalid"),
        ([LineSpec("platform", "fixed"), SELLER_RESIDUAL], "rule_line_invalid"),
        ([LineSpec("platform", "percentage", ppm=10, base="remainder", after=1), SELLER_RESIDUAL],
         "rule_line_invalid"),
    ],
)  # fmt: skip
def test_lines_that_cannot_be_right_change_nothing(world, lines, code):
    before = facts()
    with pytest.raises(rule_lines.RuleInvalid) as refused:
        propose(world, lines=lines)
    assert refused.value.code == code
    assert str(refused.value)
    assert facts() == before


def test_for_our_own_sales_the_platform_is_the_seller(world):
    own = SplitRule.objects.get(code="own-food")
    propose(world, rule_id=own.pk, lines=[LineSpec("platform", "residual")])


@pytest.mark.parametrize("days", [0, -1])
def test_nothing_begins_today_or_in_the_past(world, days):
    before = facts()
    with pytest.raises(rule_decisions.DateNotAhead) as refused:
        propose(world, valid_from=DAY + timedelta(days=days))
    assert refused.value.code == "date_not_ahead"
    assert facts() == before


def test_a_proposal_whose_day_has_come_is_not_confirmed(world):
    version = propose(world, valid_from=DAY + timedelta(days=1))
    night.run_due(now=world.tomorrow())
    before = facts()
    with pytest.raises(rule_decisions.DateNotAhead):
        decide(world, version)
    assert facts() == before


def test_the_maker_confirms_nothing(world):
    version = propose(world, actor=world.lead)
    before = facts()
    for action in ("confirm", "reject"):
        with pytest.raises(rule_decisions.OwnProposal) as refused:
            decide(world, version, action, reason="because")
        assert refused.value.code == "own_proposal"
    with pytest.raises(NotAllowed):
        decide(world, version, actor=world.clerk)
    assert facts() == before


def test_auditor_and_partner_change_nothing(world):
    version = propose(world)
    before = facts()
    for actor in (world.auditor, partner(world), Actor()):
        with pytest.raises(NotAllowed):
            propose(world, actor=actor, valid_from=AHEAD + timedelta(days=1))
        for action in ("confirm", "reject", "withdraw"):
            with pytest.raises(NotAllowed):
                decide(world, version, action, actor=actor, reason="x")
    assert facts() == before


def test_a_rejection_says_why_and_is_final(world):
    version = propose(world)
    with pytest.raises(rule_decisions.ReasonMissing):
        decide(world, version, "reject", reason=" ")
    assert decide(world, version, "reject", reason="too much").answer == "too much"
    for action in ("confirm", "withdraw"):
        with pytest.raises(rule_decisions.AlreadyDecided):
            decide(world, version, action, reason="x")
    propose(world)


def test_what_has_not_begun_is_withdrawn(world):
    version = propose(world)
    decide(world, version)
    with pytest.raises(NotAllowed):
        decide(world, version, "withdraw", actor=world.clerk, reason="x")
    decide(world, version, "withdraw", reason="the partner left")
    assert rules.in_force(merchant(), AHEAD).number == 1
    propose(world)


def test_the_maker_withdraws_an_own_proposal(world):
    version = propose(world)
    assert decide(world, version, "withdraw", actor=world.clerk, reason="typo").state == "withdrawn"


def test_what_has_begun_is_not_withdrawn(world):
    first = merchant().versions.get()
    with pytest.raises(rule_decisions.HasBegun) as refused:
        decide(world, first, "withdraw", reason="x")
    assert refused.value.code == "version_has_begun"


def test_one_version_begins_on_a_day(world):
    propose(world)
    with pytest.raises(rule_decisions.DateTaken):
        propose(world)


def test_a_rule_like_another_is_refused(world):
    before = facts()
    for values, error in (
        ({"code": "merchant"}, rule_creation.CodeTaken),
        ({"code": "Merchant 2"}, rule_creation.CodeInvalid),
        ({"name": " "}, rule_creation.NameMissing),
        ({"priority": 50}, rule_creation.ConditionsTaken),
        ({"conditions": {"channel": "fax"}}, rule_creation.ConditionInvalid),
    ):
        given = {"code": "new", "name": "new", "priority": 55, "conditions": {"seller_kind": "merchant"}}
        with pytest.raises(error), transaction.atomic():
            rule_creation.propose_rule(
                actor=world.clerk, lines=HALF, valid_from=AHEAD, now=world.now, **(given | values)
            )
    assert facts() == before


BEGUN = {"valid_from": AHEAD, "note": "other", "ends": True, "number": 9, "state": "withdrawn"}


@pytest.mark.parametrize("column", BEGUN)
def test_the_database_keeps_what_has_begun(world, column):
    """Each column by itself; tests/race/test_rule_guards.py shows that nothing else would."""
    version = merchant().versions.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        SplitRuleVersion.objects.filter(pk=version.pk).update(**{column: BEGUN[column]})
    with pytest.raises(DatabaseError), transaction.atomic():
        SplitRuleLine.objects.filter(version=version).update(ppm=1)


def test_the_database_takes_no_line_later_and_deletes_nothing(world):
    version = propose(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        SplitRuleLine.objects.filter(version=version).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        SplitRuleVersion.objects.filter(pk=version.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        SplitRule.objects.filter(code="merchant").update(priority=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        SplitRuleVersion.objects.create(rule=version.rule, number=7, valid_from=AHEAD, state="confirmed")
    with pytest.raises(DatabaseError), transaction.atomic():
        SplitRuleVersion.objects.filter(pk=version.pk).update(
            state="confirmed", decided_by_id=version.proposed_by_id
        )
