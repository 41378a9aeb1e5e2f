"""One side of a comparison as a process: it does what it is told, once, and says time and queries.

The teller writes a line {"do": name, "turn": n, "count": bool}; the answer is one line
{"steps": [[step, milliseconds, queries, of the provider], …]}. Time is taken without counting.
"""

import json
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager, nullcontext

from django.db import connection
from django.test import Client

PROVIDER_TABLES = "order_sim"


class Walk:
    """The steps of one action. What happens outside step() is preparation and not measured."""

    def __init__(self, *, turn: int, counting: bool):
        self.turn, self.counting, self.steps = turn, counting, []

    @contextmanager
    def step(self, name: str):
        seen = []

        def watch(execute, sql, params, many, context):
            seen.append(sql)
            return execute(sql, params, many, context)

        begun = time.perf_counter()
        with connection.execute_wrapper(watch) if self.counting else nullcontext():
            yield
        spent = (time.perf_counter() - begun) * 1000
        provider = sum(PROVIDER_TABLES in sql for sql in seen)
        self.steps.append((name, round(spent, 3), len(seen), provider))


def serve(actions: dict[str, Callable[[Walk], None]]) -> None:
    """Answer on the real standard output; whatever else prints goes to standard error."""
    answers, sys.stdout = sys.stdout, sys.stderr
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        walk = Walk(turn=asked["turn"], counting=asked["count"])
        actions[asked["do"]](walk)
        print(json.dumps({"steps": walk.steps}), file=answers, flush=True)


_CLIENT = Client()


def visitor() -> Client:
    """A browser without cookies; the one client is kept, as a server keeps its handler."""
    _CLIENT.cookies.clear()
    return _CLIENT


def must(response, status: int = 200):
    """The response, or the end: a figure of a page that failed would be a lie."""
    if response.status_code != status:
        where = response.request["PATH_INFO"]
        print(response.content.decode(errors="replace")[:3000], file=sys.stderr)
        raise SystemExit(f"{where} answered {response.status_code}, not {status}")
    return response
