"""Claw-backs: refunds of what had been paid out, noted when their day is netted (decision 7).

The customer's refund is booked at once and never waits for the party's balance. Its share of the refund
stands against the party in the refund's own day; where the share of the payment lies in a day that a
transfer has paid out, the netting that takes it back names it: whose, of which refund, of which day, paid by
which transfer.
"""

from datetime import date

from django.db import connection

# A transfer empties an institution's accounts up to its day, so it has paid every share up to there.
_CLAWBACKS = """
INSERT INTO settlement_clawback
    (business_date, institution_id, trade_id, order_number, channel, original_date, paid_by_id, amount_fen)
SELECT %(day)s, taken.institution_id, taken.trade_id, taken.order_number, taken.channel, given.day, paid.id,
       taken.amount
FROM (
    SELECT s.institution_id, t.id AS trade_id, t.order_number, t.channel, -sum(s.amount_fen)::bigint AS amount
    FROM settlement_tradeshare s JOIN settlement_trade t ON t.id = s.trade_id
    WHERE s.business_date = %(day)s AND t.kind = 'refund' AND t.order_number <> ''
      AND s.institution_id IS NOT NULL AND s.account_kind IN ('payable', 'freight_payable')
    GROUP BY s.institution_id, t.id, t.order_number, t.channel HAVING sum(s.amount_fen) < 0
) taken
CROSS JOIN LATERAL (
    SELECT min(s.business_date) AS day
    FROM settlement_trade p JOIN settlement_tradeshare s ON s.trade_id = p.id
    WHERE p.order_number = taken.order_number AND p.order_number <> '' AND p.kind = 'payment'
      AND s.institution_id = taken.institution_id AND s.amount_fen > 0
) given
CROSS JOIN LATERAL (
    SELECT f.id FROM settlement_fundtransfer f
    WHERE f.institution_id = taken.institution_id AND f.business_date >= given.day
      AND f.business_date < %(day)s AND f.state IN ('confirmed', 'exported', 'sent', 'succeeded', 'unknown')
    ORDER BY f.business_date LIMIT 1
) paid
"""


def note(*, day: date) -> int:
    """Write the day's claw-backs anew; returns how many. Part of netting the day."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM settlement_clawback WHERE business_date = %s", [day])
        cursor.execute(_CLAWBACKS, {"day": day})
        return cursor.rowcount
