"""A night whose workers and whose PostgreSQL are killed with -9, beside one that nobody disturbs.

    make bench-settlement-crash            100,000 trades, 20 kills
    make bench-settlement-crash QUICK=1    10,000 trades, 6 kills

Two workers run the same filled day twice. In one run a worker, one of its database sessions (which makes
PostgreSQL start over) or the whole server is killed at random points of clearing, of what follows it, and
of sealing. Afterwards both books are compared row by row by their natural keys. Prints as its last line
RESULT {json}; `differences` counts rows that are in one of the books only, broken promises and seals.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing

import psycopg2

from benchmarks.settlement import WITHIN, environment, filled
from benchmarks.support import BENCH, QUICK, SEED, headline, result
from omnichannel.local import postgres
from omnichannel.local.children import recorded_pid, wait_until
from tests.support import databases

TRADES = 10_000 if QUICK else 100_000
CLEARING, AFTER, SEALING = (3, 2, 1) if QUICK else (11, 4, 5)
WORKERS = 2
PATIENCE = 600  # seconds for a run
DAY = "2026-11-21"

_PARTY = "(SELECT code FROM members_institution i WHERE i.id = {0}.institution_id)"
BOOKS = {
    "shares": "SELECT t.source_key, s.business_date, s.role, s.account_kind, {party}, s.channel, s.amount_fen"
    " FROM settlement_tradeshare s JOIN settlement_trade t ON t.id = s.trade_id",
    "journals": "SELECT key, payload_hash, kind, business_date, original_date FROM settlement_journal s",
    "postings": "SELECT j.key, s.kind, {party}, s.channel, s.amount_fen, s.business_date FROM (SELECT"
    " p.*, a.kind, a.institution_id FROM settlement_posting p JOIN settlement_ledgeraccount a"
    " ON a.id = p.account_id) s JOIN settlement_journal j ON j.id = s.journal_id",
    "positions": "SELECT business_date, {party}, channel, amount_fen, state FROM settlement_netposition s",
    "report": "SELECT business_date, {party}, account_kind, channel, trade_kind, original_date, shares,"
    " amount_fen FROM settlement_clearingline s",
    "matrix": "SELECT business_date, holder_id, {party}, amount_fen FROM settlement_bilateralline s",
    "days": "SELECT business_date, state, problem, late_facts::text FROM settlement_businessday s",
    "chunks": "SELECT business_date, kind, number, rows, problem, done_at IS NULL"
    " FROM settlement_settlementchunk s",
}


class Night:
    """One run over a copy of the filled day."""

    def __init__(self, template: str, name: str):
        self.name, self.chance = name, random.Random(SEED)
        databases.clone(name, template)
        self.log = (BENCH / "settlement_crash.log").open("a")
        self.workers = [self._worker() for _number in range(WORKERS)]
        self.killed: Counter = Counter()

    def _worker(self) -> subprocess.Popen:
        command = [*WITHIN, "benchmarks.settlement_crash_worker"]
        variables = os.environ | environment(self.name, owner=False)
        return subprocess.Popen(command, env=variables, stdout=self.log, stderr=self.log)

    def run(self, *, kills: bool) -> float:
        """Until the day is sealed; seconds."""
        begun = time.monotonic()
        for kind, marks in self._plan(kills):
            for mark in marks:
                self._wait(kind, mark)
                self._kill()
            if kind == "after":
                self._close()
        state = f"SELECT state FROM settlement_businessday WHERE business_date = '{DAY}'"
        self._until(lambda: self.ask(state) == "sealed")
        for worker in self.workers:
            worker.wait(timeout=60)
        return time.monotonic() - begun

    def _plan(self, kills: bool) -> list[tuple[str, list[float]]]:
        counts = (CLEARING, AFTER, SEALING) if kills else (0, 0, 0)
        draw = [sorted(self.chance.random() for _n in range(count)) for count in counts]
        return list(zip(("trades", "after", "seal"), draw, strict=True))

    def _wait(self, kind: str, mark: float) -> None:
        """Until this share of the chunks is done; `after`: a moment within balancing, netting, reporting."""
        if kind == "after":
            self._until(lambda: self._done("trades") >= 1)
            time.sleep(self.chance.random() / 4)
            return
        self._until(lambda: self._done(kind) >= mark * 0.98)
        time.sleep(self.chance.random() / 10)

    def _done(self, kind: str) -> float:
        return self.ask(
            "SELECT coalesce(avg((done_at IS NOT NULL)::int), 0)::float FROM settlement_settlementchunk"
            f" WHERE kind = '{kind}'"
        )

    def _close(self) -> None:
        """What people do: the reported day is closed."""
        self._until(
            lambda: self.ask("SELECT count(*) FROM settlement_businessday WHERE reported_at IS NOT NULL")
        )
        self.ask(f"UPDATE settlement_businessday SET state = 'closed' WHERE business_date = '{DAY}'"
                 " AND state <> 'sealed' RETURNING 1")  # fmt: skip

    def _kill(self) -> None:
        what = self.chance.choice(("worker", "worker", "session", "server"))
        getattr(self, f"_kill_{what}")()
        self.killed[what] += 1

    def _kill_worker(self) -> None:
        number = self.chance.randrange(WORKERS)
        self.workers[number].kill()
        self.workers[number].wait()
        self.workers[number] = self._worker()

    def _kill_session(self) -> None:
        """One back end's death makes the server end all sessions and recover."""
        pid = self.ask(
            "SELECT coalesce(max(pid), 0) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid()"
        )
        if pid:
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda: not os.path.exists(f"/proc/{pid}"), 30)

    def _kill_server(self) -> None:
        server = postgres.child(BENCH)
        pid = recorded_pid(server.pid_file)
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: recorded_pid(server.pid_file) is None, 30)
        time.sleep(0.5)  # its children see that it is gone
        server.start()
        wait_until(lambda: postgres.serves(BENCH), 60)

    def ask(self, sql: str):
        """The first value of a statement, asked again while the server recovers."""
        end = time.monotonic() + 60
        while True:
            try:
                address = databases.owner_url(self.name)
                with (
                    closing(psycopg2.connect(address)) as connection,
                    connection,
                    connection.cursor() as cursor,
                ):
                    cursor.execute(sql)
                    row = cursor.fetchone()
                    return row[0] if row else None
            except psycopg2.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def _until(self, condition) -> None:
        if not wait_until(condition, PATIENCE):
            raise SystemExit(f"the night does not end, see {self.log.name}")

    def books(self) -> dict[str, Counter]:
        """How often each row is in each book, by natural keys."""
        found = {}
        address = databases.owner_url(self.name)
        with closing(psycopg2.connect(address)) as connection, connection.cursor() as cursor:
            for name, statement in BOOKS.items():
                cursor.execute(statement.format(party=_PARTY.format("s")))
                found[name] = Counter(map(repr, cursor.fetchall()))
        return found

    def broken(self) -> int:
        """Whether the ledger's promises and the seal hold: the product's own commands say so."""
        codes = []
        for command in ("verify_ledger", "verify_seal"):
            variables = os.environ | environment(self.name, owner=False)
            done = subprocess.run([sys.executable, "manage.py", command], env=variables, stdout=self.log,
                                  stderr=self.log)  # fmt: skip
            codes.append(done.returncode != 0)
        return sum(codes)

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
            seconds = calm.run(kills=False)
            print(f"undisturbed: {seconds:.1f} s", flush=True)
            killed = Night(template, "oc_bench_night_killed")
            seconds = killed.run(kills=True)
            print(
                f"killed {sum(killed.killed.values())} times {dict(killed.killed)}: {seconds:.1f} s",
                flush=True,
            )
            figures = compare(calm, killed)
        finally:
            calm.drop()
            if killed:
                killed.drop()
    result(figures)


def compare(calm: Night, killed: Night) -> dict:
    differences = calm.broken() + killed.broken()
    ours, theirs = calm.books(), killed.books()
    for name in BOOKS:
        off = (ours[name] - theirs[name]) + (theirs[name] - ours[name])
        print(f"    {name:10} {sum(ours[name].values()):>9,} rows, {sum(off.values())} differ", flush=True)
        differences += sum(off.values())
    return {"trades": TRADES, "kills": sum(killed.killed.values()), "differences": differences} | dict(
        killed.killed
    )


if __name__ == "__main__":
    main()
