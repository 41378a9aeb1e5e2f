"""Writers in the middle of their work while the business day is cut off, whoever is faster."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from django.db import connection, connections, transaction

from settlement.services import business_day

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
END = datetime(2026, 11, 21, 16, 0, 1, tzinfo=UTC)
EACH = 12
PATIENCE = 30  # seconds
_SOMEBODY_WAITS = """
SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""


class Moment:
    """Every writer has written and not committed; the cut-off comes, and is over or has to wait for them."""

    def __init__(self, writers: int):
        self.written = threading.Barrier(writers + 1)
        self.over = threading.Event()

    def pause(self) -> None:
        """A writer's: return when the cut-off is over, or waits."""
        self.written.wait(timeout=PATIENCE)
        end = time.monotonic() + PATIENCE
        with connection.cursor() as cursor:
            while not self.over.is_set():
                cursor.execute(_SOMEBODY_WAITS)
                if cursor.fetchone()[0]:
                    return
                assert time.monotonic() < end, "the cut-off neither came nor waits"
                time.sleep(0.005)


def race(*works: Callable[[int], object], look: Callable[[date], object]) -> tuple[date, object]:
    """Do each work EACH times in a thread of its own, cut the day off meanwhile, and look(day) just then."""
    business_day.open_first(now=NOW)
    moment, seen = Moment(len(works)), []
    threads = [threading.Thread(target=_write, args=(work, moment)) for work in works]
    threads.append(threading.Thread(target=_cut_off, args=(moment, look, seen)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connections["default"].close()
    return seen[0]


def take_the_lock_away(monkeypatch, *writers) -> None:
    """Nobody waits for anybody: writers and cut-off go by what they read."""
    for module in (business_day, *writers):
        monkeypatch.setattr(module, "lock_current_day", business_day.current_day)
    monkeypatch.setattr(business_day, "_lock_exclusively", lambda: None)


def _write(work, moment: Moment) -> None:
    try:
        for turn in range(EACH):
            with transaction.atomic():
                work(turn)
                if turn == EACH // 2:
                    moment.pause()
    finally:
        connection.close()


def _cut_off(moment: Moment, look, seen: list) -> None:
    try:
        moment.written.wait(timeout=PATIENCE)
        day = business_day.cut_off(now=END)
        seen.append((day, look(day)))
    finally:
        moment.over.set()
        connection.close()
