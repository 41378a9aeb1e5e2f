"""The audit trail in the reader's language: what is kept are codes, what is shown are words."""

import json

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from omnichannel.kernel.money import display
from settlement.models import DayState, FundTransfer, TransferState

register = template.Library()

# How subjects begin; the longer one first.
SUBJECTS = {
    "transfer limit of": gettext_lazy("transfer limit of"),
    "transfer file": gettext_lazy("transfer file"),
    "pay-out terms": gettext_lazy("pay-out terms"),
    "business day": gettext_lazy("business day"),
    "bank answer": gettext_lazy("bank's answer"),
    "prepaid card": gettext_lazy("prepaid card"),
    "adjustment": gettext_lazy("adjustment"),
    "statement": gettext_lazy("statement"),
    "transfer": pgettext_lazy("finance", "transfer"),
    "breaks": gettext_lazy("breaks"),
    "limits": gettext_lazy("limits"),
    "points": gettext_lazy("points"),
    "offer": gettext_lazy("offer"),
    "rule": gettext_lazy("rule"),
}
FACTS = {
    "address": gettext_lazy("address"),
    "amount_fen": gettext_lazy("amount"),
    "answer": gettext_lazy("answer"),
    "asked": gettext_lazy("filters"),
    "before": gettext_lazy("state before"),
    "changed": gettext_lazy("changed"),
    "collects": gettext_lazy("collects"),
    "count": pgettext_lazy("audit", "count"),
    "daily_fen": gettext_lazy("in a day"),
    "difference_fen": gettext_lazy("difference"),
    "direction": gettext_lazy("direction"),
    "evidence": gettext_lazy("the bank's word"),
    "fee_fen": gettext_lazy("fee"),
    "file": gettext_lazy("file"),
    "funder": gettext_lazy("borne by"),
    "journal": gettext_lazy("journal"),
    "minimum_fen": gettext_lazy("minimum"),
    "most_fen": gettext_lazy("at most"),
    "new": gettext_lazy("new"),
    "note": gettext_lazy("note"),
    "original_date": gettext_lazy("original day"),
    "outcome": gettext_lazy("outcome"),
    "provider": gettext_lazy("provider"),
    "reason": gettext_lazy("reason"),
    "resolution": gettext_lazy("resolution"),
    "rows": gettext_lazy("rows"),
    "rule": gettext_lazy("rule"),
    "scope": gettext_lazy("scope"),
    "seal": gettext_lazy("seal"),
    "sponsor": gettext_lazy("sponsor"),
    "state": gettext_lazy("state"),
    "sum_fen": gettext_lazy("sum"),
    "theirs_fen": gettext_lazy("theirs"),
    "two_above_fen": gettext_lazy("two people above"),
    "valid_from": gettext_lazy("valid from"),
}
VALUES = dict(FundTransfer.Direction.choices) | dict(TransferState.choices) | dict(DayState.choices)
SHORT = 12  # of a hash


@register.filter
def audit_subject(subject: str) -> str:
    """transfer T20261121-3 with its first words translated; what is none of ours stays as it is."""
    for begin, words in SUBJECTS.items():
        if subject == begin or subject.startswith(f"{begin} "):
            return f"{words}{subject[len(begin) :]}"
    return subject


@register.filter
def audit_facts(details: dict) -> list[tuple[str, str]]:
    """Name and value of an entry's details; what is empty is left out."""
    return [
        (str(FACTS.get(name, name)), _shown(name, value))
        for name, value in details.items()
        if value not in (None, "", {}, [])
    ]


def _shown(name: str, value) -> str:
    if name.endswith("_fen") and isinstance(value, int):
        return display(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in ("sha256", "seal"):
        return f"{value[:SHORT]}…"
    if isinstance(value, dict):
        return ", ".join(f"{key}={one}" for key, one in value.items())
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return str(VALUES.get(value, value))
