"""Claw-backs: refunds of what had been paid out, noted when their day is netted (decision 7).

The customer's refund is booked at once and never waits for the party's balance. Its share of the refund
stands against the party in the refund's own day; where the share of the payment lies in a day that a
transfer has paid out, the netting that takes it back names it: whose, of which refund, of which day, paid by
which transfer.
"""

from datetime import date

from django.db import connection

# A transfer empties an institution's accounts up to its day, so it has paid every share up to there.
# Most refunds are of orders paid on the same day: those are left out before anything is looked up by party.
_CLAWBACKS = """
WITH negative AS MATERIALIZED (
    SELECT s.trade_id, s.institution_id FROM settlement_tradeshare s
    WHERE s.business_date = %(day)s AND s.amount_fen < 0 AND s.institution_id IS NOT NULL
      AND s.account_kind IN ('payable', 'freight_payable')
    GROUP BY s.trade_id, s.institution_id
), late AS MATERIALIZED (
    SELECT t.id, t.order_number, t.channel
    FROM (SELECT DISTINCT trade_id FROM negative) n
    CROSS JOIN LATERAL (SELECT * FROM settlement_trade WHERE id = n.trade_id LIMIT 1) t
    WHERE t.kind = 'refund' AND t.order_number <> '' AND %(day)s > (
        SELECT min(p.business_date) FROM settlement_trade p
        WHERE p.order_number = t.order_number AND p.order_number <> '' AND p.kind = 'payment')
)
INSERT INTO settlement_clawback
    (business_date, institution_id, trade_id, order_number, channel, original_date, paid_by_id, amount_fen)
SELECT %(day)s, taken.institution_id, taken.trade_id, taken.order_number, taken.channel, given.day, paid.id,
       taken.amount
FROM (
    SELECT n.institution_id, t.id AS trade_id, t.order_number, t.channel, sums.amount
    FROM late t JOIN negative n ON n.trade_id = t.id
    CROSS JOIN LATERAL (
        SELECT -sum(s.amount_fen)::bigint AS amount FROM settlement_tradeshare s
        WHERE s.trade_id = n.trade_id AND s.business_date = %(day)s AND s.institution_id = n.institution_id
          AND s.account_kind IN ('payable', 'freight_payable')
    ) sums
    WHERE sums.amount > 0
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
