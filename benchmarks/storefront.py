"""Our storefront beside unmodified django-oscar 4.2: same server, same thousand articles, same run.

    make bench-storefront            full
    make bench-storefront QUICK=1    fewer turns

Each side is a process that uses Django's test client. Turns alternate between the two and times are
medians, so that what else the machine does meets both. Queries are counted in turns of their own;
SAVEPOINT counts, BEGIN and COMMIT do not. Prints as its last line RESULT {json}.
"""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from hashlib import sha256
from importlib.metadata import version
from statistics import median

from benchmarks import peer_project
from benchmarks.support import BENCH, QUICK, headline, own_database, process, result
from tests.support import databases

PEER = BENCH / "peer"
# What is measured and how often each side does it.
TURNS = {"list": 40, "product": 40, "order2": 40, "order10": 30, "checkout": 16}
QUICK_SHARE = 4
# Django-oscar as shipped takes no payment: this step of ours has no counterpart.
PAYMENT = ("provider's call-back",)
WARM = 3
GOALS = {
    "list_queries": 8,
    "list_ratio": 5,
    "product_queries": 8,
    "product_ratio": 3,
    "order2_queries": 20,
    "order2_ratio": 2,
    "order10_queries": 25,
    "order10_ratio": 6,
    "checkout_queries": 60,
    "checkout_ratio": 4,
}


class Side:
    """One of the two processes."""

    def __init__(self, child: subprocess.Popen):
        self.child, self.turn = child, 0
        self.times: dict[str, list[float]] = {}
        self.steps: dict[str, list] = {}
        self._answer()

    def _answer(self) -> dict:
        line = self.child.stdout.readline()
        if not line:
            raise SystemExit("one side of the measurement ended; its error stands above")
        return json.loads(line)

    def do(self, what: str, *, count: bool = False) -> dict:
        self.turn += 1
        asked = {"do": what, "turn": self.turn, "count": count}
        self.child.stdin.write(json.dumps(asked) + "\n")
        self.child.stdin.flush()
        return self._answer()

    def time(self, what: str) -> None:
        spent = {step: milliseconds for step, milliseconds, *_queries in self.do(what)["steps"]}
        self.times.setdefault(what, []).append(spent)

    def count(self, what: str) -> None:
        """The steps with their queries, of a turn that is not the first."""
        self.steps[what] = self.do(what, count=True)["steps"]

    def median(self, what: str, *, but: tuple[str, ...] = ()) -> float:
        """Milliseconds of all steps, without some."""
        return median(sum(ms for step, ms in turn.items() if step not in but) for turn in self.times[what])

    def median_of(self, what: str, step: str) -> float:
        return median(turn[step] for turn in self.times[what])

    def queries(self, what: str) -> int:
        return sum(queries for _name, _spent, queries, _provider in self.steps[what])


def _migrated_peer() -> str:
    """The name of the peer's migrated database, which is kept for the next run."""
    peer_project.write(PEER)
    digest = sha256(f"{version('django-oscar')} {peer_project.SETTINGS}".encode()).hexdigest()[:10]
    name = f"oc_peer_{digest}"
    with databases.administration() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        known = cursor.fetchone()
    if not known:
        databases.clone(f"{name}_new", "template0")
        environment = _peer_environment(f"{name}_new")
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=PEER, env=os.environ | environment, check=True)
        with databases.administration() as cursor:
            cursor.execute(f"ALTER DATABASE {name}_new RENAME TO {name}")
    return name


def _peer_environment(database: str) -> dict[str, str]:
    return {
        "DATABASE_URL": databases.owner_url(database),
        "DJANGO_SETTINGS_MODULE": "settings",
        "PYTHONPATH": f"{PEER}:{BENCH.parent.parent}",
    }


def _side(stack: ExitStack, name: str, environment: dict[str, str]) -> subprocess.Popen:
    command = [sys.executable, "-m", "benchmarks.within_django", f"benchmarks.storefront_{name}"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return stack.enter_context(process(command, environment=environment, **pipes))


def measure(peer: Side, ours: Side) -> None:
    for what, turns in TURNS.items():
        for _turn in range(WARM):
            peer.do(what)
            ours.do(what)
        for _turn in range(max(4, turns // QUICK_SHARE) if QUICK else turns):
            peer.time(what)
            ours.time(what)
        peer.count(what)
        ours.count(what)
        show(what, peer, ours)


def show(what: str, peer: Side, ours: Side) -> None:
    print(f"{what}: {len(ours.times[what])} turns each")
    for name, side in (("django-oscar", peer), ("ours", ours)):
        print(f"  {name:13} {side.median(what):7.1f} ms  {side.queries(what):4} queries")
        if len(side.steps[what]) > 1:
            for step, _spent, queries, provider in side.steps[what]:
                note = f"  ({provider} of them the provider's own)" if provider else ""
                print(f"    {side.median_of(what, step):17.1f} ms  {queries:4} queries  {step}{note}")
    print(flush=True)


def figures(peer: Side, ours: Side) -> dict:
    found = {}
    for what in TURNS:
        found[f"{what}_queries"] = ours.queries(what)
        found[f"{what}_ratio"] = round(peer.median(what) / ours.median(what), 1)
        found[f"{what}_ms"] = round(ours.median(what), 1)
        found[f"peer_{what}_queries"] = peer.queries(what)
        found[f"peer_{what}_ms"] = round(peer.median(what), 1)
    unpaid = ours.median("checkout", but=PAYMENT)
    return found | {"checkout_unpaid_ratio": round(peer.median("checkout") / unpaid, 1)}


def missed(found: dict) -> list[str]:
    """Goals on queries are upper bounds, goals on ratios lower ones."""
    return [
        f"{key} is {found[key]}, the goal is {goal}"
        for key, goal in GOALS.items()
        if (found[key] > goal if key.endswith("queries") else found[key] < goal)
    ]


def main() -> None:
    headline("Storefront beside django-oscar " + version("django-oscar"))
    with ExitStack() as stack:
        environment = stack.enter_context(own_database("storefront"))
        environment |= {"DJANGO_SETTINGS_MODULE": "benchmarks.shop_settings"}
        clone = "oc_bench_storefront_peer"
        databases.clone(clone, _migrated_peer())
        stack.callback(databases.drop, clone)
        children = [
            _side(stack, "peer", _peer_environment(clone)),
            _side(stack, "ours", environment),
        ]
        peer, ours = (Side(child) for child in children)
        measure(peer, ours)
        found = figures(peer, ours)
    for line in missed(found) or ["Every goal is met."]:
        print(line)
    result(found)


if __name__ == "__main__":
    main()
