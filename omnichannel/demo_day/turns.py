"""When the goods move: a turn of half an hour for each kind of work, a moment in it for each place.

The moments follow from the place's or the parcel's name, so a day has the same ones again. Everything that
happens in a turn lies before the clock's next stop, and what a turn works on was ready before it began.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from fulfillment.demo.draws import draw

# Minutes of the turn in which a kind of work is done; the round at the doors began before.
SPANS = {
    "pick": (2, 17),
    "card": (18, 21),
    "ask": (22, 24),
    "pack": (2, 16),
    "leave": (18, 25),
    "load": (2, 12),
    "door": (-28, 25),
    "counter": (2, 8),
    "ready": (9, 12),
    "collect": (1, 9),
    "end": (26, 27),
}


@dataclass(frozen=True)
class AtOnce:
    """Everything in one instant, for tests and for what follows at the end of a turn."""

    now: datetime

    def moment(self, work: str, whose: str) -> datetime:
        return self.now

    def ripe(self, rows: QuerySet) -> QuerySet:
        return rows


@dataclass(frozen=True)
class Turn:
    begins: datetime

    @property
    def now(self) -> datetime:
        """Where the clock stands when the turn's work is told."""
        return self.moment("end", "")

    def moment(self, work: str, whose: str) -> datetime:
        first, last = (60 * minutes for minutes in SPANS[work])
        return self.begins + timedelta(seconds=draw(first, last, work, whose, self.begins.isoformat()))

    def ripe(self, rows: QuerySet) -> QuerySet:
        """Of these parcels the ones that were ready when the turn began."""
        return rows.filter(changed_at__lt=self.begins)


When = Turn | AtOnce
