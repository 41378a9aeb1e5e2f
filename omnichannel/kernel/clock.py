"""The one clock. Production reads the machine's; a demo day may own a simulated instant.

The simulated instant lies in Redis so that web, workers, holds and timers of one installation obey it.
It is looked up only where DEMO is on.
"""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache

SHANGHAI = ZoneInfo("Asia/Shanghai")
_KEY = "clock:simulated"
_override: datetime | None = None


def now() -> datetime:
    """The current instant, UTC, aware."""
    if _override is not None:
        return _override
    if settings.DEMO:
        simulated = cache.get(_KEY)
        if simulated is not None:
            return datetime.fromisoformat(simulated)
    return datetime.now(UTC)


def today() -> date:
    """The Shanghai calendar day."""
    return local_day(now())


def local_day(instant: datetime) -> date:
    return instant.astimezone(SHANGHAI).date()


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Begin (inclusive) and end (exclusive) of a Shanghai calendar day, UTC."""
    begin = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC)
    return begin, begin + timedelta(days=1)


def is_simulated() -> bool:
    """A demo day is being played and moves the clock itself."""
    return bool(settings.DEMO) and cache.get(_KEY) is not None


def simulate(instant: datetime | None) -> None:
    """Set the installation's clock, or give it back to the machine with None. Demo only."""
    if not settings.DEMO:
        raise RuntimeError("the clock is simulated only where OMNICHANNEL_DEMO=1")
    if instant is None:
        cache.delete(_KEY)
    else:
        cache.set(_KEY, instant.astimezone(UTC).isoformat(), timeout=None)


@contextmanager
def override(instant: datetime):
    """Freeze this process's clock, for tests. All threads see it."""
    global _override
    before, _override = _override, instant
    try:
        yield
    finally:
        _override = before
