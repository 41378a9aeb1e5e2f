"""The accounts of prepaid cards: numbers, and every movement as one guarded statement with its entry.

A movement counts once per kind and reference. The lock order is order, payment, points account, card,
number: who moves a card's money has locked the order for which it moves.
"""

import re
import secrets
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError, Invalid
from omnichannel.kernel.money import display
from orders.models import CardEntry, PrepaidCard
from orders.queries.cards import CardUnknown

# First digits of our cards (assumed: no issuer's range), then eleven at random and a check digit.
PREFIX, RANDOM_DIGITS = "8638", 11
_TYPED = re.compile(r"[\s\-]")


class CardNumberWrong(Invalid):
    code = "card_number_wrong"
    message = _("A card number has sixteen digits. Please compare it with the card.")


class CardShort(DomainError):
    code = "card_balance_short"
    message = _("The prepaid card holds %(balance)s now. Please look at the new sum and confirm again.")


class CardFrozen(DomainError):
    code = "card_frozen"
    message = _("This prepaid card is frozen and cannot pay. Its holder or customer service unfreezes it.")


class CardVoid(DomainError):
    code = "card_void"
    message = _("This prepaid card was given back and is void.")


def new_number() -> str:
    """Sixteen digits that cannot be guessed from another card's."""
    body = f"{PREFIX}{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """The digit that makes `body` pass the Luhn check (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (1 if place % 2 else 2)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def number_of(text: str) -> str:
    """The sixteen digits of what somebody typed. Raises CardNumberWrong."""
    digits = _TYPED.sub("", str(text or ""))
    if not re.fullmatch(r"[0-9]{16}", digits) or check_digit(digits[:-1]) != digits[-1]:
        raise CardNumberWrong(field="card_number")
    return digits


def locked(card_id: int) -> PrepaidCard:
    """The card, locked for change. Raises CardUnknown."""
    card = PrepaidCard.objects.select_for_update().filter(pk=card_id).first()
    if card is None:
        raise CardUnknown()
    return card


def spend(
    *, card_id: int, amount_fen: int, reference: str, order_number: str, by: str, now: datetime
) -> None:
    """Take fen from an active card, once per reference. Raises CardShort, CardFrozen, CardVoid."""
    if _known(CardEntry.Kind.USE, reference):
        return
    if not _taken(card_id, amount_fen):
        _refuse(PrepaidCard.objects.get(pk=card_id))
    write(
        card_id,
        CardEntry.Kind.USE,
        -amount_fen,
        reference=reference,
        order_number=order_number,
        by=by,
        now=now,
    )


def _taken(card_id: int, amount_fen: int) -> bool:
    """One statement asks and takes: of any number at once none finds money that another has taken."""
    rows = PrepaidCard.objects.filter(pk=card_id, balance_fen__gte=amount_fen)
    rows = rows.filter(state__in=(PrepaidCard.State.ISSUED, PrepaidCard.State.ACTIVE))
    return bool(rows.update(balance_fen=F("balance_fen") - amount_fen))


def _refuse(card: PrepaidCard) -> None:
    must_be_usable(card)
    raise CardShort(balance=display(card.balance_fen), balance_fen=card.balance_fen)


def must_be_usable(card: PrepaidCard) -> None:
    if card.state == PrepaidCard.State.FROZEN:
        raise CardFrozen()
    if card.state == PrepaidCard.State.VOID:
        raise CardVoid()


def put(
    *, card_id: int, kind: str, amount_fen: int, reference: str, order_number: str, by: str, note: str = "",
    now: datetime,
) -> None:  # fmt: skip
    """Add fen (negative: what a refund of its sale takes off), frozen or not, once per kind and reference."""
    if _known(kind, reference):
        return
    PrepaidCard.objects.filter(pk=card_id).update(balance_fen=F("balance_fen") + amount_fen)
    write(
        card_id, kind, amount_fen, reference=reference, order_number=order_number, by=by, now=now, note=note
    )


def _known(kind: str, reference: str) -> bool:
    return CardEntry.objects.filter(kind=kind, reference=reference).exists()


def write(card_id: int, kind: str, amount_fen: int = 0, *, reference: str | None = None,
          order_number: str = "", by: str, now: datetime, note: str = "") -> CardEntry:  # fmt: skip
    """The entry of what was done to a card whose row this transaction holds."""
    balance = PrepaidCard.objects.values_list("balance_fen", flat=True).get(pk=card_id)
    return CardEntry.objects.create(
        card_id=card_id,
        kind=kind,
        amount_fen=amount_fen,
        balance_fen=balance,
        reference=reference,
        order_number=order_number,
        by=by[:80],
        note=note[:200],
        at=now,
    )
