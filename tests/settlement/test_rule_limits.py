"""What a provider allows is data; a version beyond it is refused where the provider splits at the source."""

from datetime import timedelta

import pytest

from omnichannel.kernel.errors import NotAllowed
from settlement.models import ProviderLimit
from settlement.services import rule_decisions, rule_limits, rules
from settlement.services.rule_lines import LineSpec
from tests.settlement.test_rule_versions import AHEAD, DAY, facts, propose

WECHAT = rule_limits.Limits(True, 50, 50, 300_000, 30, 180)
STORE_A_THIRD = (
    LineSpec("platform", "percentage", ppm=200_000),
    LineSpec("attributed_store", "percentage", ppm=300_001),
    LineSpec("seller", "residual"),
)


def limit(world, limits=WECHAT, confirm=True) -> ProviderLimit:
    row = rule_limits.propose_limit(
        actor=world.clerk, provider_id=world.id("pp-unipay"), valid_from=DAY + timedelta(days=1),
        limits=limits, now=world.now,
    )  # fmt: skip
    if confirm:
        rule_limits.decide_limit(actor=world.lead, limit_id=row.pk, action="confirm", now=world.now)
    return row


def test_a_version_beyond_the_share_is_refused(world):
    limit(world)
    before = facts()
    with pytest.raises(rule_limits.ShareAboveLimit) as refused:
        propose(world, lines=STORE_A_THIRD)
    assert refused.value.code == "provider_share_exceeded"
    assert "30.0001" in str(refused.value)
    assert facts() == before


def test_too_many_receivers_are_refused(world):
    limit(world, rule_limits.Limits(True, 1, 1, 1_000_000, 30, 180))
    lines = [
        LineSpec("attributed_store", "percentage", ppm=1),
        LineSpec("fulfiller", "fixed", amount_fen=1),
        LineSpec("seller", "residual"),
    ]
    with pytest.raises(rule_limits.ReceiversAboveLimit) as refused:
        propose(world, lines=lines)
    assert refused.value.code == "provider_receivers_exceeded"


def test_where_the_platform_is_paid_it_is_only_a_warning(world):
    version = propose(world, lines=STORE_A_THIRD)
    (warning,) = rule_limits.warnings(rules.specs_of(version), day=AHEAD)
    assert "30.0001" in warning


def test_a_limit_that_came_since_stops_the_confirmation(world):
    version = propose(world, lines=STORE_A_THIRD)
    limit(world)
    with pytest.raises(rule_limits.ShareAboveLimit):
        rules.decide_version(actor=world.lead, version_id=version.pk, action="confirm", now=world.now)
    version.refresh_from_db()
    assert version.state == "proposed"


def test_limits_hold_from_their_day(world):
    row = limit(world)
    (before,) = rule_limits.limits_on(DAY)
    assert before.pk != row.pk
    assert not before.splits_at_source
    assert rule_limits.limits_on(DAY + timedelta(days=1)) == [row]


@pytest.mark.parametrize(
    "values",
    [(True, 0, 50, 1, 1, 1), (True, 1, 1, 1_000_001, 1, 1), (True, 1, 1, 0, 1, 1), (True, 1, 1, 1, 9, 8)],
)
def test_limits_that_make_no_sense_are_refused(world, values):
    with pytest.raises(rule_limits.LimitInvalid):
        limit(world, rule_limits.Limits(*values))
    with pytest.raises(rule_limits.NotAProvider):
        rule_limits.propose_limit(
            actor=world.clerk, provider_id=world.id("mc"), valid_from=AHEAD, limits=WECHAT, now=world.now
        )


def test_limits_need_two_people(world):
    row = limit(world, confirm=False)
    for actor in (world.clerk, world.auditor):
        with pytest.raises(NotAllowed):
            rule_limits.decide_limit(actor=actor, limit_id=row.pk, action="confirm", now=world.now)
    with pytest.raises(rule_decisions.DateTaken):
        limit(world)
