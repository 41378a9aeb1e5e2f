"""Words of split rules for their templates."""

from django import template

from settlement.values import OFFERING_KINDS, SELLER_KINDS

register = template.Library()
_OFFERINGS, _SELLERS = dict(OFFERING_KINDS), dict(SELLER_KINDS)


@register.filter
def offering_label(kind: str) -> str:
    return str(_OFFERINGS.get(kind, kind))


@register.filter
def seller_kind_label(kind: str) -> str:
    return str(_SELLERS.get(kind, kind))


@register.filter
def sum_of(rows, name: str) -> int:
    """Sum of an attribute of a list of objects."""
    return sum(getattr(row, name) for row in rows)
