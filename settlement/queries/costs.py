"""Unit cost of channels: a view of the cost postings over the transactions of orders and tills.

Unit cost = (depreciation and amortisation + operating lease + labour + other) ÷ transactions, with and
without queries; totals are sums of costs ÷ sums of transactions. An order counts when it is confirmed, a
till sale on its day, both at the branch that the institution belongs to; what has none at the carrier.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from members.models import Institution
from omnichannel.kernel.clock import day_bounds
from omnichannel.kernel.errors import Invalid

from .exports import channel_label
from .monthly import end_of

KINDS = {
    "cost_depreciation": _("Depreciation and amortisation"),
    "cost_lease": _("Operating lease"),
    "cost_labour": _("Labour"),
    "cost_other": _("Other"),
}
DIMENSIONS = {"channel": _("Channel"), "branch": _("Branch"), "month": _("Month")}
MOST_MONTHS = 24
_HEADS = ("branch", "carrier")


class CostPeriodInvalid(Invalid):
    code = "cost_period_invalid"
    message = _("A period begins before it ends and is at most %(months)s months long.")


class CostGroupingInvalid(Invalid):
    code = "cost_grouping_invalid"
    message = _("The report knows no grouping by %(value)s.")


@dataclass(frozen=True)
class Asked:
    """First days of the first and last month; by and then: groupings."""

    begin: date
    end: date
    by: str = "channel"
    then: str = ""

    def __post_init__(self):
        months = (self.end.year - self.begin.year) * 12 + self.end.month - self.begin.month
        if not 0 <= months < MOST_MONTHS:
            raise CostPeriodInvalid(field="end", months=MOST_MONTHS)
        for value in filter(None, (self.by, self.then)):
            if value not in DIMENSIONS:
                raise CostGroupingInvalid(field="by", value=value[:20])

    @property
    def groups(self) -> tuple[str, ...]:
        return (self.by, self.then) if self.then and self.then != self.by else (self.by,)

    @property
    def last(self) -> date:
        return end_of(self.end)


@dataclass
class Line:
    """Costs in fen by kind, transactions and queries as numbers. keys: one per grouping."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    costs: dict = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    transactions: int = 0
    queries: int = 0

    @property
    def cost(self) -> int:
        return sum(self.costs.values())

    @property
    def unit_fen(self) -> int | None:
        """Fen a transaction, half a fen rounded up; None without transactions."""
        return per(self.cost, self.transactions)

    @property
    def unit_with_queries_fen(self) -> int | None:
        return per(self.cost, self.transactions + self.queries)


@dataclass
class Report:
    """booked_fen: what the ledger took over for these months, summed by another road."""

    lines: list[Line]
    total: Line
    booked_fen: int

    @property
    def ties(self) -> bool:
        return self.total.cost == self.booked_fen


def per(fen: int, number: int) -> int | None:
    return (2 * fen + number) // (2 * number) if number else None


_COSTS = """
SELECT a.kind, a.institution_id, p.channel, to_char(j.original_date, 'YYYY-MM'), sum(p.amount_fen)::bigint
FROM settlement_ledgeraccount a
JOIN settlement_posting p ON p.account_id = a.id
JOIN settlement_journal j ON j.id = p.journal_id AND j.original_date BETWEEN %(begin)s AND %(last)s
WHERE a.kind IN ('cost_depreciation', 'cost_lease', 'cost_labour', 'cost_other')
  AND p.business_date >= %(begin)s
GROUP BY 1, 2, 3, 4
"""
_TAKEN = """
SELECT coalesce(-sum(p.amount_fen), 0)::bigint
FROM settlement_ledgeraccount a
JOIN settlement_posting p ON p.account_id = a.id AND p.business_date >= %(begin)s
JOIN settlement_journal j ON j.id = p.journal_id AND j.original_date BETWEEN %(begin)s AND %(last)s
WHERE a.kind = 'cost_taken_over'
"""
_COUNTS = """
SELECT 'transactions', attributed_id, channel,
       to_char(frozen_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM'), count(*)
FROM settlement_ordershareterms WHERE frozen_at >= %(since)s AND frozen_at < %(until)s GROUP BY 2, 3, 4
UNION ALL
SELECT 'transactions', store_id, 'till', to_char(original_date, 'YYYY-MM'), count(*)
FROM settlement_importedsale WHERE original_date BETWEEN %(begin)s AND %(last)s GROUP BY 2, 4
UNION ALL
SELECT 'queries', institution_id, channel, to_char(month, 'YYYY-MM'), sum(queries)::bigint
FROM settlement_costline WHERE kind = 'queries' AND month BETWEEN %(begin)s AND %(last)s GROUP BY 2, 3, 4
"""


def report(asked: Asked) -> Report:
    """Rows sorted by their labels, their total, and what the ledger says; four queries."""
    values = {"begin": asked.begin, "last": asked.last, "since": day_bounds(asked.begin)[0],
              "until": day_bounds(asked.last)[1]}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_COSTS, values)
        costs = cursor.fetchall()
        cursor.execute(_COUNTS, values)
        counts = cursor.fetchall()
        cursor.execute(_TAKEN, values)
        booked = cursor.fetchone()[0]
    heads = Heads({row[1] for row in (*costs, *counts)})
    lines: dict[tuple, Line] = {}
    total = Line((), ())
    for name, institution_id, channel, month, figure in (*costs, *counts):
        facts = {"channel": (channel, channel_label(channel)), "branch": heads.of(institution_id),
                 "month": (month, month)}  # fmt: skip
        keys, labels = zip(*(facts[group] for group in asked.groups), strict=True)
        for line in (lines.setdefault(keys, Line(keys, labels)), total):
            _add(line, name, figure)
    return Report(sorted(lines.values(), key=lambda line: line.labels), total, booked)


def _add(line: Line, name: str, figure: int) -> None:
    if name in KINDS:
        line.costs[name] += figure
    else:
        setattr(line, name, getattr(line, name) + figure)


class Heads:
    """The branch, else the carrier, that an institution belongs to; one query for any number of them."""

    def __init__(self, ids: Iterable[int | None]):
        wanted = [number for number in ids if number is not None]
        rows = Institution.objects.filter(kind__in=_HEADS).order_by("path")
        self.heads = {row.path: (row.code, row.label) for row in rows}
        self.paths = dict(Institution.objects.filter(pk__in=wanted).values_list("pk", "path"))
        self.root = next(iter(self.heads.values()), ("", "—"))

    def of(self, institution_id: int | None) -> tuple[str, str]:
        """(code, label)"""
        path = self.paths.get(institution_id, "")
        while path:
            if path in self.heads:
                return self.heads[path]
            path = path[: path.rstrip("/").rfind("/") + 1]
        return self.root
