"""What must hold of orders, their payments and what hangs on them; asked hourly and on the status page."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import connection

STUCK_AFTER = timedelta(minutes=5)
SHOW = 20

# name, SQL that returns one row per breach with a text
CHECKS = {
    "refunded_within_paid": """
        SELECT p.out_trade_no FROM order_payment p
          LEFT JOIN (SELECT payment_id, sum(amount_fen) AS fen FROM order_refund GROUP BY payment_id) r
            ON r.payment_id = p.id
         WHERE p.refunded_fen > p.captured_fen OR p.refunded_fen <> coalesce(r.fen, 0)""",
    "confirmed_is_paid": """
        SELECT i.number FROM order_orderintake i
          LEFT JOIN (SELECT intake_id, sum(captured_fen) AS fen FROM order_payment GROUP BY intake_id) p
            ON p.intake_id = i.order_id
         WHERE NOT i.cod AND i.state IN ('confirmed', 'fulfilling', 'shipped', 'completed')
           AND coalesce(p.fen, 0) < i.total_fen""",
    "goods_have_a_demand": """
        SELECT i.number FROM order_orderintake i
         WHERE i.state IN ('confirmed', 'fulfilling', 'shipped')
           AND EXISTS (SELECT 1 FROM order_lineterms t WHERE t.intake_id = i.order_id AND t.is_goods)
           AND NOT EXISTS (SELECT 1 FROM fulfillment_fulfillmentdemand d WHERE d.order_number = i.number)""",
    "postage_as_agreed": """
        SELECT i.number FROM order_lineterms t JOIN order_orderintake i ON i.order_id = t.intake_id
          LEFT JOIN fulfillment_posting p ON p.line_id = t.line_id
         WHERE t.kind = 'postage'
           AND (p.postage_fen IS DISTINCT FROM t.amount_fen OR t.quantity <> 1 OR i.total_fen <> t.amount_fen)
         UNION ALL
        SELECT d.order_number FROM fulfillment_posting p
          JOIN fulfillment_fulfillmentdemand d ON d.id = p.demand_id
         WHERE NOT EXISTS (SELECT 1 FROM order_lineterms t WHERE t.line_id = p.line_id)""",
    "paid_is_asked_for": """
        SELECT i.number FROM order_orderintake i
          JOIN fulfillment_fulfillmentdemand d ON d.order_number = i.number
         WHERE i.state IN ('confirmed', 'fulfilling', 'shipped') AND d.state IN ('held', 'released')
        UNION ALL
        SELECT i.number FROM order_orderintake i
          JOIN LATERAL (SELECT sum(captured_fen - refunded_fen) AS fen FROM order_payment
                         WHERE intake_id = i.order_id) p ON p.fen >= i.total_fen
         WHERE i.state = 'awaiting_payment' AND i.total_fen > 0""",
    "key_has_one_effect": """
        SELECT 'lost ' || r.caller || ' ' || r.key FROM kernel_idempotencyrecord r
         WHERE r.route IN ('orders', 'clerk-sell', 'clerk-post') AND r.status < 300
           AND NOT EXISTS (SELECT 1 FROM order_orderintake i WHERE i.number = r.answer ->> 'number')
        UNION ALL
        SELECT 'shared ' || (r.answer ->> 'number') FROM kernel_idempotencyrecord r
         WHERE r.route IN ('orders', 'clerk-sell', 'clerk-post') AND r.status < 300
         GROUP BY r.answer ->> 'number' HAVING count(*) > 1
        UNION ALL
        SELECT 'doubled ' || i.caller || ' ' || i.channel_reference FROM order_orderintake i
         WHERE i.channel_reference <> '' GROUP BY i.caller, i.channel_reference HAVING count(*) > 1
        UNION ALL
        SELECT 'doubled ' || j.kind || ' ' || j.order_number || ' ' || j.line_id
          FROM fulfillment_provisioningjob j WHERE j.state NOT IN ('failed', 'reversed')
         GROUP BY j.kind, j.order_number, j.line_id,
               CASE WHEN j.kind = 'close_account' THEN j.iccid END HAVING count(*) > 1
        UNION ALL
        SELECT 'doubled ' || o.dedupe FROM kernel_outboxmessage o GROUP BY o.dedupe HAVING count(*) > 1""",
    "account_needs_identity": """
        SELECT j.msisdn FROM fulfillment_provisioningjob j
          LEFT JOIN members_identity x ON x.id = j.identity_id
         WHERE j.kind = 'account' AND NOT EXISTS (
               SELECT 1 FROM members_identitycheck c
                WHERE c.member_id = x.member_id AND c.person_key = x.person_key AND c.outcome = 'ok'
                  AND c.checked_at <= j.requested_at)""",
    "dealer_numbers_sold_by_dealer": """
        SELECT n.msisdn || ' ' || n.reference FROM catalogue_number n
          LEFT JOIN order_orderintake i ON i.number = n.reference
         WHERE n.dealer_id IS NOT NULL AND n.state IN ('allocated', 'active', 'suspended')
           AND i.institution_id IS DISTINCT FROM n.dealer_id""",
    "points_add_up": """
        SELECT 'lot ' || l.id FROM members_pointslot l
          LEFT JOIN (
               SELECT x.lot_id, sum(x.points - x.returned) AS used
                 FROM members_pointsallocation x JOIN members_pointstxn t ON t.id = x.txn_id
                WHERE t.kind <> 'burn_return'
                GROUP BY x.lot_id) a
            ON a.lot_id = l.id
         WHERE l.remaining <> l.points - coalesce(a.used, 0)""",
    "points_balance": """
        SELECT 'account ' || a.member_id FROM members_pointsaccount a
          LEFT JOIN (SELECT account_id, sum(points) AS points, sum(debt_change) AS debt
                       FROM members_pointstxn GROUP BY account_id) t ON t.account_id = a.member_id
          LEFT JOIN (SELECT account_id, sum(remaining) AS points
                       FROM members_pointslot GROUP BY account_id) l ON l.account_id = a.member_id
         WHERE coalesce(t.debt, 0) <> a.debt
            OR coalesce(l.points, 0) - a.debt <> coalesce(t.points, 0)""",
    "cards_add_up": """
        SELECT 'card ' || c.id FROM order_prepaidcard c
          LEFT JOIN (SELECT card_id, sum(amount_fen) AS fen FROM order_cardentry GROUP BY card_id) e
            ON e.card_id = c.id
         WHERE c.balance_fen <> coalesce(e.fen, 0)""",
    "outbox_moves": """
        SELECT topic || ' ' || key || ' ' || subscriber FROM kernel_outboxmessage
         WHERE done_at IS NULL AND dead_at IS NULL AND created_at < clock_timestamp() - %(stuck)s
           AND (run_at < clock_timestamp() OR attempts > 0)""",
    "outbox_none_dead": """
        SELECT topic || ' ' || key || ' ' || subscriber FROM kernel_outboxmessage
         WHERE done_at IS NULL AND dead_at IS NOT NULL AND discarded_at IS NULL""",
}


def broken() -> list[tuple[str, str]]:
    """(check, what) of every breach, at most twenty of a kind; one statement per check."""
    return [(name, what) for name, found in one_by_one() for what in found]


def one_by_one() -> Iterator[tuple[str, list[str]]]:
    """Each check with what it found, as soon as it is done."""
    for name, statement in CHECKS.items():
        with connection.cursor() as cursor:
            cursor.execute(f"{statement} LIMIT {SHOW}", {"stuck": STUCK_AFTER})
            yield name, [row[0] for row in cursor.fetchall()]
