"""The web basket: Oscar's basket and lines, with the choices of a SIM or a top-up beside each line."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from catalog.services import numbers
from members.actors import Actor, NotYours
from omnichannel.kernel import prepared
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import CURRENCY, yuan
from orders.models import BasketChoice
from orders.models.intake import Way
from orders.services import card_sale
from orders.services.placement import NothingWanted, Placed, place_quoted
from orders.services.quoting import MOST_UNITS, QuantityWrong, quote
from orders.values import Customer, Delivery, Quote, Source, Terms, Wish

Basket = get_model("basket", "Basket")
Line = get_model("basket", "Line")


_CLOSE = """
UPDATE basket_basket SET status = 'Submitted', date_submitted = %(now)s
 WHERE id = %(id)s AND status = 'Open' AND (owner_id IS NULL AND id = %(session)s OR owner_id = %(user)s)
RETURNING id
"""
_OPEN = """
SELECT basket.owner_id, line.id, choice.sku, line.quantity, choice.msisdn, choice.plan_sku,
       choice.target_msisdn
  FROM basket_basket basket
  JOIN basket_line line ON line.basket_id = basket.id
  JOIN order_basketchoice choice ON choice.line_id = line.id
 WHERE basket.id = %(id)s AND basket.status = 'Open'
   AND (basket.owner_id IS NULL OR basket.owner_id = %(user)s)
 ORDER BY line.id
"""
# The columns of a wish. A statement after the one that closes: it sees what that one had to wait for.
_CHOSEN = """
SELECT choice.sku, line.quantity, choice.msisdn, choice.plan_sku, choice.target_msisdn
  FROM basket_line line JOIN order_basketchoice choice ON choice.line_id = line.id
 WHERE line.basket_id = %(id)s ORDER BY line.id
"""


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
    Raises the refusals of quote(), card_sale.CardsAlone.
    """
    quoted = quote([wish], channel=channel, now=now)
    basket = open_basket(actor=actor, session_basket_id=session_basket_id)
    if basket is None:
        basket = Basket.objects.create(owner_id=actor.user_id, status=Basket.OPEN)
    else:
        Basket.objects.select_for_update().get(pk=basket.pk)
        held = Line.objects.filter(basket=basket).values_list("product__offering__kind", flat=True)
        card_sale.must_fit([quoted.lines[0].kind, *held])
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
    choices = BasketChoice.objects.filter(line__basket=basket).annotate(units=F("line__quantity"))
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
        for choice in choices.order_by("line_id")
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
    whose = {"id": basket_id, "session": session_basket_id, "user": actor.user_id}
    if not prepared.tuples(_CLOSE, whose | {"now": now}):
        mine = Q(owner=None, pk=session_basket_id) | Q(owner__isnull=False, owner_id=actor.user_id)
        raise BasketClosed() if Basket.objects.filter(mine, pk=basket_id).exists() else NotYours()
    wishes = [Wish(*chosen) for chosen in prepared.tuples(_CHOSEN, {"id": basket_id})]
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
    found = []
    if session_basket_id:
        found = prepared.tuples(_OPEN, {"id": session_basket_id, "user": actor.user_id})
    if not found and actor.user_id:
        basket = open_basket(actor=actor, session_basket_id=session_basket_id)
        return basket, *quote_basket(basket, channel=channel, way=way, now=now)
    basket = Basket(pk=session_basket_id, owner_id=found[0][0]) if found else None
    rows = [(line_id, Wish(*chosen)) for _owner, line_id, *chosen in found]
    return basket, *_quoted(rows, channel=channel, way=way, now=now)


def _quoted(found: list[tuple[int, Wish]], *, channel: str, way: str, now: datetime):
    if not found:
        return [], None
    wishes = [wish for _pk, wish in found]
    return [pk for pk, _wish in found], quote(wishes, channel=channel, way=way, now=now)
