"""The web basket: Oscar's basket and lines, with the choices of a SIM or a top-up beside each line."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from catalog.services import numbers
from members.actors import Actor, NotYours
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import CURRENCY, yuan
from orders.models import BasketChoice
from orders.models.intake import Way
from orders.services.placement import NothingWanted, Placed, place_quoted
from orders.services.quoting import MOST_UNITS, QuantityWrong, quote
from orders.values import Customer, Delivery, Quote, Source, Terms, Wish

Basket = get_model("basket", "Basket")
Line = get_model("basket", "Line")


class BasketClosed(DomainError):
    code = "basket_closed"
    message = _("This basket has been ordered already.")


class LineGone(DomainError):
    code = "not_found"
    status = 404
    message = _("This line is not in your basket any more.")


def holder_of(basket_id: int) -> str:
    """The holder name under which a basket's numbers are held."""
    return f"basket:{basket_id}"


def open_basket(*, actor: Actor, session_basket_id: int | None):
    """The visitor's or member's open basket, or None. A member's own comes before the session's."""
    mine = Basket.objects.filter(status=Basket.OPEN)
    if session_basket_id:
        found = mine.filter(pk=session_basket_id).first()
        if found and found.owner_id in (None, actor.user_id):
            return found
    if actor.user_id:
        return mine.filter(owner_id=actor.user_id).order_by("-pk").first()
    return None


@transaction.atomic
def add(
    *,
    actor: Actor,
    session_basket_id: int | None,
    wish: Wish,
    visitor: str = "",
    now: datetime,
    channel: str,
):
    """Put a wish into the basket, which is made when there is none. Returns the basket.

    `visitor` is the holder under which this browser keeps chosen numbers; the basket takes the hold over.

    The price is asked for once, so that an article that is unknown or not for sale is refused here.
    Raises the refusals of quote().
    """
    quoted = quote([wish], channel=channel, now=now)
    basket = open_basket(actor=actor, session_basket_id=session_basket_id)
    if basket is None:
        basket = Basket.objects.create(owner_id=actor.user_id, status=Basket.OPEN)
    else:
        Basket.objects.select_for_update().get(pk=basket.pk)
    if wish.msisdn:
        _hold_for_basket(basket.pk, actor, wish.msisdn, visitor=visitor, now=now)
    _write_line(basket, wish, quoted.lines[0])
    return basket


def _hold_for_basket(basket_id: int, actor: Actor, msisdn: str, *, visitor: str, now: datetime) -> None:
    numbers.hand_over_hold(
        msisdn=msisdn,
        to=holder_of(basket_id),
        from_holders=(visitor, f"member:{actor.user_id}"),
        minutes=None,
        now=now,
    )


def _write_line(basket, wish: Wish, quoted) -> None:
    reference = "|".join((wish.sku, wish.msisdn, wish.plan_sku, wish.target_msisdn))
    line, created = Line.objects.get_or_create(
        basket=basket,
        line_reference=reference,
        defaults={
            "product_id": quoted.product_id,
            "stockrecord_id": quoted.stockrecord_id,
            "quantity": wish.quantity,
            "price_currency": CURRENCY,
            "price_excl_tax": yuan(quoted.unit_fen),
            "price_incl_tax": yuan(quoted.unit_fen),
        },
    )
    if created:
        BasketChoice.objects.create(
            line=line,
            sku=wish.sku,
            msisdn=wish.msisdn,
            plan_sku=wish.plan_sku,
            target_msisdn=wish.target_msisdn,
            shown_fen=quoted.unit_fen,
        )
    elif not wish.msisdn:
        _set(line, min(MOST_UNITS, line.quantity + wish.quantity))


def _set(line, quantity: int) -> None:
    Line.objects.filter(pk=line.pk).update(quantity=quantity)


@transaction.atomic
def set_quantity(*, basket, line_id: int, quantity: int) -> None:
    """Change or (with 0) remove a line. Raises QuantityWrong and LineGone."""
    if not 0 <= quantity <= MOST_UNITS:
        raise QuantityWrong(most=MOST_UNITS)
    line = Line.objects.filter(basket=basket, pk=line_id).select_related("choice").first()
    if line is None:
        raise LineGone()
    if quantity and line.choice.msisdn and quantity != 1:
        raise QuantityWrong(most=1)
    if quantity:
        _set(line, quantity)
        return
    if line.choice.msisdn:
        numbers.drop_hold(msisdn=line.choice.msisdn, holder=holder_of(basket.pk))
    line.delete()


def wishes_of(basket) -> list[tuple[int, Wish]]:
    """(line id, wish) of a basket (or its id) in the order they were added; one query."""
    choices = BasketChoice.objects.filter(line__basket=basket)
    return _wishes(choices.annotate(units=F("line__quantity")).order_by("line_id"))


def _wishes(choices) -> list[tuple[int, Wish]]:
    return [
        (
            choice.line_id,
            Wish(
                sku=choice.sku,
                quantity=choice.units,
                msisdn=choice.msisdn,
                plan_sku=choice.plan_sku,
                target_msisdn=choice.target_msisdn,
            ),
        )
        for choice in choices
    ]


@transaction.atomic
def adopt(*, user_id: int, session_basket_id: int | None) -> int | None:
    """After signing in: the visitor's basket becomes the member's, what the member had is added to it."""
    mine = Basket.objects.filter(owner_id=user_id, status=Basket.OPEN).order_by("-pk").first()
    found = Basket.objects.filter(pk=session_basket_id, owner=None, status=Basket.OPEN).first()
    if found is None:
        return mine.pk if mine else None
    found.owner_id = user_id
    found.save(update_fields=["owner"])
    if mine is not None:
        taken = set(Line.objects.filter(basket=found).values_list("line_reference", flat=True))
        Line.objects.filter(basket=mine).exclude(line_reference__in=taken).update(basket=found)
        Basket.objects.filter(pk=mine.pk).update(status=Basket.MERGED)
    return found.pk


@transaction.atomic(savepoint=False)
def place_basket(
    *,
    actor: Actor,
    basket_id: int,
    session_basket_id: int | None,
    customer: Customer,
    delivery: Delivery,
    terms: Terms,
    channel: str,
    quoted: Quote | None = None,
    now: datetime,
) -> Placed:
    """Order a basket's content. Raises NotYours for another's basket, BasketClosed for one already ordered.

    A basket becomes at most one order: it is submitted first, and open again if the order is refused.
    `quoted` is what submit() gave within this transaction; without it the basket is submitted here.
    """
    if quoted is None:
        quoted = submit(
            actor=actor,
            basket_id=basket_id,
            session_basket_id=session_basket_id,
            way=delivery.way,
            channel=channel,
            now=now,
        )
    source = Source(channel=channel, basket_id=basket_id)
    return place_quoted(
        actor=actor, quoted=quoted, customer=customer, delivery=delivery, terms=terms, source=source, now=now
    )


@transaction.atomic(savepoint=False)
def submit(
    *, actor: Actor, basket_id: int, session_basket_id: int | None, way: str, channel: str, now: datetime
) -> Quote:
    """Close a basket and price it, to be ordered in the same transaction. Raises as place_basket() does."""
    mine = Q(owner=None, pk=session_basket_id) | Q(owner__isnull=False, owner_id=actor.user_id)
    found = Basket.objects.filter(mine, pk=basket_id)
    if not found.filter(status=Basket.OPEN).update(status=Basket.SUBMITTED, date_submitted=now):
        raise BasketClosed() if found.exists() else NotYours()
    wishes = [wish for _line, wish in wishes_of(basket_id)]
    if not wishes:
        raise NothingWanted()
    return quote(wishes, channel=channel, way=way, now=now)


def quote_basket(basket, *, channel: str, way: str = Way.SHIP, now: datetime):
    """(line ids, quote) of a basket; ([], None) when it is empty."""
    return _quoted(wishes_of(basket.pk) if basket else [], channel=channel, way=way, now=now)


def quote_open(
    *, actor: Actor, session_basket_id: int | None, channel: str, way: str = Way.SHIP, now: datetime
):
    """(basket, line ids, quote) of the open basket as open_basket() finds it; (None, [], None) when empty.

    The session's basket and its lines are one query.
    """
    choices = BasketChoice.objects.none()
    if session_basket_id:
        mine = Q(line__basket__owner=None) | Q(line__basket__owner_id=actor.user_id)
        choices = BasketChoice.objects.filter(
            mine, line__basket_id=session_basket_id, line__basket__status=Basket.OPEN
        )
    rows = list(
        choices.select_related("line__basket").annotate(units=F("line__quantity")).order_by("line_id")
    )
    if not rows and actor.user_id:
        basket = open_basket(actor=actor, session_basket_id=session_basket_id)
        return basket, *quote_basket(basket, channel=channel, way=way, now=now)
    return rows[0].line.basket if rows else None, *_quoted(_wishes(rows), channel=channel, way=way, now=now)


def _quoted(found: list[tuple[int, Wish]], *, channel: str, way: str, now: datetime):
    if not found:
        return [], None
    wishes = [wish for _pk, wish in found]
    return [pk for pk, _wish in found], quote(wishes, channel=channel, way=way, now=now)
