"""The trades behind a product's figure: which part of which share it is."""

from dataclasses import dataclass

from django.db import connection

from members.queries import institution_by_code, institutions_by_ids
from settlement.models import AccountKind, Role, TradeKind

from .clearing_groups import OTHER, Asked, days_of, product_of
from .clearing_report import COLUMNS
from .product_sql import OF_PRODUCT, parts_where

_NAMES = ("trade_id", "kind", "order_number", "original_date", "channel", "role", "institution_id",
          "share_fen", "amount_fen")  # fmt: skip
_NARROW = f"""{OF_PRODUCT}
  AND (%(channel)s = '' OR s.channel = %(channel)s)
  AND (%(kinds)s::text[] IS NULL OR t.kind = ANY (%(kinds)s))
  AND (%(others)s::text[] IS NULL OR t.kind <> ALL (%(others)s))
  AND (%(party)s = '' OR s.institution_id = %(party_id)s
       OR s.institution_id IS NULL AND s.account_kind = %(party)s)
"""
_FIND = f"""
WITH {parts_where(_NARROW)}
SELECT f.trade_id, f.trade_kind, f.order_number, f.original_date, f.channel, f.role, f.institution_id,
       f.share_fen, f.amount_fen, count(*) OVER (), sum(f.amount_fen) OVER ()::bigint
FROM parts f
WHERE f.product = %(product)s AND f.amount_fen <> 0
ORDER BY f.trade_id DESC, f.id, f.product LIMIT %(size)s OFFSET %(start)s
"""


@dataclass(frozen=True)
class Parts:
    rows: list[dict]
    count: int
    sum_fen: int


def _institution_id(party: str) -> int | None:
    """None for an account of ours; raises InstitutionUnknown."""
    return institution_by_code(party).id if party and party not in AccountKind.values else None


def parts(asked: Asked, *, column: str = "", start: int = 0, size: int = 50) -> Parts:
    """The parts of the asked product, newest trade first; sum_fen is over all of them."""
    days = days_of(asked, folded=True)
    values = {
        "days": sorted({*days["kept"], *days["days"]}),
        "product": product_of(asked.product),
        "party": asked.party,
        "party_id": _institution_id(asked.party),
        "channel": asked.channel,
        "kinds": list(COLUMNS[column]) if column in COLUMNS else None,
        "others": [kind for kinds in COLUMNS.values() for kind in kinds] if column == OTHER else None,
        "size": size,
        "start": start,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIND, values)
        found = cursor.fetchall()
    cards = institutions_by_ids(row[6] for row in found)
    rows = [dict(zip(_NAMES, row, strict=False)) | {"institution": cards.get(row[6])} for row in found]
    for row in rows:
        row["kind_label"], row["role_label"] = TradeKind(row["kind"]).label, Role(row["role"]).label
    return Parts(rows, *found[0][-2:]) if found else Parts([], 0, 0)
