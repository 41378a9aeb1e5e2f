"""What every page of the shop needs, and cards made ready for the template."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.kinds import Kind
from catalog.queries.offerings import picture_address
from orders.queries.shop import units_in_basket
from orders.views import sessions
from orders.views.shop.place import Place, place_of
from orders.views.shop.promises import for_cards


def frame(request, **context) -> dict:
    """The context of a shop page: the visitor's place, the basket's count and what the page adds."""
    context.setdefault("place", place_of(request))
    return context | {"basket_count": units_in_basket(sessions.basket_id(request))}


def product_url(card) -> str:
    return reverse("orders:product", kwargs={"slug": card.slug, "pk": card.product_id})


def dressed(cards, *, place: Place, now: datetime, eager: int = 0) -> list[dict]:
    """Cards with address, picture, price in pieces and promise; the first `eager` pictures load at once."""
    promises = for_cards(cards, place=place, now=now)
    return [
        {"promise": promises[card.product_id], "eager": index < eager, **_dressed(card)}
        for index, card in enumerate(cards)
    ]


def _dressed(card) -> dict:
    yuan, cents = divmod(card.tag.amount, 100)
    return {
        "card": card,
        "url": product_url(card),
        "picture": picture_address(card.picture),
        "yuan": f"{yuan:,}",
        "cents": f"{cents:02d}",
        "unit": _("a month") if card.kind == Kind.PLAN else "",
    }
