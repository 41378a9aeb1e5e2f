"""What the provider says of payments: by signed call-backs, or asked by us when no call-back comes."""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from catalog.services.numbers import IdentityNumberCap, NumberTaken
from members.actors import SYSTEM, Actor, Role
from omnichannel.kernel import prepared
from omnichannel.kernel.errors import DomainError, NotFound
from orders import reasons
from orders.events import PaymentClosed
from orders.gateways import unipay
from orders.gateways.unipay import CallbackMalformed, Notice, ProviderUnreachable, SignatureInvalid
from orders.models import CallbackOutcome, OrderIntake, Payment, PaymentState, ProviderCallback
from orders.services import cancellation, payments

log = logging.getLogger(__name__)

ASK_AFTER = timedelta(seconds=60)
KEPT_BODY = 4000  # characters

# One statement for a first and for a repeated delivery; the outcome of the first stands.
_UPSERT = """
INSERT INTO order_providercallback
    (event_id, source, out_trade_no, amount_fen, verified, outcome, body, body_hash, deliveries,
     received_at, handled_by)
VALUES (%(event_id)s, %(source)s, %(out_trade_no)s, %(amount_fen)s, %(verified)s, %(outcome)s, %(body)s,
        %(body_hash)s, 1, %(received_at)s, '')
ON CONFLICT (event_id) DO UPDATE SET deliveries = order_providercallback.deliveries + 1
"""


# The order first, the payment as it is once the order is ours.
_LOCK_ORDER = """
WHERE order_id = (SELECT intake_id FROM order_payment WHERE out_trade_no = %(number)s) FOR UPDATE
"""
_PAYMENT = "WHERE out_trade_no = %(number)s"
_CAPTURE = """
UPDATE order_payment
   SET state = 'captured', captured_fen = %(fen)s, captured_at = %(at)s, provider_reference = %(reference)s
 WHERE id = %(id)s AND state <> 'captured' RETURNING id
"""


class AmountMismatch(DomainError):
    code = "amount_mismatch"
    status = 422
    message = _("The amount paid is not the amount asked for; nothing was captured.")


class PaymentUnknown(NotFound):
    code = "payment_unknown"
    message = _("There is no such payment.")


def handle_callback(*, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """Record a call-back and do what follows from it; returns the CallbackOutcome.

    Raises SignatureInvalid or TimestampStale (recorded, nothing done), CallbackMalformed,
    AmountMismatch (recorded for an operator, nothing captured), PaymentUnknown.
    """
    try:
        notice = unipay.read_callback(headers=headers, body=body, now=now)
    except (SignatureInvalid, CallbackMalformed) as refusal:
        _record(None, outcome=refusal.code, body=body, source="callback", now=now)
        raise
    outcome = settle(notice, body=body, source="callback", now=now)
    if outcome == CallbackOutcome.AMOUNT_MISMATCH:
        raise AmountMismatch(out_trade_no=notice.out_trade_no)
    if outcome == CallbackOutcome.UNKNOWN:
        raise PaymentUnknown()
    return outcome


@transaction.atomic
def settle(notice: Notice, *, body: bytes, source: str, now: datetime) -> str:
    """Carry what the provider says into the payment, once; returns the CallbackOutcome."""
    outcome = _apply(notice, now=now)
    _record(notice, outcome=outcome, body=body, source=source, now=now)
    return outcome


def _apply(notice: Notice, *, now: datetime) -> str:
    payment = _locked_payment(notice.out_trade_no)
    if payment is None:
        return CallbackOutcome.UNKNOWN
    if payment.state == PaymentState.CAPTURED:
        return CallbackOutcome.REPEATED
    if not notice.is_paid:
        return _not_paid(payment, notice)
    if notice.amount_fen != payment.amount_fen:
        log.error("unipay: %s was paid with %s fen", payment.out_trade_no, notice.amount_fen)
        return CallbackOutcome.AMOUNT_MISMATCH
    if not _mark_captured(payment, notice, now=now):
        return CallbackOutcome.REPEATED
    in_time = _capture(payment, now=now)
    return CallbackOutcome.CAPTURED if in_time else CallbackOutcome.REFUNDED


def _capture(payment: Payment, *, now: datetime) -> bool:
    """False when the money goes back. An order whose number somebody else has by now is cancelled.

    Its hold ran out before the money came, or the person owns as many numbers as one may own by now.
    """
    try:
        return payments.capture(payment=payment, intake=payment.intake, now=now)
    except (NumberTaken, IdentityNumberCap):
        cancellation.cancel(
            order_number=payment.intake.number, actor=SYSTEM, reason=reasons.NUMBER_GONE, now=now
        )
        return False


def _locked_payment(out_trade_no: str) -> Payment | None:
    """The payment with its order, whose row is locked; the payment's own row is guarded when it changes."""
    wanted = {"number": out_trade_no}
    orders = prepared.instances(OrderIntake, _LOCK_ORDER, wanted)
    if not orders:
        return None
    payment = prepared.instances(Payment, _PAYMENT, wanted)[0]
    payment.intake = orders[0]
    return payment


def _mark_captured(payment: Payment, notice: Notice, *, now: datetime) -> bool:
    """One guarded statement: of any number of call-backs only one finds the payment uncaptured."""
    payment.state, payment.captured_fen = PaymentState.CAPTURED, notice.amount_fen
    payment.captured_at = notice.success_at or now
    payment.provider_reference = notice.transaction_id
    values = {
        "id": payment.pk,
        "fen": payment.captured_fen,
        "at": payment.captured_at,
        "reference": payment.provider_reference,
    }
    return bool(prepared.tuples(_CAPTURE, values))


def _not_paid(payment: Payment, notice: Notice) -> str:
    """Failed or closed at the provider: the payer may begin another payment."""
    states = {"PAYERROR": PaymentState.FAILED, "CLOSED": PaymentState.CLOSED}
    if notice.state in states:
        Payment.objects.open().filter(pk=payment.pk).update(state=states[notice.state])
    return CallbackOutcome.NOT_PAID


def _record(notice: Notice | None, *, outcome: str, body: bytes, source: str, now: datetime) -> None:
    with connection.cursor() as cursor:
        prepared.execute(
            cursor,
            _UPSERT,
            {
                "event_id": notice.event_id if notice else None,
                "source": source,
                "out_trade_no": notice.out_trade_no if notice else "",
                "amount_fen": notice.amount_fen if notice else None,
                "verified": notice is not None,
                "outcome": outcome,
                "body": body[:KEPT_BODY].decode(errors="replace").replace("\0", ""),
                "body_hash": hashlib.sha256(body).hexdigest(),
                "received_at": now,
            },
        )


def ask_provider(*, payment: Payment, now: datetime) -> str | None:
    """Ask how a payment stands and settle it; None when the provider knows nothing new.

    Raises unipay.ProviderUnreachable.
    """
    notice = unipay.provider().query(out_trade_no=payment.out_trade_no, now=now)
    Payment.objects.filter(pk=payment.pk).update(queried_at=now)
    if notice is None or notice.state == "NOTPAY":
        return None
    said = asdict(notice) | {"event_id": f"query:{notice.transaction_id}:{notice.state}"}
    body = json.dumps(said, default=str).encode()
    return settle(Notice(**said), body=body, source="query", now=now)


def query_open(*, now: datetime, most: int = 100) -> int:
    """Ask about payments whose call-back is overdue; returns how many were settled."""
    overdue = Payment.objects.to_query(before=now - ASK_AFTER).order_by("queried_at", "created_at")
    settled = 0
    for payment in overdue[:most]:
        try:
            settled += ask_provider(payment=payment, now=now) is not None
        except ProviderUnreachable:
            log.warning("unipay does not answer; the open payments are asked about next time")
            break
    return settled


def ask_about_order(*, intake: OrderIntake, now: datetime) -> None:
    """The payer says that it is paid: ask at once about the order's open payment."""
    for payment in intake.payments.open().filter(means="unipay"):
        ask_provider(payment=payment, now=now)


def close_at_provider(fact: PaymentClosed, done: Callable[[], None], *, now: datetime) -> None:
    """Tell the provider to refuse a payment; one that was paid in between is settled and goes back."""
    payment = Payment.objects.get(pk=fact.payment_id)
    if not unipay.provider().close(out_trade_no=payment.out_trade_no, now=now):
        ask_provider(payment=payment, now=now)
    done()


def mark_handled(*, ids: list[int], actor: Actor, now: datetime) -> int:
    """An operator has dealt with what these call-backs told; returns how many. Raises NotAllowed."""
    actor.must_have(Role.OPERATOR)
    unhandled = ProviderCallback.objects.filter(pk__in=ids, handled_at=None)
    return unhandled.update(handled_at=now, handled_by=actor.label)
