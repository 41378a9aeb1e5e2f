"""Messages that gave up, by kind: for people who mend what stood in their way and send them once more."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from . import outbox
from .models import OutboxMessage


@dataclass(frozen=True)
class DeadKind:
    """Dead messages of one fact for one subscriber. error: the last line of the newest one's."""

    topic: str
    subscriber: str
    count: int
    oldest: datetime
    error: str


def kinds() -> list[DeadKind]:
    """The most first; one statement for all and one for each kind."""
    rows = OutboxMessage.objects.dead().values("topic", "subscriber")
    rows = rows.annotate(count=Count("pk"), oldest=Min("created_at"))
    return [
        DeadKind(**row, error=_last_line(row["topic"], row["subscriber"]))
        for row in rows.order_by("-count", "topic", "subscriber")
    ]


def _last_line(topic: str, subscriber: str) -> str:
    newest = _of(topic, subscriber).order_by("-pk").values_list("last_error", flat=True).first() or ""
    return newest.strip().rsplit("\n", 1)[-1][:160]


def send_again(*, topic: str, subscriber: str) -> int:
    """Revive all dead messages of a fact for a subscriber; returns how many."""
    return outbox.send_again(list(_of(topic, subscriber).values_list("pk", flat=True)))


def _of(topic: str, subscriber: str):
    return OutboxMessage.objects.dead().filter(topic=topic, subscriber=subscriber)
