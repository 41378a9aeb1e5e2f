"""What a dealer owes us for takings, less what it earned: the books and what has not reached them yet."""

from datetime import datetime, timedelta

from django.db import connection

from settlement.models import POSITION_KINDS, AccountKind

# What stands between us and an institution, wherever a night has put it.
KINDS = (*POSITION_KINDS, AccountKind.CARRIED, AccountKind.TRANSFER, AccountKind.SUSPENSE)
# A payment is booked within seconds. What is older and not booked stands among the dead messages.
UNBOOKED = timedelta(days=2)

# One statement, so that a payment is seen either in the books or among those on their way to them.
_OWED = """
WITH account AS (
    SELECT id FROM settlement_ledgeraccount WHERE institution_id = %(dealer)s AND kind = ANY (%(kinds)s)
), sealed AS (
    SELECT coalesce(max(business_date), '0001-01-01'::date) AS day FROM settlement_businessday
    WHERE state = 'sealed'
)
SELECT coalesce((
    SELECT sum(t.debit_fen - t.credit_fen) FROM sealed, account
    JOIN settlement_accountturnover t ON t.account_id = account.id WHERE t.business_date <= sealed.day
), 0)::bigint + coalesce((
    SELECT sum(p.amount_fen) FROM sealed, account
    JOIN settlement_posting p ON p.account_id = account.id WHERE p.business_date > sealed.day
), 0)::bigint + coalesce((
    SELECT sum(p.captured_fen) FROM order_payment p
    WHERE p.collector_id = %(dealer)s AND p.state = 'captured' AND p.captured_at > %(since)s
      AND NOT EXISTS (SELECT FROM settlement_trade t
                      WHERE t.payment_id = p.id AND t.kind IN ('payment', 'card_sale'))
), 0)::bigint
"""


def owed_by(dealer_id: int, *, now: datetime) -> int:
    """Fen that the dealer took for us and has not paid, less what it earned; negative: we owe the dealer.

    A collection that the bank has not carried out counts as not paid. One statement.
    """
    values = {"dealer": dealer_id, "kinds": list(KINDS), "since": now - UNBOOKED}
    with connection.cursor() as cursor:
        cursor.execute(_OWED, values)
        return cursor.fetchone()[0]
