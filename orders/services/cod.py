"""Cash on delivery: expected with the order, taken by the courier at the door or paid there by QR."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.services import cod as doors
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.locks import advisory_lock
from orders.models import Means, OrderIntake, Payment, PaymentState
from orders.services import captured
from orders.services.history import locked


class NothingToCollect(DomainError):
    code = "nothing_to_collect"
    message = _("No cash is to be collected for this order.")


class TooManyCod(DomainError):
    """Nobody empties the shop with what they never take: cash at the door has its cap, as holds have."""

    code = "too_many_cod"
    message = _(
        "%(most)s of your orders are still to be paid at the door. Pay this one online, or take one first."
    )


def expect_cod(*, order, member_id: int, amount_fen: int, now: datetime) -> Payment | None:
    """The courier is to collect this much (fen); part of placing the order. None when points cover all.

    Two orders of one member at once are counted one after the other. Raises TooManyCod.
    """
    if not amount_fen:
        return None
    advisory_lock(f"cod:{member_id}")
    waiting = Payment.objects.filter(means=Means.COD, state=PaymentState.PENDING, intake__member_id=member_id)
    if waiting.count() >= settings.COD_MOST_OPEN:
        raise TooManyCod(most=settings.COD_MOST_OPEN)
    return Payment.objects.create(
        intake_id=order.pk,
        means=Means.COD,
        state=PaymentState.PENDING,
        out_trade_no=f"{order.number}-COD",
        amount_fen=amount_fen,
        created_at=now,
    )


@transaction.atomic(savepoint=False)
def collect_cod(*, order_number: str, courier_id: int | None, amount_fen: int, now: datetime) -> Payment:
    """The courier took cash for a delivery: all that is due, or a parcel's part of it.

    Each part becomes a payment of its own. Raises NothingToCollect, or AmountDiffers for more than due.
    """
    intake = locked(order_number)
    expected = intake.payments.open().filter(means=Means.COD).first()
    if expected is None:
        raise NothingToCollect(number=order_number)
    if not 0 < amount_fen <= expected.amount_fen:
        raise captured.AmountDiffers(expected_fen=expected.amount_fen, given_fen=amount_fen)
    payment = expected if amount_fen == expected.amount_fen else _part_of(expected, intake, amount_fen)
    payment.state, payment.captured_fen = PaymentState.CAPTURED, amount_fen
    payment.collector_id, payment.captured_at = courier_id, now
    payment.save()
    captured.announce(payment, order_number=order_number)
    return payment


def _part_of(expected: Payment, intake: OrderIntake, amount_fen: int) -> Payment:
    """Take a parcel's amount off what is expected for the order."""
    _expect_less(expected, amount_fen)
    parts = intake.payments.captured().filter(means=Means.COD).count()
    return Payment(
        intake=intake,
        means=Means.COD,
        out_trade_no=f"{intake.number}-COD{parts + 1}",
        amount_fen=amount_fen,
        created_at=expected.created_at,
    )


def _expect_less(expected: Payment, amount_fen: int) -> None:
    expected.amount_fen -= amount_fen
    expected.save(update_fields=["amount_fen"])


def settle_at_door(*, payment: Payment, intake: OrderIntake, now: datetime) -> bool:
    """A captured payment of the locked order paid for a door where it was waited for: that is delivered.

    The cash expected shrinks by it. False when no door waits for it: it came too late.
    """
    expected = intake.payments.open().filter(means=Means.COD).first()
    if expected is None or payment.captured_fen > expected.amount_fen:
        return False
    if not doors.paid_by_qr(reference=payment.out_trade_no, amount_fen=payment.captured_fen, now=now):
        return False
    if payment.captured_fen < expected.amount_fen:
        _expect_less(expected, payment.captured_fen)
    else:
        expected.state = PaymentState.CLOSED
        expected.save(update_fields=["state"])
    return True
