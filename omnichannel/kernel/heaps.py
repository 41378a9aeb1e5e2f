"""Heaps of waiting work: how much lies there, and since when the oldest of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet


@dataclass(frozen=True)
class Heap:
    """oldest: None when nothing waits."""

    count: int
    oldest: datetime | None


def heap(rows: QuerySet, since: str) -> Heap:
    """Of rows, by the field that says since when each waits; one query."""
    return Heap(**rows.order_by().aggregate(count=Count("pk"), oldest=Min(since)))
