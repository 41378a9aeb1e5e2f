"""Store pick-up: the goods wait behind the counter, six digits from the customer's phone fetch them."""

import hmac
import secrets as random
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from fulfillment.events import ReadyForPickup
from fulfillment.models import FulfillmentOrder, FulfillmentState, PickupCode
from fulfillment.services import completion, stock
from fulfillment.services.delivery import check_cash
from fulfillment.services.steps import advance
from fulfillment.services.workplaces import parcel
from members.actors import Actor
from members.queries import identity_matches
from members.services import messages
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError, TooMany
from omnichannel.kernel.secrets import encrypt, lookup

MOST_GUESSES = 5
LOCK = timedelta(minutes=30)


class PickupCodeWrong(DomainError):
    code = "pickup_code_wrong"
    message = _("This is not the code of parcel %(parcel)s; %(left)s tries left.")


class PickupCodeLocked(TooMany):
    code = "pickup_code_locked"
    message = _("Too many wrong codes for this parcel. Try again later, or check who the customer is.")


class IdentityNotShown(DomainError):
    code = "identity_differs"
    message = _("Name and ID do not belong to this order. Check the card again.")


@transaction.atomic
def make_ready(*, actor: Actor, location_id: int, code: str, now: datetime) -> FulfillmentOrder:
    """The packed goods wait at the counter: the customer gets six digits by text message.

    Raises ParcelNotHere, WrongState.
    """
    fo = parcel(actor, code, location_id=location_id)
    advance(fo, FulfillmentState.READY_FOR_PICKUP, now=now, actor=actor)
    digits = f"{random.randbelow(1_000_000):06d}"
    PickupCode.objects.update_or_create(
        fulfillment=fo,
        defaults={
            "code_hash": _hash(fo, digits),
            "sealed": encrypt(digits, context=PickupCode.SEAL),
            "issued_at": now,
            "wrong_guesses": 0,
            "locked_until": None,
        },
    )
    _tell_customer(fo, digits, now)
    outbox.publish(
        ReadyForPickup(fulfillment_id=fo.pk, order_number=fo.demand.order_number, location_id=fo.location_id)
    )
    return fo


def _hash(fo: FulfillmentOrder, digits: str) -> str:
    return lookup(f"{fo.pk}:{digits}", context=PickupCode.SEAL)


def _tell_customer(fo: FulfillmentOrder, digits: str, now: datetime) -> None:
    phone = fo.demand.wish["contact_phone"]
    if not phone:
        return
    with override("zh-hans"):
        text = gettext("Order %(order)s is ready at %(store)s. Pick-up code: %(code)s") % {
            "order": fo.demand.order_number,
            "store": fo.location.name,
            "code": digits,
        }
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
) -> FulfillmentOrder:
    """Give the goods to whoever knows the code, at the store where they wait.

    Wrong guesses are counted even though the refusal undoes everything else; five lock the parcel for
    half an hour. What is still to pay must be paid exactly; where an account was opened, name and the ID's
    last four must fit. Raises PickupCodeWrong, PickupCodeLocked, CashDiffers, IdentityNotShown,
    ParcelNotHere, WrongState.
    """
    fo = _guess(actor, location_id, code, pickup_code, now)
    with transaction.atomic():
        fo = parcel(actor, fo.code, location_id=location_id)
        fo.must_reach(FulfillmentState.DELIVERED)
        if fo.cod_fen:
            check_cash(due_fen=fo.cod_fen, amount_fen=paid_fen, means=means)
        _check_identity(fo, name, id_tail)
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
    with transaction.atomic():
        fo = parcel(actor, code, location_id=location_id)
        fo.must_reach(FulfillmentState.DELIVERED)
        right = PickupCode.objects.select_for_update().get(fulfillment=fo)
        if right.locked_until and right.locked_until > now:
            raise PickupCodeLocked(retry_after=int((right.locked_until - now).total_seconds()))
        if hmac.compare_digest(right.code_hash, _hash(fo, digits.strip())):
            return fo
        left = _count_wrong(right, now)
    raise PickupCodeWrong(parcel=fo.code, left=left)


def _count_wrong(right: PickupCode, now: datetime) -> int:
    """Returns how many tries are left; the last one locks and starts a new count."""
    right.wrong_guesses += 1
    left = MOST_GUESSES - right.wrong_guesses
    if left <= 0:
        right.wrong_guesses, right.locked_until, left = 0, now + LOCK, 0
    right.save(update_fields=["wrong_guesses", "locked_until"])
    return left


def _check_identity(fo: FulfillmentOrder, name: str, id_tail: str) -> None:
    identity_id = fo.lines.exclude(identity_id=None).values_list("identity_id", flat=True).first()
    if identity_id is None:
        return
    if not name.strip() or not identity_matches(
        identity_id, name=name.strip(), id_tail=id_tail.strip().upper()
    ):
        raise IdentityNotShown(field="name")
