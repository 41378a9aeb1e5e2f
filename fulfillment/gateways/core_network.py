"""The carrier's core network: opens and closes accounts, credits top-ups and data packs.

Every call carries an idempotency key and an HMAC-SHA256 signature over "<key>.<timestamp>.<body>".
A call whose answer was lost is repeated with the same key and has the same result.
"""

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from fulfillment.simulator import core_network as simulator

TIMEOUT_SECONDS = 5


class Unreachable(Exception):
    """No answer. Nobody knows whether it was done: repeat with the same key."""


class Refused(Exception):
    """A final no. `card_at_fault` tells that another card may succeed."""

    def __init__(self, reason: str, *, card_at_fault: bool = False):
        self.reason = reason
        self.card_at_fault = card_at_fault
        super().__init__(reason)


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict


class CoreNetwork(Protocol):
    """Each returns the network's reference; raises Refused or Unreachable. Amounts in fen."""

    def open_account(self, *, key: str, msisdn: str, iccid: str, plan_sku: str, holder: str) -> str: ...

    def close_account(self, *, key: str, msisdn: str) -> str: ...

    def top_up(self, *, key: str, msisdn: str, amount_fen: int) -> str: ...

    def add_data_pack(self, *, key: str, msisdn: str, sku: str) -> str: ...


Transport = Callable[[str, dict, bytes], Answer]


def signature(*, secret: str, key: str, timestamp: str, body: bytes) -> str:
    message = f"{key}.{timestamp}.".encode() + body
    return "v1," + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


class SignedJsonCoreNetwork:
    def __init__(self, *, transport: Transport, secret: str):
        self._transport = transport
        self._secret = secret

    def open_account(self, *, key: str, msisdn: str, iccid: str, plan_sku: str, holder: str) -> str:
        wish = {"msisdn": msisdn, "iccid": iccid, "plan": plan_sku, "holder": holder}
        return self._call("accounts", key, wish)

    def close_account(self, *, key: str, msisdn: str) -> str:
        return self._call("closures", key, {"msisdn": msisdn})

    def top_up(self, *, key: str, msisdn: str, amount_fen: int) -> str:
        return self._call("top-ups", key, {"msisdn": msisdn, "amount_fen": amount_fen})

    def add_data_pack(self, *, key: str, msisdn: str, sku: str) -> str:
        return self._call("data-packs", key, {"msisdn": msisdn, "pack": sku})

    def _call(self, operation: str, key: str, wish: dict) -> str:
        body = json.dumps(wish, sort_keys=True).encode()
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "X-Timestamp": timestamp,
            "X-Signature": signature(secret=self._secret, key=key, timestamp=timestamp, body=body),
        }
        answer = self._transport(operation, headers, body)
        if answer.status >= 500:
            raise Unreachable(f"{operation}: {answer.status}")
        if answer.status >= 400:
            raise Refused(answer.body["reason"], card_at_fault=answer.body.get("card_at_fault", False))
        return answer.body["reference"]


def over_http(base_url: str) -> Transport:
    def send(operation: str, headers: dict, body: bytes) -> Answer:
        address = f"{base_url.rstrip('/')}/{operation}/"
        request = urllib.request.Request(address, data=body, headers=headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as reply:
                return Answer(reply.status, json.load(reply))
        except urllib.error.HTTPError as error:
            if error.code >= 500:
                return Answer(error.code, {})
            return Answer(error.code, json.load(error))
        except (OSError, ValueError) as error:
            raise Unreachable(str(error)) from error

    return send


def in_process(operation: str, headers: dict, body: bytes) -> Answer:
    """The simulator without a network between, for tests, the demo day and a start without a second port."""
    try:
        status, answer = simulator.handle(operation, headers=headers, body=body)
    except simulator.NoAnswer as error:
        raise Unreachable(str(error)) from error
    return Answer(status, answer)


def core_network() -> CoreNetwork:
    """The configured adapter; raises ImproperlyConfigured without CORE_NETWORK_URL outside the demo."""
    url = settings.CORE_NETWORK_URL
    if not url and not settings.DEMO:
        raise ImproperlyConfigured("CORE_NETWORK_URL is not set; only the demo has a simulated network.")
    transport = over_http(url) if url else in_process
    return SignedJsonCoreNetwork(transport=transport, secret=settings.CORE_NETWORK_SECRET)
