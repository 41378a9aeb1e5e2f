"""Split rules for their pages: what holds, what waits, what a comparison found."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from members.queries import institutions_by_ids
from omnichannel.kernel.errors import NotFound
from settlement.models import (
    DecisionState,
    RuleComparison,
    RuleComparisonLine,
    RuleComparisonOrder,
    SplitRule,
    SplitRuleVersion,
)


class RuleUnknown(NotFound):
    code = "split_rule_unknown"
    message = _("We do not know this rule.")


class VersionUnknown(NotFound):
    code = "rule_version_unknown"
    message = _("We do not know this version.")


IN_FORCE, WAITING, COMING, OUT_OF_FORCE = "in_force", "waiting", "coming", "out_of_force"
STATES = {
    IN_FORCE: _("in force"),
    WAITING: _("waits for confirmation"),
    COMING: _("begins later"),
    OUT_OF_FORCE: _("not in force"),
}


@dataclass(frozen=True)
class Card:
    """A rule with its version of today, those that wait, and those that begin later."""

    rule: SplitRule
    current: SplitRuleVersion | None
    waiting: tuple[SplitRuleVersion, ...]
    coming: tuple[SplitRuleVersion, ...]

    @property
    def states(self) -> set[str]:
        found = {IN_FORCE if self.current else OUT_OF_FORCE}
        return found | ({WAITING} if self.waiting else set()) | ({COMING} if self.coming else set())


def card(rule: SplitRule, day: date) -> Card:
    """From what is loaded; versions come with the newest date first."""
    versions = list(rule.versions.all())
    confirmed = [one for one in versions if one.state == DecisionState.CONFIRMED]
    begun = next((one for one in confirmed if one.valid_from <= day), None)
    return Card(
        rule=rule,
        current=None if begun is None or begun.ends else begun,
        waiting=tuple(one for one in versions if one.state == DecisionState.PROPOSED),
        coming=tuple(one for one in confirmed if one.valid_from > day),
    )


def cards(
    day: date,
    *,
    offering_kind: str = "",
    seller_kind: str = "",
    channel: str = "",
    text: str = "",
    state: str = "",
) -> list[Card]:
    """Rules in the order in which they are asked. text: of code or name, or of the seller's."""
    rows = SplitRule.objects.select_related("seller").prefetch_related(_versions())
    wanted = {"offering_kind": offering_kind, "seller_kind": seller_kind, "channel": channel}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if text:
        names = ("code", "name", "name_en", "seller__code", "seller__name", "seller__name_en")
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__icontains": text})
        rows = rows.filter(found)
    shown = [card(rule, day) for rule in rows]
    return [one for one in shown if not state or state in one.states]


def _versions() -> Prefetch:
    """With lines and people."""
    rows = SplitRuleVersion.objects.select_related("rule__seller", "proposed_by", "decided_by")
    return Prefetch("versions", rows.prefetch_related("lines"))


def rule_by_code(code: str) -> SplitRule:
    """With versions and lines. Raises RuleUnknown."""
    rows = SplitRule.objects.select_related("seller").prefetch_related(_versions())
    rule = rows.filter(code=code).first()
    if rule is None:
        raise RuleUnknown()
    return rule


def version(code: str, number: int) -> SplitRuleVersion:
    """With lines and people. Raises VersionUnknown."""
    rows = SplitRuleVersion.objects.select_related("rule__seller", "proposed_by", "decided_by")
    found = rows.prefetch_related("lines").filter(rule__code=code, number=number).first()
    if found is None:
        raise VersionUnknown()
    return found


def comparison(comparison_id: int) -> RuleComparison | None:
    rows = RuleComparison.objects.select_related("before__rule", "after__rule")
    return rows.filter(pk=comparison_id).first()


def latest_comparison(version_id: int) -> RuleComparison | None:
    rows = RuleComparison.objects.select_related("before__rule", "after__rule")
    return rows.filter(after_id=version_id).first()


@dataclass(frozen=True)
class Party:
    """Fen that a party would get under both versions, and of how many orders it changes."""

    role: str
    institution_id: int | None
    label: str
    before: int
    after: int
    orders: int

    @property
    def difference(self) -> int:
        return self.after - self.before


def parties(comparison_id: int) -> list[Party]:
    """Of a whole comparison, the largest difference first."""
    rows = RuleComparisonLine.objects.filter(comparison_id=comparison_id).values_list(
        "role", "institution_id"
    )
    sums = rows.annotate(before=Sum("before_fen"), after=Sum("after_fen"), orders=Sum("orders_changed"))
    found = list(sums.order_by())
    names = institutions_by_ids(row[1] for row in found)
    shown = [
        Party(role, party, names[party].label if party in names else "", before, after, orders)
        for role, party, before, after, orders in found
    ]
    return sorted(shown, key=lambda one: (-abs(one.difference), one.role, one.label))


def changed(comparison_id: int, *, role: str = "", party: str = "") -> QuerySet[RuleComparisonOrder]:
    """Orders of which somebody would get something else. party: an id, or -."""
    rows = RuleComparisonOrder.objects.filter(comparison_id=comparison_id).select_related("institution")
    if role:
        rows = rows.filter(role=role)
    if party == "-":
        rows = rows.filter(institution=None)
    elif party.isdecimal():
        rows = rows.filter(institution_id=int(party))
    return rows.order_by("reference", "role", "pk")


def orders_changed(comparison_id: int) -> int:
    """How many orders change for anybody."""
    rows = RuleComparisonOrder.objects.filter(comparison_id=comparison_id)
    return rows.aggregate(n=Count("reference", distinct=True))["n"]


_BENCH_ORDER = """
SELECT l.line_id, l.kind, l.amount_fen, r.code, v.number, s.position, s.role, s.amount,
       CASE s.role WHEN 'seller' THEN l.seller_id WHEN 'attributed_store' THEN o.attributed_id
                   WHEN 'fulfiller' THEN o.fulfiller_id WHEN 'courier' THEN o.courier_id END AS institution_id
FROM settlement_ordershareterms o
JOIN settlement_ordertermsline l ON l.terms_id = o.id
JOIN settlement_splitruleversion v ON v.id = coalesce(%(version)s, l.rule_version_id)
JOIN settlement_splitrule r ON r.id = v.rule_id
CROSS JOIN LATERAL settlement_split(v.id, l.amount_fen, l.net_fen,
    CASE WHEN o.attributed_id IS NULL THEN '{attributed_store}' ELSE '{}' END::text[]) s
WHERE o.order_number = %(order)s ORDER BY l.line_id, s.position
"""


def bench_order(order_number: str, *, version_id: int | None = None) -> list[dict]:
    """What an order's lines give whom under a version (None: each its own); empty for unknown orders."""
    with connection.cursor() as cursor:
        cursor.execute(_BENCH_ORDER, {"order": order_number, "version": version_id})
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    cards_of = institutions_by_ids(row["institution_id"] for row in rows)
    return [
        row | {"label": cards_of[row["institution_id"]].label if row["institution_id"] in cards_of else ""}
        for row in rows
    ]


def rule_for(
    *, day: date, offering_kind: str, seller_kind: str, channel: str, seller_id: int | None = None
) -> SplitRuleVersion | None:
    """The version that the books would take for such a line."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version_id FROM settlement_rule_for(%s, %s, %s, %s, %s, NULL)",
            [day, offering_kind, seller_kind, channel, seller_id],
        )
        row = cursor.fetchone()
    rows = SplitRuleVersion.objects.select_related("rule").prefetch_related("lines")
    return rows.get(pk=row[0]) if row else None
