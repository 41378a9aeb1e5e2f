"""Same key and body: the first answer again. Other body: refused. Still running: come back."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from . import clock
from .errors import DomainError, Invalid
from .models import IdempotencyRecord

KEEP = timedelta(days=7)


class KeyMissing(Invalid):
    code = "idempotency_key_missing"
    message = _("Send an Idempotency-Key header of 1 to 255 characters.")


class KeyReused(DomainError):
    code = "idempotency_key_reused"
    status = 422
    message = _("This Idempotency-Key was used with another body.")


class StillRunning(DomainError):
    code = "request_still_running"
    status = 409
    message = _("The first request with this key is still running. Try again shortly.")


def body_hash(body) -> str:
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def once(*, caller: str, route: str, key: str, body, effect: Callable[[], tuple[int, dict]]):
    """Run effect in one transaction with the record of its answer; returns (status, answer, replayed).

    effect returns (HTTP status, JSON answer) and raises DomainError to refuse; a refusal leaves nothing
    behind, so the same key may be tried again. Raises KeyMissing, KeyReused, StillRunning.
    """
    if not key or len(key) > 255:
        raise KeyMissing()
    digest = body_hash(body)
    with transaction.atomic():
        if not _try_lock(f"{caller}\0{route}\0{key}"):
            raise StillRunning(retry_after=1)
        known = IdempotencyRecord.objects.filter(caller=caller, route=route, key=key).first()
        if known is not None:
            if known.body_hash != digest:
                raise KeyReused()
            return known.status, known.answer, True
        status, answer = effect()
        IdempotencyRecord.objects.create(
            caller=caller,
            route=route,
            key=key,
            body_hash=digest,
            status=status,
            answer=answer,
            created_at=clock.now(),
        )
        return status, answer, False


def purge(*, now: datetime) -> int:
    """Forget answers that nobody asks for any more; returns how many."""
    return IdempotencyRecord.objects.filter(created_at__lt=now - KEEP).delete()[0]


def _try_lock(name: str) -> bool:
    """An advisory lock until the transaction ends; a crash leaves nothing behind."""
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return cursor.fetchone()[0]
