"""Providers' fees: what clearing estimated, what statements billed, the variance, and what is still open.

All from postings: an estimate is credited to the provider's accrual when a trade is cleared; a signed-off
statement takes the estimate of its trades away and posts what the bill says more or less to the variance.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from members.queries import institutions_by_ids
from settlement.models import AccountKind, LedgerAccount

from .moved_sql import moved

MONTH, DAY = "month", "day"
_PERIOD = {MONTH: "to_char(p.business_date, 'YYYY-MM')", DAY: "p.business_date::text"}

_FEES = """
WITH accrued AS (
    SELECT a.institution_id, p.journal_id, p.business_date, j.kind = 'clearing' AS is_estimate, p.amount_fen
    FROM settlement_ledgeraccount a
    JOIN settlement_posting p ON p.account_id = a.id AND p.business_date BETWEEN %(begin)s AND %(end)s
    JOIN settlement_journal j ON j.id = p.journal_id
    WHERE a.kind = 'fee_accrued'
), variance AS (
    SELECT (SELECT min(b.institution_id) FROM settlement_posting q
            JOIN settlement_ledgeraccount b ON b.id = q.account_id
            WHERE q.journal_id = p.journal_id AND q.business_date = p.business_date) AS institution_id,
           p.business_date, p.amount_fen
    FROM settlement_ledgeraccount a
    JOIN settlement_posting p ON p.account_id = a.id AND p.business_date BETWEEN %(begin)s AND %(end)s
    WHERE a.kind = 'fee_variance'
), everything AS (
    SELECT institution_id, business_date, CASE WHEN is_estimate THEN -amount_fen ELSE 0 END AS estimate,
           CASE WHEN is_estimate THEN 0 ELSE amount_fen END AS released, 0 AS variance FROM accrued
  UNION ALL SELECT institution_id, business_date, 0, 0, amount_fen FROM variance
)
SELECT p.institution_id, {period}, sum(p.estimate)::bigint, sum(p.released)::bigint, sum(p.variance)::bigint
FROM everything p GROUP BY 1, 2 ORDER BY 1, 2
"""

_BEFORE = f"""
SELECT a.institution_id, -sum(m.fen)::bigint FROM settlement_ledgeraccount a
JOIN {moved("< %(begin)s")} m ON true
WHERE a.kind = 'fee_accrued' GROUP BY a.institution_id
"""


@dataclass(frozen=True)
class Fee:
    """Fen of a provider and period. open: estimates not billed yet at its end; code empty: of no provider."""

    code: str
    label: str
    period: str
    estimate: int
    released: int
    variance: int
    open: int

    @property
    def billed(self) -> int:
        return self.released + self.variance


@dataclass(frozen=True)
class Fees:
    rows: list[Fee]
    providers: list[Fee]
    total: Fee
    ledger_open: int

    @property
    def ties(self) -> bool:
        return self.total.open == self.ledger_open


def fees(*, begin: date, end: date, by: str = MONTH) -> Fees:
    """Rows by provider and period, oldest first; providers: their sums over the whole period."""
    values = {"begin": begin, "end": end}
    with connection.cursor() as cursor:
        cursor.execute(_FEES.format(period=_PERIOD.get(by, _PERIOD[MONTH])), values)
        found = cursor.fetchall()
        cursor.execute(_BEFORE, values)
        before = dict(cursor.fetchall())
    parties = {row[0] for row in found} | before.keys()
    cards = institutions_by_ids(parties)
    rows, providers = [], []
    for party in sorted(parties, key=lambda one: cards[one].code if one in cards else "~"):
        card, left, own = cards.get(party), before.get(party, 0), []
        name = (card.code, card.label) if card else ("", "—")
        for _party, period, estimate, released, variance in (row for row in found if row[0] == party):
            left += estimate - released
            own.append(Fee(*name, period, estimate, released, variance, left))
        rows += own
        providers.append(_sum(own, *name, left))
    total = _sum(rows, "", "", sum(one.open for one in providers))
    return Fees(rows, [one for one in providers if one.estimate or one.billed or one.open], total, _open(end))


def _sum(rows: list[Fee], code: str, label: str, left: int) -> Fee:
    sums = (sum(getattr(row, name) for row in rows) for name in ("estimate", "released", "variance"))
    return Fee(code, label, "", *sums, left)


_OPEN = f"""
SELECT coalesce(-sum(m.fen), 0)::bigint FROM settlement_ledgeraccount a
JOIN {moved("<= %(end)s")} m ON true
WHERE a.kind = 'fee_accrued'
"""


def _open(end: date) -> int:
    """The accruals' balance at the end, as the ledger says."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"end": end})
        return cursor.fetchone()[0]


def accounts() -> dict[str, int]:
    """The accrual account of each provider, by its code: the postings behind its figures."""
    rows = LedgerAccount.objects.filter(kind=AccountKind.FEE_ACCRUED).select_related("institution")
    return {row.institution.code: row.pk for row in rows if row.institution}
