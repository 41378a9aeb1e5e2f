"""The provider's books: create, pay, fail, close, refund. Each state change is one guarded update."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from omnichannel.kernel import rows
from orders.gateways import keys, signatures

from .models import SimRefund, SimTransaction

State = SimTransaction.State


class Refusal(Exception):
    """The provider says no, with its code and HTTP status."""

    def __init__(self, code: str, status: int = 400):
        self.code, self.status = code, status
        super().__init__(code)


def create(*, body: dict, now: datetime) -> SimTransaction:
    """A new payment, or the known one for the same number and amount. Refuses OUT_TRADE_NO_USED."""
    amount = int(body["amount"]["total"])
    new = SimTransaction(
        out_trade_no=body["out_trade_no"],
        transaction_id=f"42{now:%Y%m%d}{secrets.randbelow(10**14):014d}",
        token=secrets.token_urlsafe(24),
        mchid=body["mchid"],
        description=body["description"][:127],
        amount_fen=amount,
        notify_url=body["notify_url"],
        return_url=body["return_url"],
        created_at=now,
        expires_at=datetime.fromisoformat(body["time_expire"]),
    )
    # Another house's books: how long its disk takes is not for ours to wait.
    if rows.write([new], skip_known=True, later=True):
        return new
    known = SimTransaction.objects.get(out_trade_no=new.out_trade_no)
    if known.amount_fen != amount or known.mchid != body["mchid"]:
        raise Refusal("OUT_TRADE_NO_USED")
    return known


def find(out_trade_no: str) -> SimTransaction:
    known = SimTransaction.objects.filter(out_trade_no=out_trade_no).first()
    if known is None:
        raise Refusal("ORDER_NOT_EXIST", 404)
    return known


def pay(payment: SimTransaction, *, now: datetime) -> bool:
    """The payer confirms. False when it was paid, closed or out of time before."""
    payable = SimTransaction.objects.filter(
        pk=payment.pk, state__in=[State.NOTPAY, State.PAYERROR], expires_at__gt=now
    )
    return _moved(payment, payable.update(state=State.SUCCESS, success_at=now))


def fail(payment: SimTransaction) -> bool:
    open_ones = SimTransaction.objects.filter(pk=payment.pk, state=State.NOTPAY)
    return _moved(payment, open_ones.update(state=State.PAYERROR))


def give_up(payment: SimTransaction) -> bool:
    """Nobody can pay it any more. False when it has been paid."""
    changed = SimTransaction.objects.filter(pk=payment.pk).exclude(state=State.SUCCESS)
    return _moved(payment, changed.update(state=State.CLOSED))


def close(payment: SimTransaction) -> None:
    """The merchant waits no longer. Refuses ORDER_PAID."""
    if not give_up(payment):
        raise Refusal("ORDER_PAID")


def _moved(payment: SimTransaction, rows: int) -> bool:
    payment.refresh_from_db()
    return bool(rows)


@transaction.atomic
def refund(*, body: dict, now: datetime) -> SimRefund:
    """Send money back, once per number. Refuses ORDER_NOT_EXIST, NOT_PAID, NOT_ENOUGH, REFUND_REFUSED."""
    payment = find(body["out_trade_no"])
    known = SimRefund.objects.filter(out_refund_no=body["out_refund_no"]).first()
    if known is not None:
        return _go_on(known)
    amount = int(body["amount"]["refund"])
    if payment.state != State.SUCCESS:
        raise Refusal("NOT_PAID")
    if payment.refunding == SimTransaction.Refunding.FAIL:
        raise Refusal("REFUND_REFUSED", 403)
    covered = SimTransaction.objects.filter(pk=payment.pk, amount_fen__gte=F("refunded_fen") + amount)
    if not covered.update(refunded_fen=F("refunded_fen") + amount):
        raise Refusal("NOT_ENOUGH")
    slow = payment.refunding == SimTransaction.Refunding.SLOW
    return SimRefund.objects.create(
        transaction=payment,
        out_refund_no=body["out_refund_no"],
        refund_id=f"50{now:%Y%m%d}{secrets.randbelow(10**14):014d}",
        amount_fen=amount,
        status="PROCESSING" if slow else "SUCCESS",
        created_at=now,
    )


def _go_on(known: SimRefund) -> SimRefund:
    """Asked about again, a slow refund is through."""
    if known.status == "PROCESSING":
        known.status = "SUCCESS"
        known.save(update_fields=["status"])
    return known


def cashier_path(payment: SimTransaction) -> str:
    return reverse("orders:sim-cashier", kwargs={"token": payment.token})


def resource(payment: SimTransaction) -> dict:
    """A payment as answers and call-backs show it."""
    return {
        "mchid": payment.mchid,
        "out_trade_no": payment.out_trade_no,
        "transaction_id": payment.transaction_id,
        "trade_state": payment.state,
        "success_time": payment.success_at.isoformat() if payment.success_at else None,
        "amount": {"total": payment.amount_fen, "currency": "CNY"},
    }


def signed_headers(body: bytes, *, now: datetime, key=None) -> dict[str, str]:
    """The provider's signature over a message; a forger brings another key."""
    timestamp, nonce = str(signatures.seconds(now)), secrets.token_hex(16)
    text = signatures.message_text(timestamp=timestamp, nonce=nonce, body=body)
    return {
        "Content-Type": "application/json",
        "UniPay-Timestamp": timestamp,
        "UniPay-Nonce": nonce,
        "UniPay-Signature": signatures.sign(key or keys.private_key("provider"), text),
    }
