"""How often a place takes what it is asked for, by its own answers: routing weighs δ ÷ this rate.

A place that was asked three times says little about itself, so the rate of its profile counts as so many
answers more (ACCEPTANCE_PRIOR_ANSWERS): taken and asked of the last ACCEPTANCE_DAYS days are added to these.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from omnichannel.kernel.locks import advisory_lock

# A parcel that was asked for counts once it is answered: declined also means too late, or taken before.
_RECKON = """
WITH answers AS (
    SELECT e.fulfillment_id, bool_or(e.state = 'declined') AS is_declined
    FROM fulfillment_fulfillmentevent e
    WHERE e.at >= %(since)s AND e.state IN ('awaiting_acceptance', 'accepted', 'declined')
    GROUP BY e.fulfillment_id
    HAVING bool_or(e.state = 'awaiting_acceptance') AND bool_or(e.state IN ('accepted', 'declined'))
), places AS (
    SELECT o.location_id, count(*) AS asked, count(*) FILTER (WHERE NOT a.is_declined) AS taken
    FROM answers a JOIN fulfillment_fulfillmentorder o ON o.id = a.fulfillment_id
    GROUP BY o.location_id
)
INSERT INTO fulfillment_acceptancerate (location_id, asked, taken, percent, reckoned_at)
SELECT p.location_id, p.asked, p.taken, greatest(1, round(
        (100.0 * p.taken + %(prior)s * f.acceptance_percent) / (p.asked + %(prior)s))), %(now)s
FROM places p JOIN fulfillment_locationprofile f ON f.location_id = p.location_id
ON CONFLICT (location_id) DO UPDATE SET asked = EXCLUDED.asked, taken = EXCLUDED.taken,
    percent = EXCLUDED.percent, reckoned_at = EXCLUDED.reckoned_at
"""
_FORGET = "DELETE FROM fulfillment_acceptancerate WHERE reckoned_at < %(now)s"


@transaction.atomic
def reckon(*, now: datetime) -> int:
    """Reckon the rate of each place with answers of late, forget the others'; returns how many have one."""
    advisory_lock("acceptance rates")
    values = {
        "since": now - timedelta(days=settings.ACCEPTANCE_DAYS),
        "prior": settings.ACCEPTANCE_PRIOR_ANSWERS,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECKON, values)
        found = cursor.rowcount
        cursor.execute(_FORGET, values)
    return found
