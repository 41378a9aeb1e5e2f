"""Points as a part of the payment: they are burned by members, here stands what they paid."""

from datetime import datetime

from members import queries as members
from members.services import points, points_value
from omnichannel.kernel import clock
from orders.models import Means, Payment, PaymentState
from orders.services import captured


def reference_of(order_number: str) -> str:
    """Under which members keeps the points of an order."""
    return f"order:{order_number}"


def points_for(amount_fen: int) -> int:
    """Points that pay an amount, rounded up to whole points."""
    return points_value.points_for(amount_fen)


def record_points(*, order, amount_fen: int, now: datetime) -> Payment:
    """Points worth amount_fen were burned for this order; part of placing it."""
    payment = Payment.objects.create(
        intake_id=order.pk,
        means=Means.POINTS,
        state=PaymentState.CAPTURED,
        out_trade_no=f"{order.number}-POINTS",
        amount_fen=amount_fen,
        captured_fen=amount_fen,
        created_at=now,
        captured_at=now,
    )
    captured.announce(payment, order_number=order.number)
    return payment


def give_back(*, order_number: str, amount_fen: int, whole: bool, refund_id: int, now: datetime) -> None:
    """Return points worth amount_fen (rounded down to whole points), or all that are left when `whole`."""
    worth = members.points_policy(day=clock.local_day(now)).fen_per_point
    wanted = None if whole else amount_fen // worth
    if wanted == 0:
        return
    points.return_burn(
        reference=reference_of(order_number),
        points=wanted,
        return_reference=f"refund:{refund_id}",
        now=now,
    )
