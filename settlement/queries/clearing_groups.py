"""The clearing report over any period, by institution, channel, product, day or month as the reader wants.

Days whose report is kept are read from it, days that are still being shared from the shares themselves; a
product's figures come from the folded days, and of days not folded yet from their shares.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError, Invalid
from settlement.models import BusinessDay, ProductFold

from .clearing_report import COLUMNS
from .product_sql import PARTS

OTHER = "other"
NO_PRODUCT = "-"
MOST_DAYS, MOST_ROWS = 400, 20_000
# A grouping and what it groups by.
DIMENSIONS = {
    "institution": "coalesce(f.institution_id::text, f.account_kind)",
    "channel": "f.channel",
    "product": "f.product",
    "day": "f.business_date::text",
    "month": "to_char(f.business_date, 'YYYY-MM')",
}
LABELS = {
    "institution": _("Institution"),
    "channel": _("Channel"),
    "product": _("Product"),
    "day": _("Day"),
    "month": _("Month"),
}


class PeriodInvalid(Invalid):
    code = "period_invalid"
    message = _("A period begins before it ends and is at most %(days)s days long.")


class GroupingInvalid(Invalid):
    code = "grouping_invalid"
    message = _("The report knows no grouping by %(value)s.")


class ReportTooLarge(DomainError):
    code = "report_too_large"
    message = _("More than %(rows)s rows. Choose a shorter period or fewer groups.")


@dataclass(frozen=True)
class Asked:
    """A report as the address asks for it. then: a second grouping or none; the last three are filters."""

    begin: date
    end: date
    by: str = "institution"
    then: str = ""
    party: str = ""
    channel: str = ""
    product: str = ""

    def __post_init__(self):
        if not 0 <= (self.end - self.begin).days < MOST_DAYS:
            raise PeriodInvalid(field="end", days=MOST_DAYS)
        for value in filter(None, (self.by, self.then)):
            if value not in DIMENSIONS:
                raise GroupingInvalid(field="by", value=value[:20])

    @property
    def groups(self) -> tuple[str, ...]:
        return (self.by, self.then) if self.then and self.then != self.by else (self.by,)

    @property
    def is_whole(self) -> bool:
        return not (self.party or self.channel or self.product)


@dataclass
class Line:
    """Fen by column of one group; keys as many as groupings: an institution's id or own account kind, …"""

    keys: tuple[str, ...]
    shares: int = 0
    amounts: dict = field(default_factory=lambda: dict.fromkeys((*COLUMNS, OTHER), 0))

    @property
    def total(self) -> int:
        return sum(self.amounts.values())


_KEPT = """
SELECT business_date, institution_id, account_kind, channel, trade_kind, '' AS product, shares, amount_fen
FROM settlement_clearingline WHERE business_date = ANY (%(kept)s::date[])
"""
_LIVE = """
SELECT s.business_date, s.institution_id, s.account_kind, s.channel, t.kind, '', 1, s.amount_fen
FROM settlement_tradeshare s JOIN settlement_trade t ON t.id = s.trade_id
WHERE s.business_date = ANY (%(days)s::date[])
"""
_FOLDED = """
SELECT business_date, institution_id, account_kind, channel, trade_kind, product, shares, amount_fen
FROM settlement_productline WHERE business_date = ANY (%(kept)s::date[])
"""
_PARTED = """
SELECT business_date, institution_id, account_kind, channel, trade_kind, product, 1, amount_fen FROM parts
"""
PARTY = "coalesce((SELECT i.code FROM members_institution i WHERE i.id = f.institution_id), f.account_kind)"


def lines(asked: Asked) -> list[Line]:
    """The report's rows, the largest groups as the keys sort; raises ReportTooLarge."""
    rows: dict[tuple, Line] = {}
    for *keys, kind, shares, fen in _rows(asked):
        line = rows.setdefault(tuple(keys), Line(tuple(keys)))
        line.shares += shares
        line.amounts[column_of(kind)] += fen
    if len(rows) > MOST_ROWS:
        raise ReportTooLarge(rows=MOST_ROWS)
    return list(rows.values())


def _rows(asked: Asked) -> Iterator[tuple]:
    by_product = "product" in asked.groups or bool(asked.product)
    days = days_of(asked, folded=by_product)
    with_parts = f"WITH {PARTS}, " if by_product and days["days"] else "WITH "
    live = _PARTED if by_product else _LIVE
    facts = f"{_FOLDED if by_product else _KEPT} {f'UNION ALL {live}' if days['days'] else ''}"
    keys = ", ".join(DIMENSIONS[name] for name in asked.groups)
    numbers = ", ".join(str(n + 1) for n in range(len(asked.groups) + 1))
    statement = f"""{with_parts} f AS ({facts})
        SELECT {keys}, f.trade_kind, sum(f.shares)::bigint, sum(f.amount_fen)::bigint FROM f
        WHERE (%(party)s = '' OR {PARTY} = %(party)s) AND (%(channel)s = '' OR f.channel = %(channel)s)
          AND (%(product)s = '' OR f.product = %(wanted)s)
        GROUP BY {numbers} ORDER BY {numbers} LIMIT %(most)s"""
    values = {
        **days, "party": asked.party, "channel": asked.channel, "product": asked.product,
        "wanted": product_of(asked.product), "most": (MOST_ROWS + 1) * (len(COLUMNS) + 1),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield from cursor.fetchall()


def days_of(asked: Asked, *, folded: bool) -> dict:
    """Days of the period that are kept, and those that are read live."""
    known = BusinessDay.objects.filter(business_date__range=(asked.begin, asked.end))
    everything = set(known.values_list("business_date", flat=True))
    if folded:
        kept = set(ProductFold.objects.filter(pk__in=everything).values_list("pk", flat=True))
    else:
        kept = set(known.exclude(reported_at=None).values_list("business_date", flat=True))
    return {"kept": sorted(kept), "days": sorted(everything - kept)}


def column_of(trade_kind: str) -> str:
    return next((name for name, kinds in COLUMNS.items() if trade_kind in kinds), OTHER)


def product_of(asked: str) -> str:
    """The product that an address means: "-" is what has none."""
    return "" if asked == NO_PRODUCT else asked


_BOOKED = """
SELECT coalesce(sum(p.amount_fen), 0)::bigint FROM settlement_ledgeraccount a
JOIN settlement_posting p ON p.account_id = a.id AND p.business_date BETWEEN %s AND %s
JOIN settlement_journal j ON j.id = p.journal_id AND j.kind = 'clearing'
WHERE a.kind = 'split_pending'
"""


def booked_fen(asked: Asked) -> int:
    """What clearing moved out of split pending in the period, as the ledger says: the report's total."""
    with connection.cursor() as cursor:
        cursor.execute(_BOOKED, [asked.begin, asked.end])
        return cursor.fetchone()[0]
