"""Sell-in and sell-out per dealer, model and day, reckoned from receipts and activations alone.

Sell-in: units that the dealer counted in, and a surplus that it keeps. Sell-out: units of parcels that
customers received from the dealer, without those they did not take at the door, and units that the network
saw while the books had them on the dealer's shelf. What the dealer says plays no part. A day is reckoned as
a whole and may be reckoned again.
"""

from datetime import date, datetime, timedelta

from django.db import connection, transaction

from omnichannel.kernel import clock

LATE = timedelta(days=7)

_RECKON = """
WITH ours AS (
    SELECT dealer_id FROM fulfillment_dealerterms WHERE counts_from <= %(day)s
), came AS (
    SELECT r.order_id, x.line_id, x.received AS units
    FROM fulfillment_dealerreceipt r JOIN fulfillment_dealerreceiptline x ON x.receipt_id = r.id
    WHERE r.at >= %(begins)s AND r.at < %(ends)s
    UNION ALL
    SELECT r.order_id, s.line_id, s.units
    FROM fulfillment_dealersurplus s JOIN fulfillment_dealerreceipt r ON r.id = s.receipt_id
    WHERE s.state = 'kept' AND s.decided_at >= %(begins)s AND s.decided_at < %(ends)s
), bought AS (
    SELECT o.dealer_id, l.sku, sum(c.units)::int AS units
    FROM came c JOIN fulfillment_dealerorder o ON o.id = c.order_id
    JOIN fulfillment_dealerorderline l ON l.id = c.line_id
    GROUP BY o.dealer_id, l.sku
), sold AS (
    SELECT dealer_id, sku, sum(units)::int AS units FROM (
        SELECT f.location_id AS dealer_id, l.sku, l.quantity - coalesce(r.quantity, 0) AS units
        FROM fulfillment_fulfillmentorder f
        JOIN ours ON ours.dealer_id = f.location_id
        JOIN fulfillment_fulfillmentline l ON l.fulfillment_id = f.id
        LEFT JOIN fulfillment_refusedunits r ON r.line_id = l.id
        WHERE f.state = 'delivered' AND f.changed_at >= %(begins)s AND f.changed_at < %(ends)s
        UNION ALL
        SELECT a.dealer_id, u.sku, 1
        FROM fulfillment_serialactivation a JOIN fulfillment_serialunit u ON u.id = a.unit_id
        WHERE a.dealer_id IS NOT NULL AND a.activated_at >= %(begins)s AND a.activated_at < %(ends)s
    ) gone GROUP BY dealer_id, sku
), facts AS (
    SELECT dealer_id, sku, coalesce(b.units, 0) AS sell_in, coalesce(s.units, 0) AS sell_out
    FROM bought b FULL JOIN sold s USING (dealer_id, sku)
    JOIN ours USING (dealer_id)
    WHERE coalesce(b.units, 0) + coalesce(s.units, 0) > 0
), gone AS (
    DELETE FROM fulfillment_dealerday d USING ours
    WHERE d.day = %(day)s AND d.dealer_id = ours.dealer_id
        AND NOT EXISTS (SELECT FROM facts f WHERE f.dealer_id = d.dealer_id AND f.sku = d.sku)
)
INSERT INTO fulfillment_dealerday AS d (dealer_id, sku, day, sell_in, sell_out)
SELECT dealer_id, sku, %(day)s, sell_in, sell_out FROM facts
ON CONFLICT (dealer_id, sku, day) DO UPDATE
    SET sell_in = excluded.sell_in, sell_out = excluded.sell_out
    WHERE (d.sell_in, d.sell_out) IS DISTINCT FROM (excluded.sell_in, excluded.sell_out)
"""


def reckon_recent(*, now: datetime, back: timedelta = LATE) -> int:
    """Reckon today and the days before it; late news changes them. Returns how many rows changed."""
    today = clock.local_day(now)
    return sum(reckon(day=today - timedelta(days=n)) for n in range(back.days + 1))


@transaction.atomic
def reckon(*, day: date) -> int:
    """One statement; two at once wait for each other."""
    begins, ends = clock.day_bounds(day)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('dealer_day'), %s)", [day.toordinal()])
        cursor.execute(_RECKON, {"day": day, "begins": begins, "ends": ends})
        return cursor.rowcount
