"""What is too little to pay, or not collected, is carried: an explicit journal, taken by the next netting.

A carry empties the institution's accounts of the day into `carried`, channel by channel; the next netting
of a day on which something moves for it, or on which it reaches the minimum after all, brings it back
into payable before the positions are summed. So a net position includes what was carried to it.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from settlement.models import AccountKind, Journal

from .payout import TERMS
from .posting import Entry, Leg, post_many

CARRY = "carry"
CARRY_IN = "carry_in"

_DUE = f"""
WITH carried AS (
    SELECT a.institution_id, p.channel, sum(p.amount_fen)::bigint AS amount
    FROM settlement_posting p JOIN settlement_ledgeraccount a ON a.id = p.account_id
    WHERE a.kind = 'carried' AND p.business_date <= %(day)s
    GROUP BY 1, 2 HAVING sum(p.amount_fen) <> 0
), sums AS (
    SELECT institution_id, -sum(amount) AS net FROM carried GROUP BY institution_id
), due AS (
    SELECT s.institution_id FROM sums s JOIN ({TERMS}) t USING (institution_id)
    WHERE (abs(s.net) >= t.minimum_fen AND (s.net > 0 OR t.collects)) OR EXISTS (
        SELECT 1 FROM settlement_ledgeraccount a JOIN settlement_posting p ON p.account_id = a.id
        WHERE a.institution_id = s.institution_id AND p.business_date = %(day)s
          AND a.kind IN ('payable', 'freight_payable', 'store_cash'))
)
SELECT institution_id, channel, amount FROM carried JOIN due USING (institution_id)
ORDER BY institution_id, channel
"""

_SMALL = f"""
SELECT n.institution_id FROM settlement_netposition n JOIN ({TERMS}) t USING (institution_id)
WHERE n.business_date = %(day)s AND n.state = 'netted'
GROUP BY n.institution_id, t.minimum_fen, t.collects
HAVING abs(sum(n.amount_fen)) < t.minimum_fen OR (sum(n.amount_fen) < 0 AND NOT t.collects)
"""

_LEGS = """
SELECT a.institution_id, a.kind, p.channel, sum(p.amount_fen)::bigint
FROM settlement_ledgeraccount a JOIN settlement_posting p ON p.account_id = a.id
WHERE a.institution_id = ANY (%(parties)s) AND p.business_date = %(day)s
  AND a.kind IN ('payable', 'freight_payable', 'store_cash')
GROUP BY 1, 2, 3 HAVING sum(p.amount_fen) <> 0 ORDER BY 1, 2, 3
"""


def bring_in(*, day: date, now: datetime) -> int:
    """Take what was carried into the day's books, before they are netted; how many institutions."""
    legs = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"day": day})
        for party, channel, fen in cursor.fetchall():
            legs[party] += [
                Leg(AccountKind.CARRIED, party, -fen, channel),
                Leg(AccountKind.PAYABLE, party, fen, channel),
            ]
    entries = [Entry(f"{CARRY_IN}:{day}:{party}", tuple(part)) for party, part in legs.items()]
    return post_many(entries=entries, kind=CARRY_IN, business_date=day, now=now)


def carry_small(*, day: date, now: datetime) -> int:
    """Carry what a netted day left below the minimum, or owing and not collected; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_SMALL, {"day": day})
        parties = [row[0] for row in cursor.fetchall()]
        cursor.execute(_LEGS, {"day": day, "parties": parties})
        found = cursor.fetchall()
    held = defaultdict(list)
    for party, kind, channel, fen in found:
        held[party].append((kind, channel, fen))
    entries = [_entry(day, party, legs, 1) for party, legs in held.items()]
    return post_many(entries=entries, kind=CARRY, business_date=day, now=now)


def carry(*, day: date, held: dict[int, Sequence[tuple[str, str, int]]], now: datetime) -> int:
    """Carry balances (kind, channel, fen) that are left of a day when its transfers are proposed."""
    entries = []
    for party, legs in sorted(held.items()):
        tries = Journal.objects.filter(key__startswith=f"{CARRY}:{day}:{party}:").count()
        entries.append(_entry(day, party, legs, tries + 1))
    return post_many(entries=entries, kind=CARRY, business_date=day, now=now)


def _entry(day: date, party: int, held: Sequence[tuple[str, str, int]], number: int) -> Entry:
    legs, by_channel = [], defaultdict(int)
    for kind, channel, fen in held:
        legs.append(Leg(kind, party, -fen, channel))
        by_channel[channel] += fen
    legs += [Leg(AccountKind.CARRIED, party, fen, channel) for channel, fen in by_channel.items()]
    return Entry(f"{CARRY}:{day}:{party}:{number}", tuple(legs))
