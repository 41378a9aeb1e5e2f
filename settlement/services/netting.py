"""Netting: what a day left each institution with, recomputed from postings."""

from datetime import date, datetime

from django.db import connection, transaction

from settlement.models import BusinessDay, DayState, NetPosition

from . import carrying, clawbacks, night_session, suspense

_POSITIONS = """
WITH parties AS (
    SELECT a.institution_id, p.channel, -sum(p.amount_fen)::bigint AS amount
    FROM settlement_posting p JOIN settlement_ledgeraccount a ON a.id = p.account_id
    JOIN settlement_journal j ON j.id = p.journal_id AND j.kind NOT IN ('transfer', 'suspense', 'carry')
    WHERE p.business_date = %(day)s AND a.kind IN ('payable', 'freight_payable', 'store_cash')
    GROUP BY a.institution_id, p.channel
)
INSERT INTO settlement_netposition (business_date, institution_id, channel, currency, amount_fen)
SELECT %(day)s, institution_id, channel, 'CNY', amount FROM parties
UNION ALL
SELECT %(day)s, NULL, channel, 'CNY', -sum(amount)::bigint FROM parties GROUP BY channel
"""


@transaction.atomic
def net(*, day: date, now: datetime) -> None:
    """Write the day's net positions, what was carried to it included; put what fails in suspense.

    What is below the institution's minimum pay-out is carried on. Again gives the same.
    """
    row = BusinessDay.objects.select_for_update().get(business_date=day)
    if row.state != DayState.BALANCED:
        return
    NetPosition.objects.filter(business_date=day).delete()
    carrying.bring_in(day=day, now=now)
    with connection.cursor() as cursor:
        night_session.whole_day(cursor)
        cursor.execute(_POSITIONS, {"day": day})
    clawbacks.note(day=day)
    suspense.set_apart_failing(day=day, now=now)
    carrying.carry_small(day=day, now=now)
    row.state, row.netted_at = DayState.NETTED, now
    row.save(update_fields=["state", "netted_at"])
