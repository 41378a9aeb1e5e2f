"""Taking money: beginning a payment at the provider, what a captured payment sets going, closing it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members import queries as members
from members.actors import SYSTEM, Actor, NotYours
from omnichannel.kernel import outbox, prepared, rows
from omnichannel.kernel.errors import DomainError
from orders import reasons
from orders.events import PaymentClosed
from orders.gateways import unipay
from orders.models import Means, OrderIntake, Payment, PaymentState, State
from orders.queries.payments import captured_fen
from orders.services import captured, cod, counters, refunds
from orders.services.confirmation import payment_received
from orders.services.history import locked

_AT_PROVIDER = """
UPDATE order_payment SET state = 'pending', cashier_url = %(url)s
 WHERE id = %(id)s AND state = 'created' AND {later} RETURNING id
"""
RETURNED = "paid"  # in the address at which the provider sends the payer back


class NotPayable(DomainError):
    code = "not_payable"
    message = _("The order is %(state)s; there is nothing to pay.")


class PaymentTimeOver(DomainError):
    code = "payment_time_over"
    message = _("The time to pay this order is over. Please place it again.")


def may_pay(actor: Actor, intake: OrderIntake) -> None:
    """The customer, the channel that placed it, or who works at the counter that took it; raises NotYours."""
    if actor.is_system or (actor.user_id is not None and intake.owner_id == actor.user_id):
        return
    if intake.caller and intake.caller == actor.name and actor.institution_id:
        return
    counter = intake.institution if actor.is_staff else None
    if counter is not None and counters.works_at(actor, counter):
        return
    raise NotYours()


def start_unipay(*, order_number: str, actor: Actor, now: datetime) -> Payment:
    """A payment at the provider for what is still to be paid; its cashier_url is where the payer goes.

    Asked again while one is open, it is the same. The committed row with its number is the claim; the
    provider is called outside any transaction, and idempotent on that number. Raises NotYours,
    NotPayable, PaymentTimeOver, unipay.ProviderUnreachable, unipay.ProviderRefused.
    """
    payment, expires_at = _begin(order_number=order_number, actor=actor, now=now)
    return at_provider(payment, order_number=order_number, expires_at=expires_at, now=now)


def begin_new(*, order_id: int, order_number: str, due_fen: int, now: datetime) -> Payment:
    """The first payment of an order that is placed in this very transaction; at_provider() follows it."""
    begun = Payment(
        intake_id=order_id,
        means=Means.UNIPAY,
        state=PaymentState.CREATED,
        out_trade_no=_trade_number(order_number, 1),
        provider_id=_provider_id(),
        amount_fen=due_fen,
        created_at=now,
    )
    rows.write([begun])
    return begun


def at_provider(
    payment: Payment, *, order_number: str, expires_at: datetime | None, now: datetime
) -> Payment:
    """The committed payment with its address at the provider, outside any transaction.

    Raises unipay.ProviderUnreachable, unipay.ProviderRefused.
    """
    if payment.cashier_url:
        return payment
    address = unipay.provider().create(_bill(payment, order_number, expires_at), now=now)
    return created(payment, address)


def _trade_number(order_number: str, number: int) -> str:
    return f"{order_number}-U{number}"


def _provider_id() -> int:
    return members.institution_by_code(settings.UNIPAY_INSTITUTION).id


@transaction.atomic
def _begin(*, order_number: str, actor: Actor, now: datetime) -> tuple[Payment, datetime | None]:
    """The order's open payment for what is due, and until when the order may be paid."""
    intake = locked(order_number)
    may_pay(actor, intake)
    must_wait_for_money(intake, now=now)
    arrived = list(intake.payments.order_by("pk"))
    due = intake.total_fen - sum(payment.captured_fen for payment in arrived)
    known = [payment for payment in arrived if payment.means == Means.UNIPAY]
    open_one = next((payment for payment in known if payment.is_open), None)
    if open_one is not None and open_one.amount_fen == due:
        return open_one, intake.expires_at
    if open_one is not None:
        close(open_one)
    fresh = Payment.objects.create(
        intake=intake,
        means=Means.UNIPAY,
        state=PaymentState.CREATED,
        out_trade_no=_trade_number(order_number, len(known) + 1),
        provider_id=_provider_id(),
        amount_fen=due,
        created_at=now,
    )
    return fresh, intake.expires_at


def must_be_payable(intake: OrderIntake, *, now: datetime) -> int:
    """Fen still to be paid for the locked order. Raises NotPayable, PaymentTimeOver."""
    must_wait_for_money(intake, now=now)
    return intake.total_fen - captured_fen(intake.number)


def must_wait_for_money(intake: OrderIntake, *, now: datetime) -> None:
    """Raise NotPayable or PaymentTimeOver unless the locked order may still be paid."""
    if intake.state != State.AWAITING_PAYMENT:
        raise NotPayable(state=intake.get_state_display(), number=intake.number)
    if intake.expires_at and now >= intake.expires_at:
        raise PaymentTimeOver(number=intake.number)


def _bill(payment: Payment, number: str, expires_at: datetime | None) -> unipay.Bill:
    return unipay.Bill(
        out_trade_no=payment.out_trade_no,
        description=gettext("Huatong order %(number)s") % {"number": number},
        amount_fen=payment.amount_fen,
        notify_url=settings.PUBLIC_URL + reverse("orders:pay-notify"),
        return_url=f"{settings.PUBLIC_URL}{reverse('orders:order', args=[number])}?{RETURNED}",
        expires_at=expires_at,
    )


def created(payment: Payment, address: str) -> Payment:
    """Record the address unless a call-back was faster.

    It need not be on the disk at once: a payment without address is asked for again under its number.
    """
    values = {"id": payment.pk, "url": address}
    if prepared.tuples(prepared.later(_AT_PROVIDER), values):
        payment.state, payment.cashier_url = PaymentState.PENDING, address
    else:
        payment.refresh_from_db(fields=["state"])
        payment.cashier_url = address
    return payment


def capture(*, payment: Payment, intake: OrderIntake, now: datetime) -> bool:
    """Say that a payment of the locked order was captured, and confirm the order when it is paid.

    Of an order that is under way it pays at the door, where a courier waits for it. False when the money
    came too late (the order has ended or is paid already): then it goes back. The caller has marked the
    row captured in this transaction. Raises numbers.NumberTaken and IdentityNumberCap when the money has
    been announced and the order's number is not to be had: the order waits as before, the caller decides.
    """
    captured.announce(payment, order_number=intake.number, for_cards=intake.sells_cards)
    if intake.state != State.AWAITING_PAYMENT:
        if cod.settle_at_door(payment=payment, intake=intake, now=now):
            return True
        refunds.refund_payment(
            payment=payment, intake=intake, reason=reasons.PAID_TOO_LATE, actor=SYSTEM, now=now
        )
        return False
    payment_received(intake=intake, payment_fen=payment.captured_fen, now=now)
    return True


@transaction.atomic(savepoint=False)
def close_open(*, order_number: str, now: datetime) -> int:
    """Wait no longer for an order's open payments; providers are told. Returns how many."""
    waiting = list(Payment.objects.open().filter(intake__number=order_number))
    for payment in waiting:
        close(payment)
    return len(waiting)


def close(payment: Payment) -> None:
    """Wait no longer for one open payment of a locked order; its provider is told."""
    Payment.objects.open().filter(pk=payment.pk).update(state=PaymentState.CLOSED)
    if payment.means == Means.UNIPAY:
        outbox.publish(PaymentClosed(payment.pk))
