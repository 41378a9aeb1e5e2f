"""Clients of the stock measurement: forked processes with a connection each."""

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections

from fulfillment.services import hot

_fork = multiprocessing.get_context("fork")
PATIENCE = 120  # seconds until every client must be connected


@dataclass(frozen=True)
class Storm:
    """What a storm did: per_s over the measured seconds, outcomes of all calls by name."""

    per_s: float
    outcomes: dict[str, int]


def storm(clients: int, seconds: float, make: Callable, *, warm: float = 0.5) -> Storm:
    """Every client calls what make(its number) gave until the time is over. An outcome "done" counts.

    The first `warm` seconds are not measured. A call that gives None ends its client; when all have ended
    before the time is over, the rate is that of the time they took.
    """
    connections.close_all()
    barrier, answers = _fork.Barrier(clients + 1), _fork.SimpleQueue()
    children = [
        _fork.Process(target=_client, args=(number, make, barrier, warm, seconds, answers))
        for number in range(clients)
    ]
    for child in children:
        child.start()
    barrier.wait(timeout=PATIENCE)
    begun = time.monotonic()
    found = [answers.get() for _child in children]
    measured = min(seconds, max(time.monotonic() - begun - warm, 0.001))
    for child in children:
        child.join()
    broken = [text for _counted, _outcomes, text in found if text]
    if broken:
        raise SystemExit(f"a client broke down: {broken[0]}")
    outcomes: dict[str, int] = {}
    for _counted, seen, _text in found:
        for name, count in seen.items():
            outcomes[name] = outcomes.get(name, 0) + count
    return Storm(sum(counted for counted, _outcomes, _text in found) / measured, outcomes)


def _client(number: int, make: Callable, barrier, warm: float, seconds: float, answers) -> None:
    counted, outcomes = 0, {}
    try:
        hot.forget()
        work = make(number)
        connections["default"].ensure_connection()
        barrier.wait(timeout=PATIENCE)
        begins = time.monotonic() + warm
        ends = begins + seconds
        while time.monotonic() < ends:
            outcome = work()
            if outcome is None:
                break
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
            counted += outcome == "done" and begins <= time.monotonic() < ends
        answers.put((counted, outcomes, ""))
    except BaseException as error:  # told to the parent, which ends the measurement
        answers.put((0, outcomes, f"{type(error).__name__}: {error}"))
        raise
    finally:
        connections.close_all()
