"""Split rules are data: a new version says what holds from a day on; nothing frozen before changes."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError, NotFound
from settlement.models import LIVE_STATES, DecisionState, SplitRule, SplitRuleLine, SplitRuleVersion
from settlement.values import SHIPPING_KIND

from . import funding, rule_comparison, rule_decisions, rule_limits
from .rule_lines import LineSpec, check_lines


class RuleUnknown(NotFound):
    code = "split_rule_unknown"
    message = _("We do not know this rule.")


class NothingToEnd(DomainError):
    code = "rule_not_in_force"
    message = _("This rule does not hold, so it cannot end.")


def sold_by_platform(rule: SplitRule) -> bool:
    """Is the rule for sales of the carrier itself? Then the platform is the seller of record."""
    seller_kind = rule.seller.kind if rule.seller_id else rule.seller_kind
    return seller_kind == funding.CARRIER or rule.offering_kind == SHIPPING_KIND


@transaction.atomic
def propose_version(
    *,
    actor,
    rule_id: int,
    valid_from: date,
    lines: Sequence[LineSpec],
    now: datetime,
    note: str = "",
    ends: bool = False,
) -> SplitRuleVersion:
    """Propose what the rule says from a day on; `ends`: from then on it holds no longer, lines are empty.

    Its comparison with what holds is begun at once. Raises RuleUnknown, DateNotAhead, DateTaken, what
    check_lines raises, and ShareAboveLimit or ReceiversAboveLimit for a provider that splits at the source.
    """
    rule_decisions.must_propose(actor)
    rule = _locked_rule(rule_id)
    rule_decisions.must_be_ahead(valid_from)
    if rule.versions.filter(valid_from=valid_from, state__in=LIVE_STATES).exists():
        raise rule_decisions.DateTaken(field="valid_from")
    before = in_force(rule, valid_from)
    if ends and before is None:
        raise NothingToEnd()
    lines = () if ends else lines
    if not ends:
        _check(rule, lines, valid_from)
    version = SplitRuleVersion(
        rule=rule, number=rule.versions.count() + 1, valid_from=valid_from, note=note.strip()[:160], ends=ends
    )
    _write(version, lines, actor=actor, now=now)
    rule_comparison.request(actor=actor, after=version, before=before, now=now)
    return version


def _write(version: SplitRuleVersion, lines: Sequence[LineSpec], *, actor, now: datetime) -> None:
    details = {
        "rule": version.rule.code,
        "number": version.number,
        "valid_from": version.valid_from,
        "ends": version.ends,
        "lines": [vars(line) for line in lines],
    }
    rule_decisions.proposed(
        version, actor=actor, what="rule", subject=_subject(version), details=details, now=now
    )
    _write_lines(version, lines)


def _check(rule: SplitRule, lines: Sequence[LineSpec], valid_from: date) -> None:
    check_lines(lines, seller_is_platform=sold_by_platform(rule))
    rule_limits.check(lines, day=valid_from)


@transaction.atomic
def decide_version(
    *, actor, version_id: int, action: str, reason: str = "", now: datetime
) -> SplitRuleVersion:
    """action: confirm, reject or withdraw. Raises what rule_decisions raises, and the limits' refusals."""
    version = _locked(version_id)
    if action == "confirm":
        rule_decisions.must_decide(version, actor)
    if action == "confirm" and not version.ends:
        _check(version.rule, specs_of(version), version.valid_from)
    rule_decisions.act(
        version, action, actor=actor, reason=reason, what="rule", subject=_subject(version), now=now
    )
    return version


@transaction.atomic
def install_version(
    *, rule: SplitRule, valid_from: date, lines: Sequence[LineSpec], note: str = ""
) -> SplitRuleVersion:
    """Give a new installation the rule's next version; the database refuses it once a business day is open.

    Raises what check_lines raises.
    """
    check_lines(lines, seller_is_platform=sold_by_platform(rule))
    version = SplitRuleVersion.objects.create(
        rule=rule,
        number=SplitRuleVersion.objects.filter(rule=rule).count() + 1,
        valid_from=valid_from,
        note=note,
        state=DecisionState.CONFIRMED,
    )
    _write_lines(version, lines)
    return version


def in_force(rule: SplitRule, day: date) -> SplitRuleVersion | None:
    """The version that holds on a day; None before the first, and once the rule has ended."""
    found = rule.versions.in_force(day).first()
    return None if found is None or found.ends else found


def specs_of(version: SplitRuleVersion) -> list[LineSpec]:
    return [
        LineSpec(line.role, line.kind, line.ppm, line.amount_fen, line.cap_fen, line.base, line.after)
        for line in version.lines.all()
    ]


def _write_lines(version: SplitRuleVersion, lines: Sequence[LineSpec]) -> None:
    SplitRuleLine.objects.bulk_create(
        SplitRuleLine(version=version, position=position, **vars(line))
        for position, line in enumerate(lines, start=1)
    )


def _subject(version: SplitRuleVersion) -> str:
    return f"rule {version.rule.code} v{version.number}"


def _locked_rule(rule_id: int) -> SplitRule:
    rule = (
        SplitRule.objects.select_for_update(of=("self",)).select_related("seller").filter(pk=rule_id).first()
    )
    if rule is None:
        raise RuleUnknown()
    return rule


def _locked(version_id: int) -> SplitRuleVersion:
    found = SplitRuleVersion.objects.select_for_update(of=("self",)).select_related("rule__seller")
    version = found.filter(pk=version_id).first()
    if version is None:
        raise rule_decisions.ProposalUnknown()
    return version
