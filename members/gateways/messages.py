"""The way out for text messages. The demo company keeps them in a table that a page shows."""

import hashlib
import hmac
import json
from typing import Protocol
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings

from omnichannel.kernel.errors import Unavailable

TIMEOUT_SECONDS = 10


class MessageGateway(Protocol):
    def send(self, *, phone: str, text: str, key: str) -> str:
        """Hand the message over and return the gateway's reference; the same key is one message."""


class TableGateway:
    """The development adapter: the message's row is the outbox, /dev/messages/ shows it."""

    def send(self, *, phone: str, text: str, key: str) -> str:
        return f"table:{key}"


class HttpGateway:
    """A gateway that takes signed JSON by POST and answers {"reference": ...}."""

    def __init__(self, url: str, secret: str):
        self.url, self.secret = url, secret

    def send(self, *, phone: str, text: str, key: str) -> str:
        body = json.dumps({"key": key, "phone": phone, "text": text}, ensure_ascii=False).encode()
        signature = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Signature": signature, "Idempotency-Key": key}
        try:
            with urlopen(Request(self.url, body, headers), timeout=TIMEOUT_SECONDS) as answer:
                return str(json.load(answer)["reference"])[:80]
        except (URLError, TimeoutError, ValueError, KeyError) as error:
            raise Unavailable(gateway="messages") from error


def gateway() -> MessageGateway:
    """The table in the demo company; else MESSAGE_GATEWAY_URL. Raises Unavailable when there is none."""
    if settings.DEMO:
        return TableGateway()
    url = settings.MESSAGE_GATEWAY_URL
    if not url:
        raise Unavailable(gateway="messages")
    return HttpGateway(url, settings.MESSAGE_GATEWAY_SECRET)
