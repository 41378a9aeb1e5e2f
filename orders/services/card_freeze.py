"""Freezing a card: by its holder at any time, by customer service with a reason. Refunds still reach it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, NotYours, Role
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed
from orders import reasons
from orders.events import CardStateChanged
from orders.models import CardEntry, PrepaidCard
from orders.services import card_book, refunds


class ReasonMissing(Invalid):
    code = "reason_required"
    message = _("Say why in a few words.")


class FrozenByService(NotAllowed):
    code = "card_frozen_by_service"
    message = _("Customer service froze this card. Please call our hotline.")


class StateUnfit(DomainError):
    code = "card_state_conflict"
    message = _("The card is %(state)s; this is not possible.")


@transaction.atomic
def freeze(*, card_id: int, actor: Actor, reason: str = "", now: datetime) -> PrepaidCard:
    """Nobody pays with the card until it is unfrozen.

    Raises CardUnknown, NotYours, ReasonMissing, StateUnfit.
    """
    card = card_book.locked(card_id)
    note = _why(card, actor, reason)
    if card.state not in (PrepaidCard.State.ISSUED, PrepaidCard.State.ACTIVE):
        raise StateUnfit(state=card.get_state_display())
    return _move(card, PrepaidCard.State.FROZEN, CardEntry.Kind.FROZEN, note, actor, now)


@transaction.atomic
def unfreeze(*, card_id: int, actor: Actor, reason: str = "", now: datetime) -> PrepaidCard:
    """The holder ends an own freeze, customer service any. Raises as freeze() does, FrozenByService."""
    card = card_book.locked(card_id)
    note = _why(card, actor, reason)
    if card.state != PrepaidCard.State.FROZEN:
        raise StateUnfit(state=card.get_state_display())
    last = card.entries.filter(kind=CardEntry.Kind.FROZEN).first()
    if note == reasons.BY_HOLDER and last.note != reasons.BY_HOLDER:
        raise FrozenByService()
    return _move(card, card.rested_state, CardEntry.Kind.UNFROZEN, note, actor, now)


def _why(card: PrepaidCard, actor: Actor, reason: str) -> str:
    """Why the actor may, and says so: the holder needs no reason, an operator does."""
    if actor.user_id is not None and card.member_id == actor.user_id:
        return reasons.BY_HOLDER
    if not actor.has(Role.OPERATOR):
        raise NotYours()
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return reason.strip()


def _move(card: PrepaidCard, state: str, kind: str, note: str, actor: Actor, now: datetime) -> PrepaidCard:
    before, card.state = card.state, state
    card.save(update_fields=["state"])
    entry = card_book.write(card.pk, kind, by=actor.label, now=now, note=note)
    outbox.publish(CardStateChanged.of(card, entry, before=before, actor=actor))
    return card


@transaction.atomic
def refund_unused(*, card_id: int, actor: Actor, reason: str, now: datetime) -> PrepaidCard:
    """Customer service gives the price of a card back that nobody has paid with; the card becomes void.

    Reloads are refunded by their own orders. Raises NotAllowed, ReasonMissing, CardUnknown,
    card_sale.CardUsed.
    """
    actor.must_have(Role.OPERATOR)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    card = PrepaidCard.objects.select_related("line__intake").filter(pk=card_id).first()
    if card is None:
        raise card_book.CardUnknown()
    refunds.refund(
        order_number=card.line.intake.number,
        line_amounts=[(card.line_id, card.face_fen)],
        reason=reason.strip(),
        actor=actor,
        now=now,
        key=f"card:{card.pk}",
        only_card=card.pk,
    )
    card.refresh_from_db()
    return card
