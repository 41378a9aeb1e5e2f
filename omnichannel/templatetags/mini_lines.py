"""The short lines of a basket or an order, written by code as the product cards are."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import conditional_escape as text
from django.utils.safestring import SafeString, mark_safe

from omnichannel.templatetags.ui import fen_filter, icon, phone_digits, picture

register = template.Library()


@register.simple_tag
def mini_lines(rows: Iterable[Mapping]) -> SafeString:
    """{% mini_lines rows %}: each with picture, label, quantity, number, note, amount_fen."""
    return mark_safe(f'<ul class="mini-lines">{"".join(_line(row) for row in rows)}</ul>')


def _line(row: Mapping) -> str:
    art = f'<span class="mini-line__art">{icon("sparkles")}</span>'
    if row["picture"]:
        art = picture(row["picture"], sizes="64px", css="picture")
    said = [str(text(row["label"]))]
    if row["quantity"] > 1:
        said.append(f' <span class="muted nowrap">× {row["quantity"]}</span>')
    if row["number"]:
        said.append(f'<br><span class="num small muted">{text(phone_digits(row["number"]))}</span>')
    if row["note"]:
        said.append(f'<br><span class="small accent">{text(row["note"])}</span>')
    amount = f'<span class="num nowrap">{fen_filter(row["amount_fen"])}</span>'
    return f'<li class="mini-line">{art} <span>{"".join(said)}</span> {amount}</li>'
