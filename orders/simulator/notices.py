"""Call-backs: made, signed and sent until they are answered with success, as a provider does."""

import json
import logging
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from urllib import request as http
from urllib.error import HTTPError, URLError

from celery import current_app
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db.models import F

from . import account
from .models import SimNotice, SimTransaction

log = logging.getLogger(__name__)

How = SimNotice.How
LATE = 30  # seconds
RETRY = (15, 30, 180, 600)  # seconds between attempts that were not answered with success
TIMEOUT = 5  # seconds

Post = Callable[[str, Mapping[str, str], bytes], int]


@cache
def _forger():
    """Somebody else's key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def record(payment: SimTransaction, *, how: str, now: datetime) -> SimNotice | None:
    """What will be told of the payment's state; None when the provider is to stay silent."""
    if how == How.NEVER:
        return None
    event_id = f"EV-{payment.transaction_id}-{payment.state}"
    if how in (How.FORGED, How.WRONG_AMOUNT):
        event_id += f"-{secrets.token_hex(4)}"
    return SimNotice.objects.create(transaction=payment, event_id=event_id, how=how, created_at=now)


def message(notice: SimNotice, *, now: datetime) -> tuple[dict[str, str], bytes]:
    """Headers and body, signed at this instant."""
    content = account.resource(notice.transaction)
    if notice.how == How.WRONG_AMOUNT:
        content["amount"]["total"] += 100
    if notice.how == How.FORGED:
        content |= {"trade_state": "SUCCESS", "success_time": now.isoformat()}
    body = json.dumps(
        {
            "id": notice.event_id,
            "create_time": notice.created_at.isoformat(),
            "event_type": f"TRANSACTION.{content['trade_state']}",
            "resource": content,
        }
    ).encode()
    key = _forger() if notice.how == How.FORGED else None
    return account.signed_headers(body, now=now, key=key), body


def announce(payment: SimTransaction, *, how: str, now: datetime) -> None:
    """Have a worker send the call-back(s)."""
    notice = record(payment, how=how, now=now)
    if notice is None:
        return
    for _ in range(2 if how == How.TWICE else 1):
        _schedule(notice.pk, LATE if how == How.LATE else 0)


def _schedule(notice_id: int, seconds: int) -> None:
    current_app.send_task("orders.sim_send_notice", args=[notice_id], countdown=seconds, queue="default")


def post(url: str, headers: Mapping[str, str], body: bytes) -> int:
    """Send over HTTP; the status of the answer, 0 when nobody answered."""
    try:
        call = http.Request(url, data=body, method="POST", headers=dict(headers))
        with http.urlopen(call, timeout=TIMEOUT) as answer:
            return answer.status
    except HTTPError as answer:
        return answer.code
    except (URLError, TimeoutError, ConnectionError) as error:
        log.warning("simulated unipay: %s does not answer: %s", url, error)
        return 0


def send(notice_id: int, *, now: datetime, over: Post = post) -> int:
    """One attempt; without success another is scheduled, but a forger gives up at once."""
    notice = SimNotice.objects.select_related("transaction").get(pk=notice_id)
    headers, body = message(notice, now=now)
    status = over(notice.transaction.notify_url, headers, body)
    SimNotice.objects.filter(pk=notice_id).update(attempts=F("attempts") + 1, last_status=status, sent_at=now)
    if not 200 <= status < 300 and notice.how != How.FORGED and notice.attempts < len(RETRY):
        _schedule(notice_id, RETRY[notice.attempts])
    return status
