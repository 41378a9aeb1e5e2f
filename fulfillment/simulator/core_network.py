"""A carrier's core network for the demo and the tests: its own accounts, its own idempotency keys.

Fails on demand: rows of SimulatorFault say for which numbers, how and how often.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Callable

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Value

from fulfillment.models import FaultEffect, SimulatedAccount, SimulatedCall, SimulatorFault
from omnichannel.kernel import clock

TOLERANCE_SECONDS = 300


class NoAnswer(Exception):
    """The line is dead; the caller cannot know what happened."""


def handle(operation: str, *, headers: dict, body: bytes) -> tuple[int, dict]:
    """Status and answer of a signed call; raises NoAnswer where a fault row says so."""
    if operation not in _OPERATIONS:
        return 404, {"reason": "unknown_operation"}
    if not _signed(headers, body):
        return 401, {"reason": "bad_signature"}
    wish = json.loads(body)
    fault = _fault(operation, str(wish.get("msisdn", "")))
    if fault == FaultEffect.TIMEOUT:
        raise NoAnswer(operation)
    answer = _once(operation, headers["Idempotency-Key"], wish, fault)
    if fault == FaultEffect.LOST_ANSWER:
        raise NoAnswer(operation)
    return answer


def _signed(headers: dict, body: bytes) -> bool:
    key, stamp = headers.get("Idempotency-Key", ""), headers.get("X-Timestamp", "")
    if not key or not stamp.isdigit() or abs(time.time() - int(stamp)) > TOLERANCE_SECONDS:
        return False
    message = f"{key}.{stamp}.".encode() + body
    wanted = hmac.new(settings.CORE_NETWORK_SECRET.encode(), message, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"v1,{wanted}", headers.get("X-Signature", ""))


def _fault(operation: str, msisdn: str) -> str | None:
    """The effect of the first fault that fits, counted down once used."""
    with transaction.atomic():
        fits = Q(operation="") | Q(operation=operation)
        rows = SimulatorFault.objects.annotate(asked=Value(msisdn)).filter(fits, asked__endswith=F("tail"))
        row = rows.exclude(times_left=0).order_by("pk").select_for_update().first()
        if row is None:
            return None
        if row.times_left is not None:
            SimulatorFault.objects.filter(pk=row.pk).update(times_left=F("times_left") - 1)
        return row.effect


def _once(operation: str, key: str, wish: dict, fault: str | None) -> tuple[int, dict]:
    digest = hashlib.sha256(json.dumps([operation, wish], sort_keys=True).encode()).hexdigest()
    with transaction.atomic():
        known = SimulatedCall.objects.filter(key=key).first()
        if known is not None:
            if known.body_hash != digest:
                return 422, {"reason": "key_reused"}
            return known.status, known.answer
        status, answer = _refusal(fault) or _OPERATIONS[operation](wish)
        SimulatedCall.objects.create(
            key=key, body_hash=digest, status=status, answer=answer, answered_at=clock.now()
        )
        return status, answer


def _refusal(fault: str | None) -> tuple[int, dict] | None:
    if fault == FaultEffect.CARD:
        return 409, {"reason": "card_rejected", "card_at_fault": True}
    if fault == FaultEffect.REFUSE:
        return 409, {"reason": "refused_by_network"}
    return None


def _reference(prefix: str, pk: int) -> dict:
    return {"reference": f"CN{prefix}{pk:010d}"}


def _open(wish: dict) -> tuple[int, dict]:
    try:
        with transaction.atomic():
            account = SimulatedAccount.objects.create(
                msisdn=wish["msisdn"], iccid=wish["iccid"], plan_sku=wish["plan"], opened_at=clock.now()
            )
    except IntegrityError:
        card_used = SimulatedAccount.objects.filter(iccid=wish["iccid"]).exists()
        reason = "card_already_used" if card_used else "number_already_open"
        return 409, {"reason": reason, "card_at_fault": card_used}
    return 201, _reference("A", account.pk)


def _close(wish: dict) -> tuple[int, dict]:
    SimulatedAccount.objects.filter(msisdn=wish["msisdn"]).delete()
    return 200, {"reference": f"CNX{wish['msisdn']}"}


def _top_up(wish: dict) -> tuple[int, dict]:
    account = _account(wish["msisdn"])
    SimulatedAccount.objects.filter(pk=account.pk).update(balance_fen=F("balance_fen") + wish["amount_fen"])
    return 200, _reference("T", account.pk)


def _add_pack(wish: dict) -> tuple[int, dict]:
    account = SimulatedAccount.objects.select_for_update().get(pk=_account(wish["msisdn"]).pk)
    account.packs = [*account.packs, wish["pack"]]
    account.save(update_fields=["packs"])
    return 200, _reference("D", account.pk)


def _account(msisdn: str) -> SimulatedAccount:
    """The number's account; numbers sold before our time exist at the carrier without a card of ours."""
    values = {"iccid": f"old{msisdn}", "plan_sku": "", "opened_at": clock.now()}
    return SimulatedAccount.objects.get_or_create(msisdn=msisdn, defaults=values)[0]


_OPERATIONS: dict[str, Callable[[dict], tuple[int, dict]]] = {
    "accounts": _open,
    "closures": _close,
    "top-ups": _top_up,
    "data-packs": _add_pack,
}
