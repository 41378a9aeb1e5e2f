"""What every page of the shop needs, and cards made ready for the template."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from orders.queries.shop import units_in_basket
from orders.views import sessions
from orders.views.shop.place import Place, place_of
from orders.views.shop.promises import for_cards


def frame(request, **context) -> dict:
    """The context of a shop page: the visitor's place, the basket's count and what the page adds."""
    context.setdefault("place", place_of(request))
    return context | {"basket_count": units_in_basket(sessions.basket_id(request))}


def picture_url(name: str) -> str:
    return f"{settings.MEDIA_URL}pictures/{name}"


def product_url(card) -> str:
    return reverse("orders:product", kwargs={"slug": card.slug, "pk": card.product_id})


def dressed(cards, *, place: Place, now: datetime, eager: int = 0) -> list[dict]:
    """Cards with address, picture and promise; the first `eager` pictures load at once."""
    promises = for_cards(cards, place=place, now=now)
    return [
        {
            "card": card,
            "url": product_url(card),
            "picture": picture_url(card.picture),
            "promise": promises[card.product_id],
            "eager": index < eager,
        }
        for index, card in enumerate(cards)
    ]
