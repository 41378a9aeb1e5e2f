"""Selling prepaid cards: what a card's sale may not be mixed with, loading what was paid, taking it back."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from catalog.kinds import Kind
from catalog.services.pricing import CardAtFaceValue
from members.actors import Actor
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError, Invalid
from omnichannel.kernel.money import display
from orders.events import CardStateChanged
from orders.models import CardEntry, LineTerms, OrderIntake, PrepaidCard
from orders.services import card_book
from orders.values import Quote

LOADS = (CardEntry.Kind.ISSUE, CardEntry.Kind.RELOAD)


class CardsAlone(Invalid):
    code = "card_sold_alone"
    message = _("Prepaid cards are ordered by themselves. Please order the other articles separately.")


class CardTooFull(Invalid):
    code = "card_limit_exceeded"
    message = _("A prepaid card holds at most %(limit)s. Choose a smaller amount.")


class CardUsed(DomainError):
    code = "card_used"
    message = _("Something was paid with this card already; its sale cannot be refunded any more.")


class CardRefundUneven(Invalid):
    code = "card_refund_whole"
    message = _("The sale of a card is refunded whole: %(face)s or a multiple of it.")


def must_fit(kinds: Iterable[str]) -> None:
    """Raise CardsAlone where cards would be ordered together with something else."""
    found = set(kinds)
    if Kind.PREPAID_CARD in found and len(found) > 1:
        raise CardsAlone()


def check(quoted: Quote, *, member_id: int) -> None:
    """Raise CardsAlone, CardAtFaceValue, CardTooFull or CardUnknown where these cards may not be sold so."""
    if not quoted.sells_cards:
        return
    must_fit(line.kind for line in quoted.lines)
    for line in quoted.lines:
        if line.unit_fen != line.base_fen or line.discount_fen:
            raise CardAtFaceValue(sku=line.wish.sku)
        if line.wish.target_card is not None:
            _check_target(line.wish.target_card, line.amount_fen, member_id)
        elif line.unit_fen > settings.CARD_LIMIT_FEN:
            raise CardTooFull(limit=display(settings.CARD_LIMIT_FEN))


def _check_target(card_id: int, amount_fen: int, member_id: int) -> None:
    """A card is reloaded by its holder, up to the limit."""
    card = PrepaidCard.objects.filter(pk=card_id, member_id=member_id).first()
    if card is None:
        raise card_book.CardUnknown()
    if card.state == PrepaidCard.State.VOID:
        raise card_book.CardVoid()
    if card.balance_fen + amount_fen > settings.CARD_LIMIT_FEN:
        raise CardTooFull(limit=display(settings.CARD_LIMIT_FEN))


def load(intake: OrderIntake, lines: Sequence[LineTerms], *, actor: Actor, now: datetime) -> None:
    """What was paid is on cards: new ones, or the one that was to be reloaded. Part of the confirmation.

    A card that became void while its reload was being paid gets a new card in its place: no money is lost.
    """
    if not intake.sells_cards:
        return
    for line in lines:
        target = card_book.locked(line.target_card_id) if line.target_card_id else None
        if target is not None and target.state != PrepaidCard.State.VOID:
            _reload(target, intake, line, actor, now)
        else:
            _issue(intake, line, actor, now)


def reference_of(line_id: int, unit: int) -> str:
    """Under which a card's entries keep the money of one unit of an order's line."""
    return f"line:{line_id}:{unit}"


def _reload(card: PrepaidCard, intake: OrderIntake, line: LineTerms, actor: Actor, now: datetime) -> None:
    for unit in range(1, line.quantity + 1):
        card_book.put(
            card_id=card.pk,
            kind=CardEntry.Kind.RELOAD,
            amount_fen=line.unit_fen,
            reference=reference_of(line.pk, unit),
            order_number=intake.number,
            by=actor.label,
            now=now,
        )


def _issue(intake: OrderIntake, line: LineTerms, actor: Actor, now: datetime) -> None:
    """A card per unit, two statements however many. Their numbers are random and unique."""
    cards = PrepaidCard.objects.bulk_create(
        PrepaidCard(
            number=card_book.new_number(),
            face_fen=line.unit_fen,
            balance_fen=line.unit_fen,
            line=line,
            unit=unit,
            issued_at=now,
        )
        for unit in range(1, line.quantity + 1)
    )
    CardEntry.objects.bulk_create(
        CardEntry(
            card=card,
            kind=CardEntry.Kind.ISSUE,
            amount_fen=card.face_fen,
            balance_fen=card.face_fen,
            reference=reference_of(line.pk, card.unit),
            order_number=intake.number,
            by=actor.label[:80],
            at=now,
        )
        for card in cards
    )


def withdraw(
    intake: OrderIntake, line_amounts: Iterable[tuple[int, int]], *, only_card: int | None = None,
    reason: str, actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """Take what a refund gives back off the cards that nobody has paid with since; empty ones are void.

    Part of the refund, under the order's lock; only_card names one card. Raises CardUsed, CardRefundUneven.
    """
    lines = {line.pk: line for line in intake.terms.all()}
    for line_id, amount in line_amounts:
        line = lines[line_id]
        units, rest = divmod(amount, line.unit_fen)
        if rest:
            raise CardRefundUneven(face=display(line.unit_fen))
        free = _untouched(line, only_card)
        if len(free) < units:
            raise CardUsed()
        for entry in free[:units]:
            _withdraw(entry, intake.number, reason, actor, now)


def _untouched(line: LineTerms, only_card: int | None) -> list[CardEntry]:
    """Loads of a line's units whose cards were not used after them; the cards stay locked."""
    references = [reference_of(line.pk, unit) for unit in range(1, line.quantity + 1)]
    loads = CardEntry.objects.filter(kind__in=LOADS, reference__in=references).order_by("pk")
    if only_card is not None:
        loads = loads.filter(card_id=only_card)
    gone = CardEntry.objects.filter(kind=CardEntry.Kind.WITHDRAWN, reference__in=references)
    gone = set(gone.values_list("reference", flat=True))
    loads = [entry for entry in loads if entry.reference not in gone]
    cards = sorted({entry.card_id for entry in loads})
    list(PrepaidCard.objects.select_for_update().filter(pk__in=cards).order_by("pk"))
    uses = CardEntry.objects.filter(card_id__in=cards, kind=CardEntry.Kind.USE)
    last_use: dict[int, int] = {}
    for card_id, pk in uses.values_list("card_id", "pk"):
        last_use[card_id] = max(pk, last_use.get(card_id, 0))
    return [entry for entry in loads if entry.pk > last_use.get(entry.card_id, 0)]


def _withdraw(entry: CardEntry, order_number: str, reason: str, actor: Actor, now: datetime) -> None:
    card_book.put(
        card_id=entry.card_id,
        kind=CardEntry.Kind.WITHDRAWN,
        amount_fen=-entry.amount_fen,
        reference=entry.reference,
        order_number=order_number,
        by=actor.label,
        now=now,
        note=reason,
    )
    card = PrepaidCard.objects.get(pk=entry.card_id)
    if card.balance_fen == 0 and not card.entries.filter(kind=CardEntry.Kind.USE).exists():
        before, card.state = card.state, PrepaidCard.State.VOID
        card.save(update_fields=["state"])
        kept = card_book.write(card.pk, CardEntry.Kind.VOID, by=actor.label, now=now, note=reason)
        outbox.publish(CardStateChanged.of(card, kept, before=before, actor=actor))
