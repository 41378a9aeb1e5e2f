"""Points for very many purchases at once: the same rows as points.earn writes, by set-based SQL.

The caller books the value returned here as one trade in the same transaction; no fact per lot is published.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from members.models import PointsAccount, PointsLot
from members.queries.points import points_policy
from omnichannel.kernel import clock

from .points_book import expiry, repay_debt

_EARN = """
WITH wanted AS (
    SELECT * FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS w(member_id, points, reference)
    WHERE points > 0
), written AS (
    INSERT INTO members_pointstxn (account_id, kind, points, debt_change, value_fen, reference, occurred_at)
    SELECT member_id, 'earn', points, 0, points::bigint * %s, reference, %s FROM wanted
    ON CONFLICT (kind, reference) DO NOTHING RETURNING id, account_id, points, value_fen
), lots AS (
    INSERT INTO members_pointslot (account_id, txn_id, points, remaining, available_from, expires_on)
    SELECT account_id, id, points, points, %s, %s FROM written
)
SELECT count(*), coalesce(sum(points), 0)::bigint, coalesce(sum(value_fen), 0)::bigint FROM written
"""


@dataclass(frozen=True)
class Earned:
    """points in points, value_fen in fen."""

    lots: int
    points: int
    value_fen: int


@transaction.atomic
def earn_bulk(*, rows: list[tuple[int, int, str]], now: datetime) -> Earned:
    """Credit (member id, money in fen, reference) each by the policy of today, once per reference."""
    today = clock.local_day(now)
    policy = points_policy(day=today)
    if not rows:
        return Earned(0, 0, 0)
    members, money, references = map(list, zip(*rows, strict=True))
    points = [fen * policy.earn_per_yuan // 100 for fen in money]
    accounts = PointsAccount.objects.filter(pk__in=set(members)).order_by("pk").select_for_update()
    indebted = [account for account in accounts if account.debt]
    until = expiry(today, policy.lifetime_months)
    values = [members, points, references, policy.fen_per_point, now, today, until]
    with connection.cursor() as cursor:
        cursor.execute(_EARN, values)
        earned = Earned(*map(int, cursor.fetchone()))
    _repay(indebted, policy, now)
    return earned


def _repay(indebted: list[PointsAccount], policy, now: datetime) -> None:
    for account in indebted:
        for lot in PointsLot.objects.filter(account=account, remaining__gt=0).first_to_lapse():
            if account.debt:
                repay_debt(account, lot, policy, now)
