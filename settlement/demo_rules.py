"""What people of the demo company have proposed: a version that waits, and one that begins next month."""

from datetime import datetime, timedelta

from members.actors import actor_of
from members.models import User
from settlement.models import DecisionState, SplitRule, SplitRuleVersion
from settlement.services import rule_comparison, rules
from settlement.services.business_day import current_day
from settlement.services.rule_lines import LineSpec

from .demo_dealer_rules import TOP_UP_NEXT_MONTH

MERCHANT = (
    LineSpec("platform", "capped", ppm=70_000, cap_fen=18_000),
    LineSpec("attributed_store", "percentage", ppm=15_000, base="remainder", after=1),
    LineSpec("seller", "residual"),
)
DEALER = (LineSpec("platform", "percentage", ppm=35_000), LineSpec("seller", "residual"))


def load(*, now: datetime) -> None:
    """Idempotent: rules that have a second version are left alone."""
    clerk, lead = (actor_of(User.objects.get(username=name)) for name in ("fclerk", "flead"))
    day = current_day()
    next_month = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    if _is_first("dealer"):
        coming = _propose(clerk, "dealer", next_month, DEALER, "经销商协议续签", now)
        rules.decide_version(actor=lead, version_id=coming.pk, action="confirm", now=now)
    if _is_first("accepted-top-up"):
        note = "受理充值酬金上调，已与经销商代表商定"
        coming = _propose(clerk, "accepted-top-up", next_month, TOP_UP_NEXT_MONTH, note, now)
        rules.decide_version(actor=lead, version_id=coming.pk, action="confirm", now=now)
    if _is_first("merchant"):
        _propose(clerk, "merchant", day + timedelta(days=7), MERCHANT, "商户大会承诺的新费率", now)


def _is_first(code: str) -> bool:
    return SplitRuleVersion.objects.filter(rule__code=code).count() == 1


def _propose(actor, code: str, valid_from, lines, note: str, now: datetime) -> SplitRuleVersion:
    rule = SplitRule.objects.get(code=code)
    return rules.propose_version(
        actor=actor, rule_id=rule.pk, valid_from=valid_from, lines=lines, note=note, now=now
    )


def compare_waiting(*, actor, now: datetime) -> None:
    """Compare what waits over the trades that there are by now."""
    for version in SplitRuleVersion.objects.filter(state=DecisionState.PROPOSED).select_related("rule"):
        before = rules.in_force(version.rule, version.valid_from)
        rule_comparison.request(actor=actor, after=version, before=before, now=now)
