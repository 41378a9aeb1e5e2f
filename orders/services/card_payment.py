"""A prepaid card as a part of the payment: asked before placing, taken with it, given back by refunds."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import Invalid
from omnichannel.kernel.money import display
from orders.models import CardEntry, Means, OrderIntake, Payment, PaymentState, PrepaidCard
from orders.services import captured, card_book, card_pins
from orders.values import CardPart, Quote, Terms


class CardNotForCards(Invalid):
    code = "card_needs_money"
    message = _("A prepaid card is bought with money, not with points or another card.")


class CardNotAtDoor(Invalid):
    code = "card_not_with_cod"
    message = _("Cash on delivery and a prepaid card cannot share an order. Choose one of them.")


class CardTooMuch(Invalid):
    code = "card_exceeds_total"
    message = _("The card cannot pay more than the order is worth.")


class CardEmpty(Invalid):
    code = "card_empty"
    message = _("There is nothing left on this prepaid card.")


def settled(terms: Terms, *, quoted: Quote, actor: Actor, member_id: int, at_counter: bool = False) -> Terms:
    """The terms with the card that was named looked up and how much it pays, fen; nothing is taken yet.

    at_counter: somebody of the counter sells. Raises CardNotForCards, CardNotAtDoor, CardTooMuch, CardEmpty,
    CardUnknown, CardOfAnother, CardFrozen, CardVoid, CardShort and the refusals of a PIN.
    """
    if quoted.sells_cards and (terms.card or terms.points_fen):
        raise CardNotForCards()
    if terms.card is None:
        return terms
    if terms.means == "cod":
        raise CardNotAtDoor()
    card = _named(terms.card, actor=actor, member_id=member_id, at_counter=at_counter)
    card_book.must_be_usable(card)
    most = quoted.total_fen - terms.points_fen
    amount = min(card.balance_fen, most) if terms.card.amount_fen is None else terms.card.amount_fen
    if amount > most:
        raise CardTooMuch()
    if amount <= 0:
        raise CardEmpty()
    if amount > card.balance_fen:
        raise card_book.CardShort(balance=display(card.balance_fen), balance_fen=card.balance_fen)
    return replace(terms, card=CardPart(card_id=card.pk, amount_fen=amount))


def _named(part: CardPart, *, actor: Actor, member_id: int, at_counter: bool) -> PrepaidCard:
    """A member's own card, or the card whose PIN was typed; at a counter whoever brings it may use it."""
    if part.card_id is not None:
        card = PrepaidCard.objects.filter(pk=part.card_id).first()
        if card is None or not (actor.is_system or card.member_id == actor.user_id == member_id):
            raise card_book.CardUnknown()
        return card
    card = card_pins.verified(number=part.number, pin=part.pin, actor=actor)
    if not at_counter and card.member_id not in (None, member_id):
        raise card_pins.CardOfAnother()
    return card


def lock(part: CardPart | None) -> None:
    """Lock the card that is to pay, before rows that stand behind it in the order of locks."""
    if part is not None:
        named = {"pk": part.card_id} if part.card_id else {"number": card_book.number_of(part.number)}
        list(PrepaidCard.objects.filter(**named).select_for_update().values_list("pk", flat=True))


def take(intake: OrderIntake, part: CardPart | None, *, actor: Actor, now: datetime) -> Payment | None:
    """Take what settled() said from the card; part of placing. Raises CardShort, CardFrozen, CardVoid."""
    if part is None:
        return None
    card_book.spend(
        card_id=part.card_id,
        amount_fen=part.amount_fen,
        reference=f"order:{intake.number}",
        order_number=intake.number,
        by=actor.label,
        now=now,
    )
    payment = Payment.objects.create(
        intake_id=intake.pk,
        means=Means.PREPAID,
        state=PaymentState.CAPTURED,
        out_trade_no=f"{intake.number}-PREPAID",
        card_id=part.card_id,
        amount_fen=part.amount_fen,
        captured_fen=part.amount_fen,
        created_at=now,
        captured_at=now,
    )
    captured.announce(payment, order_number=intake.number)
    return payment


def give_back(
    *, payment: Payment, order_number: str, amount_fen: int, refund_id: int, by: str, now: datetime
) -> None:
    """A refund of what the card paid goes back to the card, frozen or not."""
    card_book.put(
        card_id=payment.card_id,
        kind=CardEntry.Kind.BACK,
        amount_fen=amount_fen,
        reference=f"refund:{refund_id}",
        order_number=order_number,
        by=by,
        now=now,
    )
