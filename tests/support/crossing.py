"""Two transactions that want the same two locks: whether they end in a deadlock, made every time."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import OperationalError, connection, transaction

_WAITING = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
DONE, DEADLOCK = "done", "deadlock"


def crossed(work: Callable, *, first: Callable, second: Callable) -> str:
    """`work` begins when this transaction has taken its first lock, which then asks for its second one.

    DONE, or DEADLOCK whoever of the two was chosen to end it.
    """
    with ThreadPoolExecutor(1) as pool:
        try:
            with transaction.atomic():
                first()
                running = pool.submit(outcome, work)
                until_one_waits()
                second()
        except OperationalError as error:
            running.result(timeout=30)
            return _name(error)
        return running.result(timeout=30)


def outcome(work: Callable) -> str:
    """Do it in a transaction of this thread's own."""
    try:
        with transaction.atomic():
            work()
        return DONE
    except OperationalError as error:
        return _name(error)
    finally:
        connection.close()


def _name(error: OperationalError) -> str:
    return DEADLOCK if "deadlock" in str(error) else str(error)


def until_one_waits() -> None:
    end = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(_WAITING)
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_stat_clear_snapshot()")
    raise AssertionError("somebody should be waiting")
