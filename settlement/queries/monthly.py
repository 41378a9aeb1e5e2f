"""An institution's statement of a month: opening, what moved by day and kind, closing; equal to its accounts.

All accounts of the institution count but those in OUTSIDE: money on its way to the bank has left the
statement, and costs that a branch caused are nobody's claim. Figures are fen in the institution's favour.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from members.queries import institution_by_code
from omnichannel.kernel.errors import Invalid
from settlement.models import AccountKind, BusinessDay, DayState, FundTransfer, TradeKind

from .ledger import own_name
from .moved_sql import moved

OUTSIDE = (
    AccountKind.TRANSFER, AccountKind.BANK, AccountKind.COST_DEPRECIATION, AccountKind.COST_LEASE,
    AccountKind.COST_LABOUR, AccountKind.COST_OTHER,
)  # fmt: skip
SHARED, MOVED, DIFFERS = "share", "journal", "differs"
# What the lines of shares and of other journals are called where the trade's own name does not fit.
_NAMES = {
    (SHARED, "payment"): _("Sales"),
    (SHARED, "refund"): _("Refunds"),
    (SHARED, "clawback"): _("Claw-backs after pay-out"),
    (SHARED, "till_sale"): _("Till sales"),
    (SHARED, "freight"): _("Freight"),
    (MOVED, "payment"): _("Takings kept at the counter"),
    (MOVED, "refund"): _("Paid back at the counter"),
    (MOVED, "transfer"): _("Fund transfers"),
    (MOVED, "carry"): _("Carried to the next netting"),
    (MOVED, "carry_in"): _("Carried from earlier days"),
    (MOVED, "transfer_failed"): _("Transfers that failed"),
    (MOVED, "adjustment"): _("Adjustments"),
    (MOVED, "recon"): _("Fees and differences of statements"),
    (MOVED, "suspense"): _("Moved to suspense"),
    (MOVED, "release"): _("Released from suspense"),
    (DIFFERS, ""): _("Difference between shares and books"),
}


class MonthInvalid(Invalid):
    code = "month_invalid"
    message = _("%(value)s is not a month. Write it as 2026-11.")


@dataclass(frozen=True)
class Line:
    """source and kind: of the shares of trades, or of journals; what is behind the line follows from them."""

    day: date
    label: str
    fen: int
    source: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Monthly:
    """kinds: sum by kind of line; accounts: (kind's label, opening, closing)."""

    code: str
    name: str
    month: date
    last: date
    opening: int
    lines: list[Line]
    kinds: list[tuple[str, int]]
    closing: int
    accounts: list[tuple[str, int, int]]
    transfers: list[FundTransfer]
    is_final: bool

    @property
    def moved(self) -> int:
        return sum(line.fen for line in self.lines)


def month_of(text: str, *, today: date) -> date:
    """The first day of "2026-11", of this month without any; raises MonthInvalid, for coming months too."""
    if not text:
        return today.replace(day=1)
    if not re.fullmatch(r"\d{4}-\d{2}", text) or not 1 <= int(text[5:]) <= 12 or text[:4] == "0000":
        raise MonthInvalid(field="month", value=text[:10])
    first = date(int(text[:4]), int(text[5:]), 1)
    if first > today:
        raise MonthInvalid(field="month", value=text)
    return first


def end_of(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


_BALANCES = f"""
SELECT a.kind, coalesce(sum(-m.fen) FILTER (WHERE m.business_date < %(first)s), 0)::bigint,
       coalesce(sum(-m.fen), 0)::bigint
FROM settlement_ledgeraccount a
JOIN {moved("<= %(last)s")} m ON true
WHERE a.institution_id = %(institution)s AND NOT a.kind = ANY (%(outside)s)
GROUP BY a.kind ORDER BY a.kind
"""

_LINES = """
WITH moved AS (
    SELECT p.business_date, j.kind, -sum(p.amount_fen)::bigint AS fen
    FROM settlement_ledgeraccount a
    JOIN settlement_posting p ON p.account_id = a.id AND p.business_date BETWEEN %(first)s AND %(last)s
    JOIN settlement_journal j ON j.id = p.journal_id
    WHERE a.institution_id = %(institution)s AND NOT a.kind = ANY (%(outside)s) GROUP BY 1, 2
), shared AS (
    SELECT l.business_date, l.trade_kind AS kind, sum(l.amount_fen)::bigint AS fen
    FROM settlement_clearingline l
    JOIN settlement_businessday d ON d.business_date = l.business_date AND d.reported_at IS NOT NULL
    WHERE l.institution_id = %(institution)s AND l.business_date BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
  UNION ALL
    SELECT s.business_date, t.kind, sum(s.amount_fen)::bigint
    FROM settlement_businessday d
    JOIN settlement_tradeshare s ON s.business_date = d.business_date AND s.institution_id = %(institution)s
    JOIN settlement_trade t ON t.id = s.trade_id
    WHERE d.reported_at IS NULL AND d.business_date BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
), taken_back AS (
    SELECT business_date, sum(amount_fen)::bigint AS fen FROM settlement_clawback
    WHERE institution_id = %(institution)s AND business_date BETWEEN %(first)s AND %(last)s GROUP BY 1
)
SELECT business_date, 'share', kind, sum(fen)::bigint FROM (
    SELECT business_date, kind, fen FROM shared
    UNION ALL SELECT business_date, 'refund', fen FROM taken_back
    UNION ALL SELECT business_date, 'clawback', -fen FROM taken_back
) given GROUP BY business_date, kind
UNION ALL SELECT business_date, 'journal', kind, fen FROM moved WHERE kind <> 'clearing'
UNION ALL SELECT business_date, 'differs', '', sum(fen)::bigint FROM (
    SELECT business_date, fen FROM moved WHERE kind = 'clearing'
    UNION ALL SELECT business_date, -fen FROM shared
) cleared GROUP BY business_date
ORDER BY 1, 2 DESC, 3
"""


def statement(*, code: str, month: date) -> Monthly:
    """Raises InstitutionUnknown. Five queries."""
    card = institution_by_code(code)
    last = end_of(month)
    asked = {"institution": card.id, "first": month, "last": last, "outside": list(OUTSIDE)}
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES, asked)
        balances = cursor.fetchall()
        cursor.execute(_LINES, asked)
        lines = [
            Line(day, label(source, kind), fen, source, kind)
            for day, source, kind, fen in cursor.fetchall()
            if fen
        ]
    days = BusinessDay.objects.filter(business_date__range=(month, last))
    return Monthly(
        code=card.code, name=card.label, month=month, last=last,
        opening=sum(row[1] for row in balances), lines=lines, kinds=_by_kind(lines),
        closing=sum(row[2] for row in balances),
        accounts=[(str(AccountKind(kind).label), before, after) for kind, before, after in balances],
        transfers=list(FundTransfer.objects.filter(
            institution_id=card.id, business_date__range=(month, last)).order_by("business_date", "pk")),
        is_final=days.exists() and not days.exclude(state__in=(DayState.CLOSED, DayState.SEALED)).exists(),
    )  # fmt: skip


def label(source: str, kind: str) -> str:
    """What a line is called: its own name, else the trade's, else the journal's kind as it stands."""
    if (source, kind) in _NAMES:
        return str(_NAMES[source, kind])
    words = str(TradeKind(kind).label) if kind in TradeKind.values else kind.replace("_", " ")
    return words[:1].upper() + words[1:]


def _by_kind(lines: list[Line]) -> list[tuple[str, int]]:
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.label] = sums.get(line.label, 0) + line.fen
    return list(sums.items())


_EVERYBODY = """
SELECT i.code, i.name, i.name_en, i.kind, sum(before)::bigint, sum(moved)::bigint FROM (
    SELECT a.institution_id, CASE WHEN m.business_date < %(first)s THEN -m.fen ELSE 0 END AS before,
           CASE WHEN m.business_date < %(first)s THEN 0 ELSE -m.fen END AS moved
    FROM settlement_ledgeraccount a
    JOIN (
        SELECT account_id, business_date, debit_fen - credit_fen AS fen FROM settlement_accountturnover
        WHERE business_date <= %(last)s
      UNION ALL
        SELECT p.account_id, p.business_date, p.amount_fen FROM settlement_posting p
        JOIN settlement_businessday d ON d.business_date = p.business_date AND d.state <> 'sealed'
        WHERE p.business_date <= %(last)s
    ) m ON m.account_id = a.id
    WHERE a.institution_id IS NOT NULL AND NOT a.kind = ANY (%(outside)s)
) rows JOIN members_institution i ON i.id = rows.institution_id
WHERE %(words)s = '' OR i.code ILIKE %(like)s OR i.name ILIKE %(like)s OR i.name_en ILIKE %(like)s
GROUP BY i.code, i.name, i.name_en, i.kind ORDER BY i.code
"""


def everybody(*, month: date, words: str = "") -> list[dict]:
    """Every institution with accounts: its opening, movement and closing of the month; one query."""
    values = {"first": month, "last": end_of(month), "outside": list(OUTSIDE), "words": words,
              "like": f"%{words}%"}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_EVERYBODY, values)
        found = cursor.fetchall()
    return [
        {"code": code, "name": own_name(name, name_en), "kind": kind, "opening": before, "moved": moved,
         "closing": before + moved}
        for code, name, name_en, kind, before, moved in found
    ]  # fmt: skip
