"""Works that are begun together, each in a thread and a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from django.db import connection, connections

from omnichannel.kernel.errors import DomainError

PATIENCE = 20  # seconds


def at_once(*works: Callable[[], object]) -> list:
    """In their order: what each returned, or the code of its refusal. Anything else is raised."""
    together = Barrier(len(works), timeout=PATIENCE)

    def run(work: Callable[[], object]):
        try:
            connection.ensure_connection()
            together.wait()
            return work()
        except DomainError as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def numbered(work: Callable, count: int) -> list[Callable]:
    """work(0), work(1), … to be begun `count` times."""
    return [partial(work, number) for number in range(count)]
