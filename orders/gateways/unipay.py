"""UniPay: create a payment, ask about it, close it, refund it, and read the provider's call-backs.

The protocol follows WeChat Pay's third version: JSON over HTTPS; requests, answers and call-backs are
signed with RSA-SHA256 over method, path, time, nonce and body. Amounts are fen. Nothing here touches
the database; call it outside transactions.
"""

import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from urllib import request as http
from urllib.error import HTTPError, URLError

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError, Invalid, Unavailable

from . import keys, signatures

log = logging.getLogger(__name__)

SCHEME = "UNIPAY-SHA256-RSA2048"
TOLERANCE = timedelta(minutes=5)
TIMEOUT = 5  # seconds
SIMULATOR = "orders.simulator.transport.InProcess"


class ProviderUnreachable(Unavailable):
    code = "provider_unreachable"
    message = _("The payment provider does not answer at the moment. Nothing was charged; try again.")


class ProviderRefused(DomainError):
    """The provider's own refusal; `provider_code` is its word for it."""

    code = "provider_refused"
    status = 502
    message = _("The payment provider refused: %(provider_code)s")


class SignatureInvalid(DomainError):
    code = "signature_invalid"
    status = 401
    message = _("The signature is not the payment provider's.")


class TimestampStale(SignatureInvalid):
    code = "timestamp_stale"
    message = _("The message was signed more than five minutes ago.")


class CallbackMalformed(Invalid):
    code = "malformed"
    message = _("The call-back cannot be read.")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    def send(self, *, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """Deliver a signed request. Raises ProviderUnreachable."""


@dataclass(frozen=True)
class Bill:
    """What the payer is asked for."""

    out_trade_no: str
    description: str
    amount_fen: int
    notify_url: str
    return_url: str
    expires_at: datetime


@dataclass(frozen=True)
class Notice:
    """What the provider says of a payment. state: SUCCESS, NOTPAY, PAYERROR or CLOSED."""

    event_id: str
    out_trade_no: str
    transaction_id: str
    state: str
    amount_fen: int
    success_at: datetime | None

    @property
    def is_paid(self) -> bool:
        return self.state == "SUCCESS"


@dataclass(frozen=True)
class RefundAnswer:
    """status: SUCCESS or PROCESSING."""

    refund_id: str
    status: str


class Http:
    """The provider over the network."""

    def __init__(self, base: str):
        self.base = base.rstrip("/")

    def send(self, *, method, path, headers, body) -> Answer:
        call = http.Request(self.base + path, data=body or None, method=method, headers=headers)
        try:
            with http.urlopen(call, timeout=TIMEOUT) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except HTTPError as answer:
            return Answer(answer.code, answer.headers, answer.read())
        except (URLError, TimeoutError, ConnectionError) as error:
            log.warning("unipay unreachable: %s", error)
            raise ProviderUnreachable() from error


class Unipay:
    def __init__(self, transport: Transport):
        self.transport = transport

    def create(self, bill: Bill, *, now: datetime) -> str:
        """Announce a payment; returns the address of the provider's page. Idempotent on out_trade_no."""
        answer = self._call("POST", "/v3/transactions", _bill_body(bill), now=now)
        return answer["cashier_url"]

    def query(self, *, out_trade_no: str, now: datetime) -> Notice | None:
        """The state of a payment at the provider; None when it knows no such payment."""
        try:
            resource = self._call("GET", f"/v3/transactions/{out_trade_no}", None, now=now)
        except ProviderRefused as refusal:
            if refusal.facts["provider_code"] == "ORDER_NOT_EXIST":
                return None
            raise
        return _notice(resource, event_id="")

    def close(self, *, out_trade_no: str, now: datetime) -> bool:
        """Nobody can pay it any more. False when it has been paid already."""
        try:
            self._call("POST", f"/v3/transactions/{out_trade_no}/close", {"mchid": _merchant()}, now=now)
        except ProviderRefused as refusal:
            if refusal.facts["provider_code"] == "ORDER_NOT_EXIST":
                return True
            if refusal.facts["provider_code"] == "ORDER_PAID":
                return False
            raise
        return True

    def refund(self, *, out_trade_no, out_refund_no, amount_fen, total_fen, reason, now) -> RefundAnswer:
        """Send money back over the payment's own way. Idempotent on out_refund_no."""
        body = {
            "out_trade_no": out_trade_no,
            "out_refund_no": out_refund_no,
            "reason": reason[:80],
            "amount": {"refund": amount_fen, "total": total_fen, "currency": "CNY"},
        }
        answer = self._call("POST", "/v3/refunds", body, now=now)
        return RefundAnswer(refund_id=answer["refund_id"], status=answer["status"])

    def _call(self, method: str, path: str, body: dict | None, *, now: datetime) -> dict:
        raw = json.dumps(body, ensure_ascii=False).encode() if body is not None else b""
        headers = {
            "Authorization": _authorization(method, path, raw, now),
            "Content-Type": "application/json",
        }
        answer = self.transport.send(method=method, path=path, headers=headers, body=raw)
        try:
            verify(headers=answer.headers, body=answer.body, now=now)
        except SignatureInvalid as error:
            log.error("unipay: the answer to %s %s is not signed by the provider", method, path)
            raise ProviderUnreachable() from error
        content = json.loads(answer.body or b"{}")
        if answer.status >= 400:
            raise ProviderRefused(provider_code=content.get("code", str(answer.status)))
        return content


def provider() -> Unipay:
    """UniPay at settings.UNIPAY_URL; without an address the simulator, in a demo only."""
    if settings.UNIPAY_URL:
        return Unipay(Http(settings.UNIPAY_URL))
    if not settings.DEMO:
        raise ImproperlyConfigured("UNIPAY_URL is not set.")
    return Unipay(import_string(SIMULATOR)())


def read_callback(*, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
    """The notice in a call-back. Raises SignatureInvalid, TimestampStale, CallbackMalformed.

    A message that is played again has the same event id and changes nothing; its nonce is part of what
    was signed.
    """
    verify(headers=headers, body=body, now=now)
    try:
        event = json.loads(body)
        return _notice(event["resource"], event_id=str(event["id"])[:80])
    except (ValueError, KeyError, TypeError) as error:
        raise CallbackMalformed() from error


def verify(*, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Raise SignatureInvalid or TimestampStale unless the provider signed this body just now."""
    timestamp, nonce = headers.get("UniPay-Timestamp", ""), headers.get("UniPay-Nonce", "")
    signed_at = signatures.instant_of(timestamp)
    if signed_at is None or not 16 <= len(nonce) <= 64:
        raise SignatureInvalid()
    text = signatures.message_text(timestamp=timestamp, nonce=nonce, body=body)
    signature = headers.get("UniPay-Signature", "")
    if not signatures.is_signed(keys.public_key("provider"), text, signature):
        raise SignatureInvalid()
    if abs(now - signed_at) > TOLERANCE:
        raise TimestampStale()


def _notice(resource: dict, *, event_id: str) -> Notice:
    success = resource.get("success_time")
    return Notice(
        event_id=event_id,
        out_trade_no=str(resource["out_trade_no"])[:40],
        transaction_id=str(resource.get("transaction_id") or ""),
        state=str(resource["trade_state"]),
        amount_fen=int(resource["amount"]["total"]),
        success_at=datetime.fromisoformat(success) if success else None,
    )


def _bill_body(bill: Bill) -> dict:
    return {
        "mchid": _merchant(),
        "out_trade_no": bill.out_trade_no,
        "description": bill.description,
        "notify_url": bill.notify_url,
        "return_url": bill.return_url,
        "time_expire": bill.expires_at.isoformat(),
        "amount": {"total": bill.amount_fen, "currency": "CNY"},
    }


def _authorization(method: str, path: str, body: bytes, now: datetime) -> str:
    nonce, timestamp = secrets.token_hex(16), signatures.seconds(now)
    text = signatures.request_text(method=method, path=path, timestamp=timestamp, nonce=nonce, body=body)
    signature = signatures.sign(keys.private_key("merchant"), text)
    return (
        f'{SCHEME} mchid="{_merchant()}",nonce_str="{nonce}",timestamp="{timestamp}",signature="{signature}"'
    )


def _merchant() -> str:
    return settings.UNIPAY_MERCHANT_ID
