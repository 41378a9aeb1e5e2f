"""What every page of the shop needs, and cards made ready for the template."""

from datetime import datetime
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.kinds import Kind
from catalog.queries.offerings import picture_address
from orders.queries.shop import units_in_basket
from orders.views import sessions
from orders.views.shop.place import Place, place_of
from orders.views.shop.promises import Promise, for_cards


def frame(request, **context) -> dict:
    """The context of a shop page: the visitor's place, the basket's count and what the page adds."""
    context.setdefault("place", place_of(request))
    return context | {"basket_count": units_in_basket(sessions.basket_id(request))}


def product_url(card) -> str:
    return _address(card.slug, card.product_id)


@lru_cache(maxsize=4096)
def _address(slug: str, pk: int) -> str:
    return reverse("orders:product", kwargs={"slug": slug, "pk": pk})


def dressed(cards, *, place: Place, now: datetime, eager: int = 0) -> list[dict]:
    """Cards with address, picture, price and promise; the first `eager` pictures load at once."""
    promises = for_cards(cards, place=place, now=now)
    return [
        _dressed(card, promises[card.product_id]) | {"eager": index < eager}
        for index, card in enumerate(cards)
    ]


def _dressed(card, promise: Promise) -> dict:
    """What the tag product_cards shows."""
    return {
        "title": card.title,
        "note": card.subtitle,
        "url": product_url(card),
        "picture": picture_address(card.picture),
        "fen": card.tag.amount,
        "was_fen": card.tag.base if card.tag.saved else None,
        "reason": card.tag.reason,
        "unit": _unit(card),
        "promise": promise.text,
        "in_stock": promise.in_stock,
    }


def _unit(card) -> str:
    if card.kind == Kind.PLAN:
        return _("a month")
    return _("and up") if card.is_from else ""
