"""A reported day's shares folded by product, apart from the night: the figures of the report by product."""

from datetime import date, datetime

from django.db import connection, transaction

from settlement.models import BusinessDay, ProductFold
from settlement.queries.product_sql import PARTS

MOST_DAYS = 20
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('settlement_product_fold'))"
_FOLD = f"""
WITH {PARTS}
INSERT INTO settlement_productline
    (business_date, institution_id, account_kind, channel, trade_kind, product, shares, amount_fen)
SELECT business_date, institution_id,
       CASE WHEN institution_id IS NOT NULL AND account_kind IN ('payable', 'freight_payable') THEN 'payable'
            ELSE account_kind END, channel, trade_kind, product, count(*), sum(amount_fen)::bigint
FROM parts WHERE amount_fen <> 0 GROUP BY 1, 2, 3, 4, 5, 6
"""


def fold_due(*, now: datetime) -> list[date]:
    """Fold reported days that are not folded yet, the newest first, at most MOST_DAYS of them."""
    folded = ProductFold.objects.values("business_date")
    due = BusinessDay.objects.exclude(reported_at=None).exclude(business_date__in=folded)
    days = list(due.order_by("-business_date").values_list("business_date", flat=True)[:MOST_DAYS])
    return [day for day in days if fold(day=day, now=now)]


@transaction.atomic
def fold(*, day: date, now: datetime) -> bool:
    """Fold one day once; False when it was folded before."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        if ProductFold.objects.filter(pk=day).exists():
            return False
        cursor.execute(_FOLD, {"days": [day]})
    ProductFold.objects.create(business_date=day, made_at=now)
    return True
