"""What a till import came to, from the shares that clearing gave."""

from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from omnichannel.kernel.clock import day_bounds
from settlement.models import ImportedSale, TillImport


def imports(*, text: str = "", day: date | None = None) -> QuerySet[TillImport]:
    """Newest first. text: part of a file's name, or of the chain's code or name; day: when it was begun."""
    rows = TillImport.objects.select_related("chain").order_by("-pk")
    if text:
        chain = Q(chain__code__icontains=text) | Q(chain__name__icontains=text)
        rows = rows.filter(Q(file_name__icontains=text) | chain | Q(chain__name_en__icontains=text))
    if day:
        begin, end = day_bounds(day)
        rows = rows.filter(started_at__gte=begin, started_at__lt=end)
    return rows


_CLEARED = """
SELECT i.code, t.original_date, sum(s.amount_fen)::bigint
FROM settlement_importedsale k
JOIN settlement_trade t ON t.source_key = 'till:' || k.id
JOIN settlement_tradeshare s ON s.trade_id = t.id
JOIN members_institution i ON i.id = k.store_id
WHERE k.batch_id = %s GROUP BY i.code, t.original_date
"""


def cleared_by_store_and_day(*, batch_id: int) -> list[tuple[str, date, int]]:
    """(store code, original day, fen given to all parties) of an import's cleared sales."""
    with connection.cursor() as cursor:
        cursor.execute(_CLEARED, [batch_id])
        return [(code, day, int(fen)) for code, day, fen in cursor.fetchall()]


def totals(*, batch_id: int) -> dict[str, int]:
    """Fen by column, and lines, of an import."""
    names = {
        "amount": "amount_fen",
        "store_discount": "store_discount_fen",
        "coupon": "coupon_fen",
        "coupon_match": "coupon_match_fen",
        "lines": "lines_count",
    }
    sums = {f"sum_{name}": Sum(column, default=0) for name, column in names.items()}
    found = ImportedSale.objects.filter(batch_id=batch_id).aggregate(**sums)
    return {name: int(found[f"sum_{name}"]) for name in names}
