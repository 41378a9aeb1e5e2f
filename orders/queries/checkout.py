"""Reads for the checkout page."""

from members import queries as members
from members.services import points_value
from omnichannel.kernel import clock


def spendable_fen(member_id: int) -> int:
    """What the member's available points are worth, fen."""
    return points_value.fen_of(members.points_balance(member_id, day=clock.today()).spendable)
