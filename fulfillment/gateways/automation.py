"""An automated warehouse: takes a wave, and reports each parcel later by a signed call-back.

Orders to the machine and its call-backs carry the signature of webhooks.py; a wave sent twice under the
same key is worked on once.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from fulfillment.gateways.webhooks import headers_for
from fulfillment.simulator import automation as simulator

TIMEOUT_SECONDS = 5


class Unreachable(Exception):
    """No answer: send the same wave again with the same key."""


class Refused(Exception):
    """The machine does not take this wave; people pick it."""


class AutomatedWarehouse(Protocol):
    def take(self, *, key: str, wave: dict, now: datetime) -> None:
        """Accept a wave; raises Refused or Unreachable."""


Transport = Callable[[dict, bytes], int]


class SignedJsonWarehouse:
    def __init__(self, *, transport: Transport, secret: str):
        self._transport = transport
        self._secret = secret

    def take(self, *, key: str, wave: dict, now: datetime) -> None:
        body = json.dumps({"key": key} | wave, ensure_ascii=False, sort_keys=True).encode()
        status = self._transport(headers_for(self._secret, message_id=key, body=body, now=now), body)
        if status >= 500:
            raise Unreachable(f"status {status}")
        if status >= 400:
            raise Refused(f"status {status}")


def over_http(url: str) -> Transport:
    def send(headers: dict, body: bytes) -> int:
        request = urllib.request.Request(url, data=body, headers=headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as reply:
                return reply.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError as error:
            raise Unreachable(str(error)) from error

    return send


def automated_warehouse() -> AutomatedWarehouse:
    """The configured machine; raises ImproperlyConfigured without AUTOMATION_URL outside the demo."""
    url = settings.AUTOMATION_URL
    if not url and not settings.DEMO:
        raise ImproperlyConfigured("AUTOMATION_URL is not set; only the demo has a simulated machine.")
    return SignedJsonWarehouse(
        transport=over_http(url) if url else simulator.take, secret=settings.AUTOMATION_SECRET
    )
