"""Flash sales: a fair queue in front of the shop, and how many there are to sell behind it.

The queue (gateways/waiting_room.py) only turns away. Whoever is let in gets a signed admission for some
minutes; the database refuses an order without one, the second order of one admission, more than a customer's
share, and more than there are (migration 0004). Without Redis everybody is let in, and the database still
does all of that.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from math import ceil

from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from redis.exceptions import RedisError

from members.actors import Actor

from ..gateways import waiting_room
from ..models import Campaign, CampaignItem
from ..queries.campaigns import Sale, has_ordered
from ..values import Admission

SALT = "fulfillment.campaigns"
SHARES = 8  # parts of an item's units, so that buyers do not wait for one row
log = logging.getLogger(__name__)

# Shares are locked in order of their number; what was sold stays sold, only the rest is divided anew.
_LOCK = "SELECT 1 FROM fulfillment_campaignshare WHERE item_id = %(item)s ORDER BY number FOR NO KEY UPDATE"
_SHARE_OUT = """
WITH rest AS (
    SELECT greatest(0, %(quantity)s - coalesce((
        SELECT sum(units) FROM fulfillment_campaignuse WHERE item_id = %(item)s AND NOT given_back
    ), 0))::int AS units
)
INSERT INTO fulfillment_campaignshare AS s (item_id, number, free)
SELECT %(item)s, n, rest.units / %(parts)s + (n < rest.units %% %(parts)s)::int
FROM rest, generate_series(0, %(parts)s - 1) n
ON CONFLICT (item_id, number) DO UPDATE SET free = excluded.free
"""


@dataclass(frozen=True)
class Standing:
    """Where a visitor stands. token: the admission, until `until`. wait_seconds: an estimate."""

    ahead: int = 0
    waiting: int = 0
    wait_seconds: int = 0
    token: str = ""
    until: datetime | None = None


def stand(sale: Sale, ticket: str, *, now: datetime) -> Standing:
    """Queue up with a ticket of one's own, or ask how far one is.

    Before the start everybody who waits gets a place by lot, afterwards by arrival.
    """
    try:
        seen = waiting_room.visit(
            campaign=sale.code,
            ticket=ticket,
            now_ms=_ms(now),
            opens_ms=_ms(sale.starts_at),
            draw=_draw(sale, ticket),
            per_minute=sale.admit_per_minute,
            stay_ms=sale.admission_minutes * 60_000,
            left=sale.left,
            stale_ms=settings.CAMPAIGN_STALE_SECONDS * 1000,
            lives_ms=_ms(sale.ends_at + timedelta(days=1)) - _ms(now),
        )
    except RedisError as error:
        log.warning("the waiting room of %s does not answer: %s", sale.code, error)
        if sale.phase(now) != "open":
            return Standing()
        return _admitted(sale, ticket, now + timedelta(minutes=sale.admission_minutes))
    if seen.inside_until_ms:
        return _admitted(sale, ticket, datetime.fromtimestamp(seen.inside_until_ms / 1000, UTC))
    wait = ceil((seen.ahead + 1) * 60 / sale.admit_per_minute)
    if now < sale.starts_at:
        wait += ceil((sale.starts_at - now).total_seconds())
    return Standing(ahead=seen.ahead, waiting=seen.waiting, wait_seconds=wait)


def leave(sale: Sale, ticket: str) -> None:
    """Make room for the next: its place, or its turn, is not wanted."""
    _leave(sale.code, ticket)


def _leave(code: str, ticket: str) -> None:
    try:
        waiting_room.leave(campaign=code, ticket=ticket)
    except RedisError as error:
        log.warning("the waiting room of %s does not answer: %s", code, error)


def make_way(used: Iterable[Admission]) -> None:
    """Whoever has ordered by these makes room for the next at once, not when the admission would end.

    Talks to Redis: call it after the order's transaction.
    """
    codes = dict(
        Campaign.objects.filter(pk__in=[each.campaign_id for each in used]).values_list("pk", "code")
    )
    for each in used:
        if each.campaign_id in codes and has_ordered(campaign_id=each.campaign_id, ticket=each.ticket):
            _leave(codes[each.campaign_id], each.ticket)


def crowd(code: str) -> tuple[int, int] | None:
    """How many wait in the queue, and how many may order now; None while Redis does not answer."""
    try:
        return waiting_room.size(campaign=code)
    except RedisError as error:
        log.warning("the waiting room of %s does not answer: %s", code, error)
        return None


def admissions(tokens: Iterable[str], *, now: datetime) -> tuple[Admission, ...]:
    """What valid tokens admit to; one that is forged, broken or too old is as good as none."""
    found = (_read(token, now) for token in tokens)
    return tuple(each for each in found if each)


@transaction.atomic
def share_out(*, actor: Actor, campaign_id: int) -> None:
    """Make what is on sale as many units as the items say, less what was sold. Raises NotAllowed."""
    actor.must_have("operator")
    Campaign.objects.select_for_update().get(pk=campaign_id)
    items = CampaignItem.objects.filter(campaign=campaign_id).order_by("pk")
    with connection.cursor() as cursor:
        for pk, quantity in items.values_list("pk", "quantity"):
            values = {"item": pk, "quantity": quantity, "parts": SHARES}
            cursor.execute(_LOCK, values)
            cursor.execute(_SHARE_OUT, values)


def _admitted(sale: Sale, ticket: str, until: datetime) -> Standing:
    until = min(until, sale.ends_at)
    token = signing.Signer(salt=SALT).sign_object([sale.id, ticket, until.timestamp()])
    return Standing(token=token, until=until)


def _read(token: str, now: datetime) -> Admission | None:
    try:
        campaign_id, ticket, until = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return Admission(campaign_id, ticket) if until >= now.timestamp() else None


def _draw(sale: Sale, ticket: str) -> float:
    """A ticket's lot in [0, 1): the same at each asking, not to be chosen by who brings the ticket."""
    lot = blake2b(ticket.encode(), key=sale.secret.encode(), digest_size=6).digest()
    return int.from_bytes(lot, "big") / 2**48


def _ms(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)
