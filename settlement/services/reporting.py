"""The last stage before people take over: the day's clearing report is summed from the shares and kept."""

from datetime import date, datetime

from django.db import connection, transaction

from settlement.models import BilateralLine, BusinessDay, ClearingLine, DayState
from settlement.queries.bilateral_sql import LINES, OWED

# One pass over the shares, folded finely enough for both tables; each is a sum of its rows.
_LINES = f"""
WITH fine AS MATERIALIZED (
    SELECT s.institution_id, s.channel, t.kind AS trade_kind, t.original_date,
           CASE WHEN s.institution_id IS NOT NULL AND s.account_kind IN ('payable', 'freight_payable')
                THEN 'payable' ELSE s.account_kind END AS account_kind,
           coalesce(t.provider_id, t.collector_id) AS holder_id,
           count(*) AS shares, sum(s.amount_fen)::bigint AS amount_fen
    FROM settlement_tradeshare s JOIN settlement_trade t ON t.id = s.trade_id
    WHERE s.business_date = %(day)s
    GROUP BY 1, 2, 3, 4, 5, 6
), folded AS (
    SELECT holder_id, CASE WHEN account_kind = 'payable' THEN institution_id END AS party_id,
           sum(amount_fen)::bigint AS amount
    FROM fine GROUP BY 1, 2
), {OWED}, matrix AS (
    INSERT INTO settlement_bilateralline (business_date, institution_id, counterparty_id, amount_fen)
    SELECT %(day)s, lines.* FROM ({LINES}) lines
)
INSERT INTO settlement_clearingline
    (business_date, institution_id, account_kind, channel, trade_kind, original_date, shares, amount_fen)
SELECT %(day)s, institution_id, account_kind, channel, trade_kind, original_date, sum(shares),
       sum(amount_fen)::bigint
FROM fine GROUP BY institution_id, account_kind, channel, trade_kind, original_date
"""
# Room to fold a large day in memory: some ten thousand groups.
_MEMORY = "SET LOCAL work_mem = '16MB'"


@transaction.atomic
def report(*, day: date, now: datetime) -> None:
    """Write the day's report lines; again gives the same."""
    row = BusinessDay.objects.select_for_update().get(business_date=day)
    if row.reported_at or row.state not in (DayState.NETTED, DayState.INSTRUCTED):
        return
    ClearingLine.objects.filter(business_date=day).delete()
    BilateralLine.objects.filter(business_date=day).delete()
    with connection.cursor() as cursor:
        cursor.execute(_MEMORY)
        cursor.execute(_LINES, {"day": day})
    row.reported_at = now
    row.save(update_fields=["reported_at"])
