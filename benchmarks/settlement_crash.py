"""A night whose workers and whose PostgreSQL are killed with -9, beside one that nobody disturbs.

    make bench-settlement-crash            100,000 trades, 20 kills
    make bench-settlement-crash QUICK=1    10,000 trades, 6 kills

Two workers run the same filled day twice. In one run a worker, one of its database sessions (which makes
PostgreSQL start over) or the whole server is killed at random points of every stage, from the cut-off to the
seal: the workers say which stage they are in, and the kill comes a random part of that stage's undisturbed
time after it began. Afterwards both books are compared row by row by their natural keys. Prints as its last
line RESULT {json}; `differences` counts rows that are in one of the books only, broken promises and seals.
"""

import os
import random
import signal
import subprocess
import time
from collections import Counter
from contextlib import closing, suppress

import psycopg2

from benchmarks.settlement import WITHIN, environment, filled
from benchmarks.settlement_crash_books import compare
from benchmarks.support import BENCH, QUICK, SEED, headline, result
from omnichannel.local import postgres
from omnichannel.local.children import recorded_pid, wait_until
from tests.support import databases

TRADES = 10_000 if QUICK else 100_000
# Kills by stage, in the order of the night.
PLAN = (
    {"clear": 2, "balance": 1, "net": 1, "report": 1, "seal": 1}
    if QUICK
    else {"cut-off": 1, "chunks": 1, "clear": 8, "balance": 2, "net": 2, "report": 2, "seal": 4}
)
IN_CHUNKS = {"clear": "trades", "seal": "seal"}
# Whether the day has left the stage behind it.
LEFT = {
    "cut-off": "state <> 'open'",
    "chunks": "state NOT IN ('open', 'cutoff')",
    "balance": "state NOT IN ('open', 'cutoff', 'clearing')",
    "net": "state NOT IN ('open', 'cutoff', 'clearing', 'balanced')",
    "report": "reported_at IS NOT NULL",
}
WORKERS = 2
PATIENCE = 600  # seconds for a run
DAY = "2026-11-21"


class Night:
    """One run over a copy of the filled day."""

    def __init__(self, template: str, name: str):
        self.name, self.chance = name, random.Random(SEED)
        databases.clone(name, template)
        self.log = (BENCH / "settlement_crash.log").open("a")
        self.told = [BENCH / f"{name}.{number}" for number in range(WORKERS)]
        for file in self.told:
            file.write_text("")
            file.with_suffix(".spent").write_text("")
        self.workers = [self._worker(number) for number in range(WORKERS)]
        self.killed: Counter = Counter()
        self.stages: Counter = Counter()

    def _worker(self, number: int) -> subprocess.Popen:
        command = [*WITHIN, "benchmarks.settlement_crash_worker"]
        variables = os.environ | environment(self.name, owner=False)
        return subprocess.Popen(
            command, env=variables | {"STAGE_FILE": str(self.told[number])}, stdout=self.log, stderr=self.log
        )

    def run(self, *, lasting: dict[str, float] | None = None) -> float:
        """Until the day is sealed; seconds. With `lasting`, seconds by stage, the kills of PLAN come."""
        begun = time.monotonic()
        for stage, count in PLAN.items():
            if stage == "seal":
                self._close()
            if lasting:
                for mark in sorted(self.chance.random() for _kill in range(count)):
                    self._wait(stage, mark, lasting.get(stage, 0.0))
                    self._kill(stage)
        self._until(lambda: self._day("state = 'sealed'"))
        for worker in self.workers:
            worker.wait(timeout=60)
        return time.monotonic() - begun

    def lasting(self) -> dict[str, float]:
        """Seconds of the longest call of each stage, by the workers' own notes."""
        found: dict[str, float] = {}
        for file in self.told:
            for line in file.with_suffix(".spent").read_text().splitlines():
                stage, seconds = line.split()
                found[stage] = max(found.get(stage, 0.0), float(seconds))
        return found

    def _wait(self, stage: str, mark: float, seconds: float) -> None:
        """Until this part of the stage is over: of its chunks, or of its time."""
        if stage in IN_CHUNKS:
            self._until(lambda: self._done(IN_CHUNKS[stage]) >= mark * 0.98)
            time.sleep(self.chance.random() / 10)
            return
        end, asked = time.monotonic() + PATIENCE, 0.0
        while stage not in self._told() and time.monotonic() < end:
            time.sleep(0.001)
            if time.monotonic() > asked:
                if self._day(LEFT[stage]):
                    return
                asked = time.monotonic() + 0.2
        time.sleep(mark * seconds)

    def _told(self) -> list[str]:
        return [file.read_text() for file in self.told]

    def _day(self, condition: str) -> bool:
        return self.ask(f"SELECT {condition} FROM settlement_businessday WHERE business_date = '{DAY}'")

    def _done(self, kind: str) -> float:
        return self.ask(
            "SELECT coalesce(avg((done_at IS NOT NULL)::int), 0)::float FROM settlement_settlementchunk"
            f" WHERE kind = '{kind}'"
        )

    def _close(self) -> None:
        """What people do: the netted and reported day is closed."""
        self._until(lambda: self._day("state IN ('netted', 'instructed') AND reported_at IS NOT NULL"))
        self.ask(
            f"UPDATE settlement_businessday SET state = 'closed' WHERE business_date = '{DAY}' RETURNING 1"
        )

    def _kill(self, stage: str) -> None:
        told = self._told()
        what = self.chance.choice(("worker", "worker", "session", "server"))
        if what == "worker":
            self._kill_worker(told.index(stage) if stage in told else self.chance.randrange(WORKERS))
        else:
            getattr(self, f"_kill_{what}")()
        self.killed[what] += 1
        self.stages[stage if stage in told else f"after {stage}"] += 1

    def _kill_worker(self, number: int) -> None:
        self.workers[number].kill()
        self.workers[number].wait()
        self.told[number].write_text("")
        self.workers[number] = self._worker(number)

    def _kill_session(self) -> None:
        """One back end's death makes the server end all sessions and recover."""
        pid = self.ask(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend' ORDER BY state <> 'active', pid LIMIT 1"
        )
        if pid:
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda: not os.path.exists(f"/proc/{pid}"), 30)

    def _kill_server(self) -> None:
        """The server's keeper, benchmarks.run, starts it again."""
        server = postgres.child(BENCH)
        pid = recorded_pid(server.pid_file)
        os.kill(pid, signal.SIGKILL)
        is_back = wait_until(lambda: recorded_pid(server.pid_file) not in (None, pid), 60)
        if not (is_back and wait_until(lambda: postgres.serves(BENCH), 60)):
            raise SystemExit("PostgreSQL did not come back")

    def ask(self, sql: str):
        """The first value of a statement, asked again while the server recovers."""
        end = time.monotonic() + 60
        while True:
            with suppress(psycopg2.Error):
                return self._asked(sql)
            if time.monotonic() > end:
                raise SystemExit("PostgreSQL does not answer")
            time.sleep(0.1)

    def _asked(self, sql: str):
        with closing(psycopg2.connect(databases.owner_url(self.name))) as link, link, link.cursor() as cursor:
            cursor.execute(sql)
            row = cursor.fetchone()
        return row[0] if row else None

    def _until(self, condition) -> None:
        if not wait_until(condition, PATIENCE):
            raise SystemExit(f"the night does not end, see {self.log.name}")

    def drop(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self.log.close()
        databases.drop(self.name)


def main() -> None:
    headline("A night that is killed")
    if not recorded_pid(postgres.child(BENCH).pid_file):
        raise SystemExit("this measurement kills its PostgreSQL, so it takes none that DATABASE_URL names")
    with filled(TRADES) as template:
        calm, killed = Night(template, "oc_bench_night_calm"), None
        try:
            print(f"undisturbed: {calm.run():.1f} s", flush=True)
            killed = Night(template, "oc_bench_night_killed")
            seconds = killed.run(lasting=calm.lasting())
            print(f"killed {killed.killed.total()} times {dict(killed.killed)}: {seconds:.1f} s")
            print(f"in the stages {dict(killed.stages)}", flush=True)
            differences = compare(calm.name, killed.name)
        finally:
            calm.drop()
            if killed:
                killed.drop()
    counts = {"kills": killed.killed.total(), "differences": differences} | dict(killed.killed)
    result({"trades": TRADES} | counts | {"stages": dict(killed.stages)})


if __name__ == "__main__":
    main()
