"""What is the same for money of every means: the fact of its arrival, and the exact amount."""

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError
from orders.events import PaymentCaptured
from orders.models import Payment


class AmountDiffers(DomainError):
    code = "amount_differs"
    message = _("The amount to take is %(expected_fen)s fen, not %(given_fen)s.")


def must_be_exact(*, expected_fen: int, given_fen: int) -> None:
    if expected_fen != given_fen:
        raise AmountDiffers(expected_fen=expected_fen, given_fen=given_fen)


def announce(payment: Payment, *, order_number: str, for_cards: bool = False) -> None:
    """Publish that this payment was captured, in the transaction that marked it so.

    for_cards: its order sells prepaid cards.
    """
    outbox.publish(
        PaymentCaptured(
            payment_id=payment.pk,
            order_number=order_number,
            means=payment.means,
            provider_id=payment.provider_id,
            collector_id=payment.collector_id,
            amount_fen=payment.captured_fen,
            occurred_at=payment.captured_at.isoformat(),
            our_reference=payment.out_trade_no,
            provider_reference=payment.provider_reference or "",
            for_cards=for_cards,
        )
    )
