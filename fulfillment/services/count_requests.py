"""Somebody found a shelf to hold less than the books say: its articles are to be counted."""

from collections.abc import Iterable
from datetime import datetime

from members.actors import Actor

from ..models import CountLine, StockLevel
from . import count_opening


def ask(*, location_id: int, skus: Iterable[str], note: str, actor: Actor, now: datetime) -> str:
    """Open a count of what is in none there yet; its code, or "" when all of it is being counted."""
    running = CountLine.objects.filter(location_id=location_id, sku__in=list(skus), is_closed=False)
    left = sorted(set(skus) - set(running.values_list("sku", flat=True)))
    levels = StockLevel.objects.filter(location_id=location_id, sku__in=left).order_by("sku")
    bins = dict(levels.values_list("sku", "bin"))
    if not bins:
        return ""
    return count_opening.open_for(location_id=location_id, bins=bins, note=note, actor=actor, now=now).code
