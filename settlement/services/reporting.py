"""The day's clearing report is summed from the shares and kept.

Shares are final when the day is cleared, so a second worker reports while the first one balances and nets.
"""

from datetime import date, datetime

from django.db import connection, transaction

from settlement.models import BilateralLine, BusinessDay, ClearingLine, DayState
from settlement.queries.bilateral_sql import LINES, OWED

from . import clearing, night_session

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
CLEARED = (DayState.CLEARING, DayState.BALANCED, DayState.NETTED, DayState.INSTRUCTED)
# The day's row stays free for those who balance and net it meanwhile.
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('settlement_report'), %s)"


@transaction.atomic
def report(*, day: date, now: datetime) -> None:
    """Write a cleared day's report lines; again gives the same."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [day.toordinal()])
    row = BusinessDay.objects.get(business_date=day)
    if row.reported_at or row.state not in CLEARED or not clearing.is_done(day):
        return
    ClearingLine.objects.filter(business_date=day).delete()
    BilateralLine.objects.filter(business_date=day).delete()
    with connection.cursor() as cursor:
        night_session.whole_day(cursor)
        cursor.execute(_LINES, {"day": day})
    BusinessDay.objects.filter(pk=row.pk).update(reported_at=now)
