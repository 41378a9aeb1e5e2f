"""What points are worth and what a purchase earns, by the policy in force."""

from datetime import datetime

from members.queries.points import points_policy
from omnichannel.kernel import clock

from .points import earn


def fen_of(points: int) -> int:
    """What points pay for when spent today, fen."""
    return points * points_policy(day=clock.today()).fen_per_point


def points_for(amount_fen: int) -> int:
    """Points that pay an amount, rounded up to whole points."""
    return -(-amount_fen // points_policy(day=clock.today()).fen_per_point)


def earn_for_purchase(*, member_id: int, amount_fen: int, reference: str, now: datetime) -> int | None:
    """Credit what a purchase earns; nothing for less than a point. Idempotent on the reference."""
    earned = amount_fen * points_policy(day=clock.local_day(now)).earn_per_yuan // 100
    return earn(member_id=member_id, points=earned, reference=reference, now=now) if earned else None
