"""Cash on delivery by QR: at the door the customer pays the provider instead of the courier."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fulfillment.services import cod as doors
from fulfillment.services.cod import DueAtDoor
from members import queries as members
from members.actors import Actor
from omnichannel.kernel.errors import DomainError
from orders.gateways import unipay
from orders.models import Means, OrderIntake, Payment, PaymentState
from orders.services import payments
from orders.services.cod import NothingToCollect
from orders.services.history import locked

SALT = "orders.door"


class OtherDoorOpen(DomainError):
    code = "qr_open_elsewhere"
    message = _("Another parcel of this order is being paid by QR this minute. Take cash, or try again.")


def start(*, parcel: str, actor: Actor, now: datetime) -> Payment:
    """A payment at the provider for what the courier is to collect now; its cashier_url is the QR code.

    Asked again while it is good, it is the same. The provider is called outside any transaction and is
    idempotent on its number. Raises ParcelUnknown, StepOrder, NothingToCollect, OtherDoorOpen,
    unipay.ProviderUnreachable, unipay.ProviderRefused.
    """
    due = doors.due_at_door(actor=actor, code=parcel)
    payment = _begin(due, actor=actor, now=now)
    if payment.cashier_url:
        return payment
    address = unipay.provider().create(_bill(payment), now=now)
    return payments.created(payment, address)


@transaction.atomic
def _begin(due: DueAtDoor, *, actor: Actor, now: datetime) -> Payment:
    """The payment that waits for this door; the order is locked before the parcel."""
    intake = locked(due.order_number)
    expected = intake.payments.open().filter(means=Means.COD).first()
    if expected is None or expected.amount_fen < due.amount_fen:
        raise NothingToCollect(number=due.order_number)
    payment = _open_one(intake, due, now) or _new(intake, due, now)
    doors.qr_waits(actor=actor, code=due.parcel, reference=payment.out_trade_no)
    return payment


def _open_one(intake: OrderIntake, due: DueAtDoor, now: datetime) -> Payment | None:
    """The open one of this door while it is good; one that is not is closed. Raises OtherDoorOpen."""
    known = intake.payments.open().filter(means=Means.UNIPAY).first()
    if known is None:
        return None
    is_good = good_until(known) > now
    if known.out_trade_no == due.reference and known.amount_fen == due.amount_fen and is_good:
        return known
    if known.out_trade_no != due.reference and is_good:
        raise OtherDoorOpen()
    payments.close(known)
    return None


def _new(intake: OrderIntake, due: DueAtDoor, now: datetime) -> Payment:
    earlier = intake.payments.filter(means=Means.UNIPAY, out_trade_no__startswith=f"{due.parcel}-Q")
    return Payment.objects.create(
        intake=intake,
        means=Means.UNIPAY,
        state=PaymentState.CREATED,
        out_trade_no=f"{due.parcel}-Q{earlier.count() + 1}",
        provider_id=members.institution_by_code(settings.UNIPAY_INSTITUTION).id,
        amount_fen=due.amount_fen,
        created_at=now,
    )


def good_until(payment: Payment) -> datetime:
    return payment.created_at + timedelta(minutes=settings.COD_QR_MINUTES)


def _bill(payment: Payment) -> unipay.Bill:
    return unipay.Bill(
        out_trade_no=payment.out_trade_no,
        description=gettext("Huatong order %(number)s, at the door") % {"number": payment.intake.number},
        amount_fen=payment.amount_fen,
        notify_url=settings.PUBLIC_URL + reverse("orders:pay-notify"),
        return_url=f"{settings.PUBLIC_URL}{reverse('orders:door-paid')}?pay={_sealed(payment)}",
        expires_at=good_until(payment),
    )


def _sealed(payment: Payment) -> str:
    """Whoever comes back from the provider with it learns what became of this payment, and nothing else."""
    return signing.Signer(salt=SALT).sign(payment.out_trade_no)


def of_payer(sealed: str) -> Payment | None:
    """The payment that somebody comes back from; None without a true seal."""
    try:
        reference = signing.Signer(salt=SALT).unsign(sealed)
    except signing.BadSignature:
        return None
    return Payment.objects.filter(out_trade_no=reference).first()
