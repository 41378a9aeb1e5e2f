"""The provider's API: one function that takes a signed request and gives a signed answer."""

import json
import re
from datetime import datetime, timedelta

from django.conf import settings

from orders.gateways import keys, signatures
from orders.gateways.unipay import SCHEME, Answer

from . import account
from .account import Refusal

TOLERANCE = timedelta(minutes=5)
_AUTHORIZATION = re.compile(r'(\w+)="([^"]*)"')


def answer(*, method: str, path: str, headers, body: bytes, now: datetime) -> Answer:
    """Check the merchant's signature, do what is asked, sign the answer."""
    try:
        _verify(method, path, headers.get("Authorization", ""), body, now)
        status, content = _route(method, path, body, now)
    except Refusal as refusal:
        status, content = refusal.status, {"code": refusal.code}
    except (KeyError, TypeError, ValueError):
        status, content = 400, {"code": "PARAM_ERROR"}
    raw = json.dumps(content, ensure_ascii=False).encode() if content is not None else b""
    return Answer(status, account.signed_headers(raw, now=now), raw)


def signed_at(headers) -> datetime | None:
    """When the merchant says that it signed the request."""
    given = dict(_AUTHORIZATION.findall(headers.get("Authorization", "")))
    return signatures.instant_of(given.get("timestamp", ""))


def _verify(method: str, path: str, authorization: str, body: bytes, now: datetime) -> None:
    scheme, _, rest = authorization.partition(" ")
    given = dict(_AUTHORIZATION.findall(rest))
    timestamp = signatures.instant_of(given.get("timestamp", ""))
    if scheme != SCHEME or timestamp is None or abs(now - timestamp) > TOLERANCE:
        raise Refusal("SIGN_ERROR", 401)
    text = signatures.request_text(
        method=method, path=path, timestamp=given["timestamp"], nonce=given.get("nonce_str", ""), body=body
    )
    if not signatures.is_signed(keys.public_key("merchant"), text, given.get("signature", "")):
        raise Refusal("SIGN_ERROR", 401)


def _route(method: str, path: str, body: bytes, now: datetime) -> tuple[int, dict | None]:
    if (method, path) == ("POST", "/v3/transactions"):
        payment = account.create(body=json.loads(body), now=now)
        return 200, {"cashier_url": settings.PUBLIC_URL + account.cashier_path(payment)}
    if (method, path) == ("POST", "/v3/refunds"):
        made = account.refund(body=json.loads(body), now=now)
        return 200, {"refund_id": made.refund_id, "out_refund_no": made.out_refund_no, "status": made.status}
    match = re.fullmatch(r"/v3/transactions/([\w-]+)(/close)?", path)
    if match and method == "POST" and match[2]:
        account.close(account.find(match[1]))
        return 200, {}
    if match and method == "GET" and not match[2]:
        return 200, account.resource(account.find(match[1]))
    raise Refusal("NOT_FOUND", 404)
