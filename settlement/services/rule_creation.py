"""A new rule: its conditions are given once; it holds for nobody until its first version is confirmed."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.channels import Channel
from members.queries import institution
from omnichannel.kernel.errors import DomainError, Invalid
from settlement.models import LIVE_STATES, SplitRule, SplitRuleVersion
from settlement.values import OFFERING_KINDS, SELLER_KINDS

from . import rule_decisions
from .rule_lines import LineSpec
from .rules import propose_version

CONDITIONS = ("offering_kind", "seller_kind", "channel", "seller_id")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_PRIORITY = 999


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
