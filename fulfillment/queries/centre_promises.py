"""Promises of the operations centre, as in invariants.CHECKS: subject, what is there, what should be."""

CHECKS = {
    # No hand-over before the account is open.
    "left_with_account_open": """
        SELECT o.code || ' ' || l.msisdn, 0, 1 FROM fulfillment_fulfillmentorder o
        JOIN fulfillment_fulfillmentline l ON l.fulfillment_id = o.id AND l.msisdn <> ''
        WHERE o.state IN ('packed', 'ready_for_pickup', 'handed_over', 'out_for_delivery', 'delivered')
            AND NOT EXISTS (
                SELECT 1 FROM fulfillment_provisioningjob j
                WHERE j.fulfillment_id = o.id AND j.line_id = l.line_id
                    AND j.kind = 'account' AND j.state = 'done')
    """,
    # A card that the network refused, or whose account was closed again, never goes back to free; taken
    # back at its station it lies in the parcel until the network has closed.
    "used_cards_not_free": """
        SELECT u.serial, 1, 0 FROM fulfillment_serialunit u
        JOIN fulfillment_provisioningjob j ON j.iccid = u.serial AND j.kind = 'account'
        WHERE u.state IN ('free', 'claimed') AND (j.state = 'failed' OR EXISTS (
            SELECT 1 FROM fulfillment_provisioningjob c
            WHERE c.fulfillment_id = j.fulfillment_id AND c.iccid = j.iccid AND c.kind = 'close_account'
                AND (u.state = 'free' OR c.undo_id IS NULL OR c.state = 'done')))
        GROUP BY u.serial
    """,
    # No "delivered" without the identity check where the parcel demands it.
    "delivered_with_identity": """
        SELECT o.code, 0, 1 FROM fulfillment_fulfillmentorder o
        JOIN fulfillment_delivery d ON d.fulfillment_id = o.id
        WHERE o.state = 'delivered' AND d.identity_id IS NOT NULL AND d.identity_passed_at IS NULL
    """,
    "delivered_has_proof": """
        SELECT o.code, 0, 1 FROM fulfillment_fulfillmentorder o
        WHERE o.state = 'delivered'
            AND NOT EXISTS (SELECT 1 FROM fulfillment_evidence e WHERE e.fulfillment_id = o.id)
    """,
    "proofs_sealed": """
        SELECT o.code, 0, 1 FROM fulfillment_evidence e
        JOIN fulfillment_fulfillmentorder o ON o.id = e.fulfillment_id
        WHERE e.seals = '{}' OR e.mac = ''
    """,
    "wall_slots_free_when_left": """
        SELECT s.code || ' @ ' || s.location_id || ' ' || o.code, 1, 0 FROM fulfillment_wallslot s
        JOIN fulfillment_fulfillmentorder o ON o.id = s.fulfillment_id
        WHERE o.state IN ('handed_over', 'out_for_delivery', 'delivered', 'refused', 'returned', 'lost')
    """,
    "accounts_answered": """
        SELECT msisdn || ' ' || order_number, extract(epoch FROM %(now)s - requested_at)::int, 0
        FROM fulfillment_provisioningjob
        WHERE state = 'waiting' AND requested_at < %(now)s - interval '1 hour'
    """,
}
