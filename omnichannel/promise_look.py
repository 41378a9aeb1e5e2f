"""What the last look at all promises found, and how far one is that is under way.

Kept in the cache for two days: a note, not a record. What is broken stands in the log as well; when the cache
is gone nobody knows until the next look, and the page says so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from omnichannel.invariants import Promise, names, one_by_one
from omnichannel.kernel import clock

_FOUND, _FOUND_SECONDS = "promises-found", 2 * 24 * 3600
_RUN, _RUN_SECONDS = "promises-run", 24 * 3600
# A run that said nothing for so long is not expected any more.
PATIENCE = timedelta(minutes=3)
# The hourly job is missed when the last look is older.
OVERDUE = timedelta(minutes=90)


@dataclass(frozen=True)
class Look:
    """at: when it ended, by the machine's clock; seconds: how long it took. The broken ones come first."""

    at: datetime
    seconds: float
    promises: tuple[Promise, ...]

    @property
    def broken(self) -> int:
        return sum(bool(promise.breaches) for promise in self.promises)

    def is_overdue(self, now: datetime) -> bool:
        return now - self.at > OVERDUE


@dataclass(frozen=True)
class Run:
    """A look that was asked for (`at`) or is under way: `done` promises at `told_at`, None before."""

    at: datetime
    told_at: datetime | None = None
    done: int = 0
    broke_off: bool = False

    @property
    def total(self) -> int:
        return len(names())

    def is_lost(self, now: datetime) -> bool:
        return self.broke_off or now - (self.told_at or self.at) > PATIENCE


def look(*, at: datetime) -> Look:
    """Look at every promise, tell how far it is, keep what was found. at: the machine's clock."""
    found = []
    try:
        for promise in one_by_one(now=clock.now()):
            found.append(promise)
            _tell(Run(at, timezone.now(), len(found)))
    except Exception:
        _tell(Run(at, timezone.now(), len(found), broke_off=True))
        raise
    ended = timezone.now()
    kept = Look(ended, (ended - at).total_seconds(), _broken_first(found))
    keep(kept)
    return kept


def keep(kept: Look) -> None:
    """From now on the page shows this one, and nothing is under way."""
    rows = [(promise.name, promise.breaches, promise.examples) for promise in kept.promises]
    cache.set(_FOUND, (kept.at, kept.seconds, rows), _FOUND_SECONDS)
    cache.delete(_RUN)


def last_look() -> Look | None:
    found = cache.get(_FOUND)
    return Look(*found[:2], tuple(Promise(*row) for row in found[2])) if found else None


def run() -> Run | None:
    """The look that is asked for or under way, or that was lost."""
    found = cache.get(_RUN)
    return Run(*found) if found else None


def ask(*, at: datetime) -> bool:
    """Say that a look is wanted; False while one is under way."""
    current = run()
    if current is not None and not current.is_lost(at):
        return False
    _tell(Run(at))
    return True


def take_back() -> None:
    """Nobody could be told that a look is wanted."""
    cache.delete(_RUN)


def _tell(state: Run) -> None:
    cache.set(_RUN, (state.at, state.told_at, state.done, state.broke_off), _RUN_SECONDS)


def _broken_first(found: list[Promise]) -> tuple[Promise, ...]:
    return tuple(sorted(found, key=lambda promise: not promise.breaches))
