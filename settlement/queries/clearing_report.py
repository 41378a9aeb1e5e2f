"""The clearing report: by institution and channel, every figure the sum of shares that lie behind it."""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from members.queries import institutions_by_ids
from settlement.models import AccountKind, BusinessDay

# A column of the report and the kinds of trades in it.
COLUMNS = {
    "payments": ("payment",),
    "refunds": ("refund",),
    "till": ("till_sale",),
    "freight": ("freight",),
}

# Of a day whose report is kept, and of one whose shares are still being given.
_KEPT = """
SELECT institution_id, CASE WHEN institution_id IS NULL THEN account_kind ELSE '' END AS own, channel,
       trade_kind, sum(shares)::bigint, sum(amount_fen)::bigint
FROM settlement_clearingline
WHERE business_date = %(day)s AND (%(original)s::date IS NULL OR original_date = %(original)s)
GROUP BY 1, 2, 3, 4
"""

_LIVE = """
SELECT s.institution_id, CASE WHEN s.institution_id IS NULL THEN s.account_kind ELSE '' END AS own, s.channel,
       t.kind, count(*), sum(s.amount_fen)::bigint
FROM settlement_tradeshare s JOIN settlement_trade t ON t.id = s.trade_id
WHERE s.business_date = %(day)s AND (%(original)s::date IS NULL OR t.original_date = %(original)s)
GROUP BY 1, 2, 3, 4
"""

_GROSS = """
SELECT t.channel, t.kind, count(*), sum(t.amount_fen)::bigint FROM settlement_trade t
WHERE t.business_date = %(day)s AND (%(original)s::date IS NULL OR t.original_date = %(original)s)
GROUP BY t.channel, t.kind
"""


@dataclass
class Row:
    """Fen that a party got of a channel's trades. party: institution code, or account kind of our own."""

    party: str
    label: str
    channel: str
    shares: int = 0
    amounts: dict = field(default_factory=lambda: dict.fromkeys(COLUMNS, 0))

    @property
    def total(self) -> int:
        return sum(self.amounts.values())


@dataclass
class Report:
    rows: list[Row]
    parties: list[Row]
    totals: dict
    gross: dict

    @property
    def total(self) -> int:
        return sum(self.totals.values())

    @property
    def ties(self) -> bool:
        """What was given away is what came in, column by column."""
        return self.totals == self.gross


def report(*, day: date, original: date | None = None) -> Report:
    """Rows by party and channel, parties as their sums, gross as the trades themselves say."""
    values = {"day": day, "original": original}
    with connection.cursor() as cursor:
        cursor.execute(_KEPT if is_kept(day) else _LIVE, values)
        found = cursor.fetchall()
        cursor.execute(_GROSS, values)
        gross = {(channel, kind): int(fen) for channel, kind, _count, fen in cursor.fetchall()}
    rows = _rows(found)
    totals = {name: sum(row.amounts[name] for row in rows) for name in COLUMNS}
    taken = {
        name: sum(fen for (_channel, kind), fen in gross.items() if kind in kinds)
        for name, kinds in COLUMNS.items()
    }
    return Report(rows=rows, parties=_by_party(rows), totals=totals, gross=taken)


def is_kept(day: date) -> bool:
    return BusinessDay.objects.filter(business_date=day, reported_at__isnull=False).exists()


def _rows(found: list[tuple]) -> list[Row]:
    cards = institutions_by_ids(line[0] for line in found)
    rows: dict[tuple, Row] = {}
    for institution_id, own, channel, kind, shares, fen in found:
        card = cards.get(institution_id)
        party, label = (card.code, card.label) if card else (own, own_label(own))
        row = rows.setdefault((party, channel), Row(party=party, label=label, channel=channel))
        row.shares += shares
        for name, kinds in COLUMNS.items():
            row.amounts[name] += fen if kind in kinds else 0
    return sorted(rows.values(), key=lambda row: (row.party in AccountKind.values, row.label, row.channel))


def own_label(kind: str) -> str:
    """What our own accounts are called in reports."""
    return _("Platform: %(account)s") % {"account": AccountKind(kind).label if kind else ""}


def _by_party(rows: list[Row]) -> list[Row]:
    parties: dict[str, Row] = {}
    for row in rows:
        party = parties.setdefault(row.party, Row(row.party, row.label, ""))
        party.shares += row.shares
        for name, fen in row.amounts.items():
            party.amounts[name] += fen
    return list(parties.values())
