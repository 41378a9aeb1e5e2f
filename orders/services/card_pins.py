"""A card's PIN: made when it is first shown, kept as a keyed hash only. Who types it may take the card."""

import hmac
import re
import secrets as random
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, NotYours
from members.services import sign_in
from omnichannel.kernel import limits
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed, TooMany
from omnichannel.kernel.secrets import lookup
from orders.models import CardEntry, PrepaidCard
from orders.services import card_book

WRONG_PINS = {"most": 5, "seconds": 24 * 3600}  # per card
TRIES = {"most": 60, "seconds": 3600}  # per person who types, over all cards


class PinWrong(Invalid):
    code = "card_pin_wrong"
    message = _("Card number and PIN do not belong together.")


class PinLocked(TooMany):
    code = "card_pin_locked"
    message = _("Too many wrong PINs for this card. It can be tried again after 24 hours.")


class PinShown(DomainError):
    code = "card_pin_shown"
    message = _("The PIN was shown already and is not kept. Have a new one made.")


class CardOfAnother(NotAllowed):
    code = "card_of_another"
    message = _("This prepaid card belongs to another member.")


def verified(*, number: str, pin: str, actor: Actor) -> PrepaidCard:
    """The card of this number and PIN. Raises CardNumberWrong, PinWrong, PinLocked, TooMany.

    A number that we never issued is answered like a wrong PIN, so that numbers cannot be tried out.
    """
    number = card_book.number_of(number)
    limits.check(f"card-tries:{actor.user_id or actor.label}", **TRIES)
    try:
        limits.check(f"card-pin:{number}", **WRONG_PINS)
    except TooMany as refusal:
        raise PinLocked(**refusal.facts) from None
    card = PrepaidCard.objects.filter(number=number).first()
    typed = _hash(number, re.sub(r"\s", "", str(pin or "")))
    if card is None or not hmac.compare_digest(card.pin_hash or "-" * len(typed), typed):
        raise PinWrong(field="card_pin")
    limits.forget(f"card-pin:{number}")
    return card


def _hash(number: str, pin: str) -> str:
    return lookup(f"{number}:{pin}", context="prepaid_card_pin")


@transaction.atomic
def show(*, card_id: int, actor: Actor, now: datetime) -> str:
    """The six digits, once, to who bought the card or holds it. Raises CardUnknown, NotYours, PinShown."""
    card = _mine(card_id, actor)
    if card.pin_hash:
        raise PinShown()
    return _fresh(card, actor, now)


def renew(*, card_id: int, code: str, actor: Actor, now: datetime) -> str:
    """Another PIN for its holder, who proves the phone with a one-time code; the old one dies.

    Raises CardUnknown, NotYours, CardFrozen, CardVoid, sign_in.CodeWrong, sign_in.CodeExpired.
    """
    phone = _phone_of_holder(card_id, actor)
    if sign_in.verify_code(phone=phone, code=code, now=now).pk != actor.user_id:
        raise NotYours()
    with transaction.atomic():
        return _fresh(_mine(card_id, actor), actor, now)


def send_code(*, card_id: int, actor: Actor, address: str, now: datetime) -> None:
    """A one-time code to the phone of the card's holder. Raises CardUnknown, NotYours, TooMany."""
    sign_in.request_code(phone=_phone_of_holder(card_id, actor), address=address, now=now)


def _phone_of_holder(card_id: int, actor: Actor) -> str:
    card = PrepaidCard.objects.select_related("member__user").filter(pk=card_id).first()
    if card is None or card.member_id is None or card.member_id != actor.user_id:
        raise card_book.CardUnknown()
    return card.member.user.phone


def _fresh(card: PrepaidCard, actor: Actor, now: datetime) -> str:
    card_book.must_be_usable(card)
    pin = f"{random.randbelow(1_000_000):06d}"
    card.pin_hash, card.pin_shown_at = _hash(card.number, pin), now
    card.state = card.rested_state
    card.save(update_fields=["pin_hash", "pin_shown_at", "state"])
    limits.forget(f"card-pin:{card.number}")
    card_book.write(card.pk, CardEntry.Kind.PIN, by=actor.label, now=now)
    return pin


def _mine(card_id: int, actor: Actor) -> PrepaidCard:
    """The locked card of who holds it or, while nobody does, of who bought it."""
    card = card_book.locked(card_id)
    holder = card.member_id or card.line.intake.member_id
    if actor.user_id is None or holder != actor.user_id:
        raise NotYours()
    return card


@transaction.atomic
def keep(*, card_id: int, actor: Actor, now: datetime) -> PrepaidCard:
    """Who bought a card holds it from now on. Raises CardUnknown, NotYours, CardVoid."""
    return _bound(_mine(card_id, actor), actor, now)


@transaction.atomic
def bind(*, number: str, pin: str, actor: Actor, now: datetime) -> PrepaidCard:
    """Who knows number and PIN holds the card. Raises what verified() does, CardOfAnother, CardVoid."""
    card = card_book.locked(verified(number=number, pin=pin, actor=actor).pk)
    if card.member_id not in (None, actor.user_id):
        raise CardOfAnother()
    return _bound(card, actor, now)


def _bound(card: PrepaidCard, actor: Actor, now: datetime) -> PrepaidCard:
    if card.state == PrepaidCard.State.VOID:
        raise card_book.CardVoid()
    if card.member_id is None:
        card.member_id = actor.user_id
        if card.state == PrepaidCard.State.ISSUED:
            card.state = PrepaidCard.State.ACTIVE
        card.save(update_fields=["member", "state"])
        card_book.write(card.pk, CardEntry.Kind.BOUND, by=actor.label, now=now)
    return card
