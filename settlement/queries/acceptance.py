"""What a dealer accepted for us: by day and by order, what it sold, took in cash and earned.

The books of a business day are what counts: shares come with the night, so a day that is not cleared shows
the cash alone. Amounts in fen. Without the parcels that a dealer carries or ships for others.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid

LATELY = timedelta(days=31)
MOST_DAYS = 366


class PeriodInvalid(Invalid):
    code = "period_invalid"
    message = _("Choose a period of at most %(most)s days, its end not before its begin.")


# Shares are looked up day by day, by the index over day and institution; cash by the dealer's own account.
_ROWS = """
WITH shared AS (
    SELECT s.business_date, t.id AS trade, t.order_number, t.kind, s.role, s.amount_fen AS fen,
           CASE WHEN t.business_date = s.business_date THEN t.amount_fen END AS paid
    FROM settlement_businessday d
    JOIN settlement_tradeshare s ON s.business_date = d.business_date AND s.institution_id = %(dealer)s
    JOIN settlement_trade t ON t.id = s.trade_id AND t.kind IN ('payment', 'refund')
    JOIN settlement_ordershareterms o ON o.order_number = t.order_number AND o.attributed_id = %(dealer)s
    WHERE d.business_date BETWEEN %(begin)s AND %(end)s
), taken AS (
    SELECT p.business_date, t.id AS trade, t.order_number, t.kind, t.amount_fen AS paid, p.amount_fen AS fen
    FROM settlement_ledgeraccount a
    JOIN settlement_posting p ON p.account_id = a.id AND p.business_date BETWEEN %(begin)s AND %(end)s
    JOIN settlement_journal j ON j.id = p.journal_id
        AND j.kind IN ('payment', 'refund', 'card_sale', 'card_refund')
    JOIN settlement_trade t ON t.journal_id = j.id
    LEFT JOIN settlement_ordershareterms o ON o.order_number = t.order_number
    WHERE a.institution_id = %(dealer)s AND a.kind = 'store_cash'
        AND (o.attributed_id = %(dealer)s OR o.id IS NULL)
), trades AS (
    SELECT business_date, trade, order_number, kind, paid, role, fen, 0::bigint AS cash FROM shared
    UNION ALL
    SELECT business_date, trade, order_number, kind, paid, '', 0, fen FROM taken
), orders AS (
    SELECT business_date, order_number,
        coalesce(sum(paid) FILTER (WHERE first), 0)::bigint AS sold,
        sum(cash)::bigint AS cash,
        coalesce(sum(fen) FILTER (WHERE role = 'attributed_store'), 0)::bigint AS commission,
        coalesce(sum(fen) FILTER (WHERE role NOT IN ('attributed_store', '')), 0)::bigint AS own,
        bool_or(kind IN ('payment', 'card_sale') AND paid IS NOT NULL) AS is_new
    FROM (
        SELECT *, row_number() OVER (PARTITION BY business_date, trade ORDER BY role) = 1 AS first FROM trades
    ) numbered GROUP BY business_date, order_number
)
"""
_DAYS = f"""{_ROWS}
SELECT o.business_date, count(*) FILTER (WHERE o.is_new), sum(o.sold)::bigint, sum(o.cash)::bigint,
       sum(o.commission)::bigint, sum(o.own)::bigint, d.state NOT IN ('open', 'cutoff', 'clearing')
FROM orders o JOIN settlement_businessday d ON d.business_date = o.business_date
GROUP BY o.business_date, d.state ORDER BY o.business_date DESC
"""
_ORDERS = f"""{_ROWS}
SELECT business_date, order_number, sold, cash, commission, own FROM orders
ORDER BY business_date DESC, order_number DESC
"""


@dataclass(frozen=True)
class Earned:
    """sold: what customers paid, less what went back; own: for goods from the dealer's own shelf."""

    sold: int
    cash: int
    commission: int
    own: int

    @property
    def net(self) -> int:
        """What the day or order brings the dealer; negative: it owes us."""
        return self.commission + self.own - self.cash


@dataclass(frozen=True)
class Day(Earned):
    day: date
    orders: int
    is_cleared: bool


@dataclass(frozen=True)
class Accepted(Earned):
    day: date
    order_number: str


def period_of(begin: date | None, end: date | None, *, today: date) -> tuple[date, date]:
    """The month until today where nothing was asked for; raises PeriodInvalid."""
    end = end or max(today, begin or today)
    begin = begin or end - LATELY
    if not begin <= end or (end - begin).days >= MOST_DAYS:
        raise PeriodInvalid(field="begin", most=MOST_DAYS)
    return begin, end


def days(dealer_id: int, *, begin: date, end: date) -> list[Day]:
    """The newest first; days without anything are absent. One statement."""
    return [
        Day(sold, cash, commission, own, day, orders, is_cleared)
        for day, orders, sold, cash, commission, own, is_cleared in _rows(_DAYS, dealer_id, begin, end)
    ]


def orders(dealer_id: int, *, begin: date, end: date) -> list[Accepted]:
    """By business day and order, the newest first. One statement."""
    return [
        Accepted(sold, cash, commission, own, day, number)
        for day, number, sold, cash, commission, own in _rows(_ORDERS, dealer_id, begin, end)
    ]


def total(rows: list[Day] | list[Accepted]) -> Earned:
    return Earned(
        *(sum(getattr(row, name) for row in rows) for name in ("sold", "cash", "commission", "own"))
    )


def _rows(statement: str, dealer_id: int, begin: date, end: date) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"dealer": dealer_id, "begin": begin, "end": end})
        return cursor.fetchall()
