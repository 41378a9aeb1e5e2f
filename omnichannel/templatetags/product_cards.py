"""Product cards: twenty on a page, so they are written by code; a template takes thirty times as long."""

from collections.abc import Iterable, Mapping
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from omnichannel.templatetags.ui import icon, money, picture

register = template.Library()

SIZES = "(min-width: 60rem) 17rem, (min-width: 40rem) 30vw, 48vw"


@register.simple_tag
def product_cards(cards: Iterable[Mapping]) -> SafeString:
    """{% product_cards cards %}: each with url, title, picture (address without "-640.webp"), fen, promise.

    If there is more to say: note, was_fen, unit ("a month", "and up"), reason, badge, in_stock (True),
    eager: the picture is seen at once.
    """
    marks = {True: icon("package-check"), False: icon("package-x")}
    return mark_safe("\n".join(_card(card, marks) for card in cards))


def text(value: object) -> str:
    """Nothing in a card is markup."""
    return escape(str(value))


def _card(card: Mapping, marks: Mapping[bool, str]) -> str:
    in_stock = card.get("in_stock", True)
    shown = picture(card["picture"], sizes=SIZES, eager=card.get("eager"))
    link = f'<a href="{text(card["url"])}">{text(card["title"])}</a>'
    return (
        f'<article class="product-card">{_badge(card.get("badge"))}'
        f'<div class="product-card__picture">{shown}</div><div class="product-card__body">'
        f'<h3 class="product-card__title clamp-2">{link}</h3>'
        f"{_note(card.get('note'))}"
        f'<div class="product-card__price"><span class="price">{_price(card)}</span></div>'
        f'<p class="product-card__promise{"" if in_stock else " product-card__promise--out"}">'
        f"{marks[in_stock]}<span>{text(card['promise'])}</span></p></div></article>"
    )


def _badge(words: str | None) -> str:
    if not words:
        return ""
    return f'<span class="product-card__badge"><span class="badge badge--solid">{text(words)}</span></span>'


def _note(words: str | None) -> str:
    return f'<p class="product-card__note clamp-2">{text(words)}</p>' if words else ""


def _price(card: Mapping) -> str:
    whole, cents = money(card["fen"]).removeprefix("¥").split(".")
    parts = [
        f'<span class="price__now"><span class="price__sign">¥</span>{whole}'
        f'<span class="price__fen">.{cents}</span></span>'
    ]
    if card.get("unit"):
        parts.append(f'<span class="price__unit">{text(card["unit"])}</span>')
    if card.get("was_fen"):
        before = f'<span class="visually-hidden">{_("before")} </span>'
        parts.append(f'<span class="price__was">{before}<s>{money(card["was_fen"])}</s></span>')
    if card.get("reason"):
        parts.append(f'<span class="price__reason">{text(card["reason"])}</span>')
    return "".join(parts)
