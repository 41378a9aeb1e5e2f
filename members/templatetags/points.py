"""How points are written on pages."""

from django import template

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """28,600: thousands apart in both languages, as money is."""
    return f"{number:,}"
