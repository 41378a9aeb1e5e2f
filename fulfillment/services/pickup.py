"""Store pick-up: the goods wait behind the counter, six digits from the customer's phone fetch them."""

import hmac
import secrets as random
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from fulfillment.events import ReadyForPickup
from fulfillment.models import (
    FulfillmentOrder,
    FulfillmentState,
    GuessOutcome,
    IdentityPlace,
    PickupCode,
    PickupGuess,
)
from fulfillment.services import completion, identity_proof, stock
from fulfillment.services.delivery import check_cash
from fulfillment.services.steps import advance
from fulfillment.services.undo import remember, undoes
from fulfillment.services.workplaces import parcel
from members.actors import Actor
from members.services import messages
from omnichannel.kernel import clock, limits, outbox
from omnichannel.kernel.errors import DomainError, TooMany
from omnichannel.kernel.secrets import encrypt, lookup

STATION = "ready"
MOST_GUESSES = 5
LOCK = timedelta(minutes=30)


class PickupCodeWrong(DomainError):
    code = "pickup_code_wrong"
    message = _("This is not the code of parcel %(parcel)s; %(left)s tries left.")


class PickupCodeLocked(TooMany):
    code = "pickup_code_locked"
    message = _(
        "Too many wrong codes for this parcel: it is locked for %(minutes)s more minutes. A lead may send the"
        " customer a new code, which works at once."
    )


@transaction.atomic
def make_ready(*, actor: Actor, location_id: int, code: str, now: datetime) -> FulfillmentOrder:
    """The packed goods wait at the counter: the customer gets six digits by text message.

    Raises ParcelNotHere, WrongState.
    """
    fo = parcel(actor, code, location_id=location_id)
    advance(fo, FulfillmentState.READY_FOR_PICKUP, now=now, actor=actor)
    issue(fo, now=now)
    remember(STATION, fo, actor=actor, now=now, what=fo.code)
    outbox.publish(
        ReadyForPickup(fulfillment_id=fo.pk, order_number=fo.demand.order_number, location_id=fo.location_id)
    )
    return fo


@undoes(STATION)
def _take_off_counter(fo: FulfillmentOrder, facts: dict, now: datetime, actor: Actor) -> None:
    """It was said too early: the digits open nothing any more, and the customer is told to wait."""
    advance(fo, FulfillmentState.PACKED, now=now, actor=actor)
    PickupCode.objects.filter(fulfillment=fo).delete()
    tell(fo, _("Order %(order)s is not ready at %(store)s yet. A new code follows."), now=now)


def issue(fo: FulfillmentOrder, *, now: datetime) -> None:
    """Six new digits for a locked parcel, to the customer's phone; older ones and their lock are gone."""
    digits = f"{random.randbelow(1_000_000):06d}"
    PickupCode.objects.update_or_create(
        fulfillment=fo,
        defaults={
            "code_hash": _hash(fo.pk, digits),
            "sealed": encrypt(digits, context=PickupCode.SEAL),
            "issued_at": now,
            "wrong_guesses": 0,
            "locked_until": None,
        },
    )
    wording = _("Order %(order)s is ready at %(store)s. Pick-up code: %(code)s")
    tell(fo, wording, now=now, code=digits)


def _hash(fulfillment_id: int, digits: str) -> str:
    return lookup(f"{fulfillment_id}:{digits}", context=PickupCode.SEAL)


def tell(fo: FulfillmentOrder, wording: Promise, *, now: datetime, **facts: str) -> None:
    """A text message, in Chinese, to whoever collects the parcel; wording has %(order)s and %(store)s."""
    phone = fo.demand.wish.get("contact_phone")
    if not phone:
        return
    facts |= {"order": fo.demand.order_number, "store": fo.location.name}
    with override("zh-hans"):
        text = str(wording) % facts
    messages.send(phone=phone, kind="pickup", text=text, now=now)


def code_of(fulfillment_id: int) -> str:
    """The six digits for the owner's page; empty when the parcel is not waiting."""
    waiting = PickupCode.objects.filter(
        fulfillment_id=fulfillment_id, fulfillment__state=FulfillmentState.READY_FOR_PICKUP
    )
    found = waiting.first()
    return found.digits if found else ""


def hand_over(
    *,
    actor: Actor,
    location_id: int,
    code: str,
    pickup_code: str,
    now: datetime,
    paid_fen: int = 0,
    means: str = "cash",
    name: str = "",
    id_tail: str = "",
    seen: str = "",
) -> FulfillmentOrder:
    """Give the goods to whoever knows the code, at the store where they wait.

    Each entered code and each identity check is kept even though a refusal undoes everything else; five
    wrong codes lock the parcel for half an hour, and one person may enter only so many in an hour. What is
    still to pay must be paid exactly; where an account was opened, name and the ID's last four must fit (or
    `seen` says why they cannot, see identity_proof). Raises PickupCodeWrong, PickupCodeLocked, CashDiffers,
    identity_proof.IdentityDiffers, IdentityExhausted and SeenInvalid, ParcelNotHere, WrongState.
    """
    identity_proof.must_be_known(seen)
    fo = _guess(actor, location_id, code, pickup_code, now)
    if fo.cod_fen:
        check_cash(due_fen=fo.cod_fen, amount_fen=paid_fen, means=means)
    _check_identity(actor, location_id, fo, name=name, id_tail=id_tail, seen=seen, now=now)
    with transaction.atomic():
        fo = parcel(actor, fo.code, location_id=location_id)
        fo.must_reach(FulfillmentState.DELIVERED)
        stock.ship(fulfillment=fo, now=now)
        proof = {
            "counter": fo.location.name,
            "by": actor.label,
            "pickup_code": "right",
            "cod_fen": fo.cod_fen,
        }
        completion.deliver(fo, courier_id=None, proof=proof, actor=actor, now=now)
    return fo


def _guess(actor: Actor, location_id: int, code: str, digits: str, now: datetime) -> FulfillmentOrder:
    """The parcel whose code this is; the parcel's row stays locked while it is compared and counted.

    Whoever has used up their tries over all parcels is not told whether this one is right.
    """
    tries = {"most": settings.PICKUP_WRONG_CODES_PER_HOUR, "seconds": 3600}
    guesser = f"pickup:{actor.user_id or actor.label}"
    limits.refuse_beyond(guesser, **tries)
    with transaction.atomic():
        fo = parcel(actor, code, location_id=location_id)
        fo.must_reach(FulfillmentState.DELIVERED)
        right = PickupCode.objects.select_for_update().get(fulfillment=fo)
        outcome = _compared(right, digits, now)
        PickupGuess.objects.create(fulfillment=fo, outcome=outcome, by=actor.label[:80], at=now)
        left = _count_wrong(right, now) if outcome == GuessOutcome.WRONG else 0
    if outcome == GuessOutcome.LOCKED:
        seconds = int((right.locked_until - now).total_seconds())
        raise PickupCodeLocked(retry_after=seconds, minutes=-(-seconds // 60))
    if outcome == GuessOutcome.WRONG:
        limits.check(guesser, **tries)
        raise PickupCodeWrong(parcel=fo.code, left=left)
    return fo


def _compared(right: PickupCode, digits: str, now: datetime) -> str:
    if right.locked_until and right.locked_until > now:
        return GuessOutcome.LOCKED
    fits = hmac.compare_digest(right.code_hash, _hash(right.fulfillment_id, digits.strip()))
    return GuessOutcome.RIGHT if fits else GuessOutcome.WRONG


def _count_wrong(right: PickupCode, now: datetime) -> int:
    """Returns how many tries are left; the last one locks and starts a new count."""
    right.wrong_guesses += 1
    left = MOST_GUESSES - right.wrong_guesses
    if left <= 0:
        right.wrong_guesses, right.locked_until, left = 0, now + LOCK, 0
    right.save(update_fields=["wrong_guesses", "locked_until"])
    return left


def _check_identity(
    actor: Actor, location_id: int, fo: FulfillmentOrder, *, name: str, id_tail: str, seen: str, now: datetime
) -> None:
    """Where an account was opened: its holder stands at the counter. A check that failed stays."""
    holders = fo.lines.exclude(identity_id=None).values_list("identity_id", flat=True)
    identity_id = holders.first()
    if identity_id is None:
        return
    today = datetime.combine(clock.local_day(now), time(), tzinfo=clock.SHANGHAI)
    with transaction.atomic():
        parcel(actor, fo.code, location_id=location_id)
        left, outcome = identity_proof.tries_left(fo, since=today), ""
        if left > 0:
            shown = {"name": name, "id_tail": id_tail, "seen": seen, "place": IdentityPlace.COUNTER}
            outcome = identity_proof.record(fo, identity_id, **shown, actor=actor, now=now)
    identity_proof.must_have_passed(outcome, left - 1)
