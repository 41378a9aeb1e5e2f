"""Split rules are data: a new version says what holds from a day on; nothing frozen before changes."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from members.channels import Channel
from members.queries import institution
from omnichannel.kernel.errors import DomainError, Invalid, NotFound
from settlement.models import LIVE_STATES, DecisionState, SplitRule, SplitRuleLine, SplitRuleVersion
from settlement.values import OFFERING_KINDS, SELLER_KINDS, SHIPPING_KIND

from . import funding, rule_comparison, rule_decisions, rule_limits
from .rule_lines import LineSpec, check_lines

CONDITIONS = ("offering_kind", "seller_kind", "channel", "seller_id")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_PRIORITY = 999


class RuleUnknown(NotFound):
    code = "split_rule_unknown"
    message = _("We do not know this rule.")


class CodeInvalid(Invalid):
    code = "rule_code_invalid"
    message = _("A code has small letters, digits and hyphens, at most 40.")


class CodeTaken(DomainError):
    code = "rule_code_taken"
    message = _("There is a rule with the code %(code)s already.")


class ConditionInvalid(Invalid):
    code = "rule_condition_invalid"
    message = _("%(value)s is not a condition that we know.")


class ConditionsTaken(DomainError):
    code = "rule_conditions_taken"
    message = _("The rule %(code)s has the same conditions and priority: give it a new version instead.")


class NameMissing(Invalid):
    code = "rule_name_missing"
    message = _("Give the rule a name.")


class NothingToEnd(DomainError):
    code = "rule_not_in_force"
    message = _("This rule does not hold, so it cannot end.")


def sold_by_platform(rule: SplitRule) -> bool:
    """Is the rule for sales of the carrier itself? Then the platform is the seller of record."""
    seller_kind = rule.seller.kind if rule.seller_id else rule.seller_kind
    return seller_kind == funding.CARRIER or rule.offering_kind == SHIPPING_KIND


@transaction.atomic
def propose_rule(
    *,
    actor,
    code: str,
    name: str,
    valid_from: date,
    lines: Sequence[LineSpec],
    now: datetime,
    name_en: str = "",
    priority: int = 10,
    conditions: dict | None = None,
    note: str = "",
) -> SplitRuleVersion:
    """Propose a rule with its first version; it holds for nobody until that is confirmed.

    conditions: of CONDITIONS, empty matches everything. Raises CodeInvalid, CodeTaken, NameMissing,
    ConditionInvalid, ConditionsTaken, and what propose_version raises.
    """
    rule_decisions.must_propose(actor)
    wanted = {key: value for key, value in (conditions or {}).items() if value}
    _check_new(code, name, priority, wanted)
    rule = SplitRule.objects.create(
        code=code, name=name.strip()[:80], name_en=name_en.strip()[:80], priority=priority, **wanted
    )
    return propose_version(
        actor=actor, rule_id=rule.pk, valid_from=valid_from, lines=lines, note=note, now=now
    )


def _check_new(code: str, name: str, priority: int, conditions: dict) -> None:
    if len(code) > 40 or not _CODE.fullmatch(code):
        raise CodeInvalid(field="code")
    if not name.strip():
        raise NameMissing(field="name")
    if not 1 <= priority <= MOST_PRIORITY:
        raise ConditionInvalid(field="priority", value=priority)
    if SplitRule.objects.filter(code=code).exists():
        raise CodeTaken(field="code", code=code)
    _check_conditions(conditions)
    empty = dict.fromkeys(CONDITIONS[:3], "") | {"seller_id": None}
    twins = SplitRule.objects.filter(priority=priority, **(empty | conditions))
    twin = twins.filter(versions__state__in=LIVE_STATES).first()
    if twin is not None:
        raise ConditionsTaken(code=twin.code)


def _check_conditions(conditions: dict) -> None:
    known = {
        "offering_kind": dict(OFFERING_KINDS),
        "seller_kind": dict(SELLER_KINDS),
        "channel": Channel.values,
    }
    for field, value in conditions.items():
        if field == "seller_id":
            institution(value)
        elif value not in known.get(field, ()):
            raise ConditionInvalid(field=field, value=value)


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
    if ends:
        lines = ()
        if before is None:
            raise NothingToEnd()
    else:
        _check(rule, lines, valid_from)
    version = SplitRuleVersion(
        rule=rule, number=rule.versions.count() + 1, valid_from=valid_from, note=note.strip()[:160], ends=ends
    )
    details = {"rule": rule.code, "number": version.number, "valid_from": valid_from, "ends": ends}
    details["lines"] = [vars(line) for line in lines]
    rule_decisions.proposed(
        version, actor=actor, what="rule", subject=_subject(version), details=details, now=now
    )
    _write_lines(version, lines)
    rule_comparison.request(actor=actor, after=version, before=before, now=now)
    return version


def _check(rule: SplitRule, lines: Sequence[LineSpec], valid_from: date) -> None:
    check_lines(lines, seller_is_platform=sold_by_platform(rule))
    rule_limits.check(lines, day=valid_from)


@transaction.atomic
def decide_version(
    *, actor, version_id: int, action: str, reason: str = "", now: datetime
) -> SplitRuleVersion:
    """action: confirm, reject or withdraw. Raises what rule_decisions raises, and the limits' refusals."""
    version = _locked(version_id)
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


def preview(
    *, version_id: int, gross_fen: int, net_fen: int | None = None, absent: Sequence[str] = ()
) -> list[tuple[str, int]]:
    """(role, fen) that a version gives of an amount: the test bench, the same SQL as the books use."""
    return [(role, fen) for _position, role, fen in preview_lines(
        version_id=version_id, gross_fen=gross_fen, net_fen=net_fen, absent=absent
    )]  # fmt: skip


def preview_lines(
    *, version_id: int, gross_fen: int, net_fen: int | None = None, absent: Sequence[str] = ()
) -> list[tuple[int, str, int]]:
    """(line's position, role, fen) that a version gives of an amount."""
    net = gross_fen if net_fen is None else net_fen
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, role, amount FROM settlement_split(%s, %s, %s, %s) ORDER BY position",
            [version_id, gross_fen, net, [str(role) for role in absent]],
        )
        return [(position, role, int(amount)) for position, role, amount in cursor.fetchall()]


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
