"""Orders over real Celery workers that are killed with -9; nothing lost, nothing done twice.

    make bench-crash            3,000 orders
    make bench-crash QUICK=1    24 orders

While two processes place cash-on-delivery orders, whole workers and single processes of their pools get
SIGKILL, and the placing processes themselves die between commit and publish; once Valkey is killed and once
a back end of PostgreSQL, which takes every connection down with it. Then workers are killed with the outbox
off (messages go to Celery on commit): the control, which must lose some. An order is lost when one
of its three followers never worked: a row left by the measurement's subscriber, its route (state
"fulfilling"), its frozen settlement terms. It is doubled when one of them worked twice. At the end every
promise of the status page must hold. Prints as its last line RESULT {json}.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack, closing

import psycopg2
import redis

from benchmarks.crash_leftovers import end_leftovers, remember
from benchmarks.support import BENCH, QUICK, SEED, headline, own_database, result
from omnichannel.local.installation import QUEUES

ORDERS, CONTROL_ORDERS = (24, 12) if QUICK else (3000, 1000)
WORKERS = 2
WORKER_KILLS, CHILD_KILLS, DEATHS = (1, 1, 1) if QUICK else (8, 12, 20)
SERVER_DOWN = 300  # seconds until PostgreSQL must answer again: it may have to replay and to sync a lot
VALKEY_DOWN = 30  # seconds in which a placing process may fail for want of Valkey
PATIENCE = 600  # seconds until everything must have come to rest
CALM = 4 if QUICK else 20  # seconds without news after which the control is at rest
PYTHON = [sys.executable, "-m"]
SETTINGS = {"DJANGO_SETTINGS_MODULE": "benchmarks.shop_settings", "COD_MOST_OPEN": "1000000"}
GOODS = "crash_goods"  # the database with the articles, which both runs begin from

_FATE = """
SELECT i.number,
  (SELECT count(*) FROM bench_effect e WHERE e.order_number = i.number),
  (SELECT count(*) FROM order_orderevent v WHERE v.intake_id = i.order_id AND v.after = 'fulfilling'),
  (SELECT count(*) FROM settlement_ordershareterms t WHERE t.order_number = i.number),
  (SELECT coalesce(sum(l.quantity), 0) FROM fulfillment_fulfillmentline l
     JOIN fulfillment_fulfillmentorder f ON f.id = l.fulfillment_id
     JOIN fulfillment_fulfillmentdemand d ON d.id = f.demand_id WHERE d.order_number = i.number)
FROM order_orderintake i WHERE i.caller = 'bench'
"""
UNITS = 2  # of an order
_BACKENDS = """
SELECT pid FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
# A row per time the measurement's subscriber worked: no unique key, nothing forgiven.
TABLE = """
CREATE TABLE bench_effect (order_number text NOT NULL, at timestamptz NOT NULL DEFAULT now());
GRANT SELECT, INSERT ON bench_effect TO PUBLIC
"""


class Trial:
    """One run, with the outbox or without it."""

    def __init__(self, stack: ExitStack, *, control: bool):
        self.name = "crash_control" if control else "crash"
        self.control, self.stack = control, stack
        database = stack.enter_context(own_database(self.name, like=GOODS))
        self.environment = os.environ | database | SETTINGS | self._switches()
        self.chance = random.Random(SEED)
        self.log = stack.enter_context((BENCH / f"{self.name}.log").open("w"))
        self.workers: list[subprocess.Popen] = []
        self.started: list[subprocess.Popen] = []
        self.down_until = 0.0
        self.orders = CONTROL_ORDERS if control else ORDERS
        self.killed = Counter()
        redis.Redis.from_url(self.environment["REDIS_URL"]).flushdb()

    def _switches(self) -> dict[str, str]:
        broker = os.environ["REDIS_URL"].replace("db=0", f"db={2 if self.control else 1}")
        return {"REDIS_URL": broker, "CONTROL": "1" if self.control else "0"}

    def run(self) -> dict[str, int]:
        begun = time.monotonic()
        self._make_table()
        self.stack.callback(self._end)
        for _number in range(WORKERS):
            self.workers.append(self._worker())
        beat = [*PYTHON, "celery", "-A", "benchmarks.crash_app", "beat", "--pidfile", ""]
        self._start([*beat, "--schedule", str(BENCH / f"{self.name}.schedule")])
        self._place()
        self._rest()
        fate, broken = self._fate(), [] if self.control else self._broken()
        spent = time.monotonic() - begun
        print(f"{self.name}: {spent:.0f} s, killed {dict(self.killed)}, {fate}", flush=True)
        for promise in broken:
            print(f"  broken: {promise}", flush=True)
        killed = self.killed["workers"] + self.killed["pool processes"]
        return fate | {"broken": len(broken), "kills": sum(self.killed.values()), "worker_kills": killed}

    def _make_table(self) -> None:
        owner = psycopg2.connect(self.environment["DATABASE_OWNER_URL"])
        with closing(owner), owner, owner.cursor() as cursor:
            cursor.execute(TABLE)

    def _start(self, command: list[str]) -> subprocess.Popen:
        child = subprocess.Popen(
            command, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
        )
        self.started.append(child)
        remember(child.pid)
        return child

    def _worker(self) -> subprocess.Popen:
        options = ["--concurrency", "2", "--queues", QUEUES, "--without-gossip", "--without-mingle"]
        name = f"w{time.monotonic_ns()}@bench"
        return self._start([*PYTHON, "celery", "-A", "benchmarks.crash_app", "worker", *options, "-n", name])

    def _end(self) -> None:
        """Whatever was started and still runs, also when the run was interrupted."""
        for child in self.started:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    def _place(self) -> None:
        """Two placing processes, started again when they died; workers are killed on the way."""
        deaths = sorted(self.chance.sample(range(self.orders), DEATHS))
        half = self.orders // 2
        ranges = {f"0-{half - 1}": deaths, f"{half}-{self.orders - 1}": deaths}
        placing = {span: self._placer(span, numbers) for span, numbers in ranges.items()}
        kills = self._kills()
        while placing:
            time.sleep(0.2)
            placed = self._count("SELECT count(*) FROM order_orderintake WHERE caller = 'bench'")
            while kills and placed >= kills[0][0]:
                self._kill(kills.pop(0)[1])
            for span, child in list(placing.items()):
                self._look_after(placing, span, child, deaths)

    def _look_after(self, placing: dict, span: str, child: subprocess.Popen, deaths: list[int]) -> None:
        code = child.poll()
        if code == 0:
            del placing[span]
        elif code == -signal.SIGKILL:
            self.killed["placing processes"] += 1
            placing[span] = self._placer(span, deaths)
        elif code is not None and time.monotonic() < self.down_until:
            # It lost its connection with all others, or finds a server not back yet.
            placing[span] = self._placer(span, deaths)
        elif code is not None:
            raise SystemExit(f"placing orders failed, see {self.log.name}")

    def _placer(self, span: str, deaths: list[int]) -> subprocess.Popen:
        return self._start([*PYTHON, "benchmarks.crash_orders", span, ",".join(map(str, deaths))])

    def _kills(self) -> list[tuple[int, str]]:
        """(after how many orders, what), spread over the run."""
        what = ["worker"] * WORKER_KILLS + ["child"] * CHILD_KILLS
        what += [] if self.control else ["valkey", "back end"]
        self.chance.shuffle(what)
        return [((place + 1) * self.orders // (len(what) + 1), each) for place, each in enumerate(what)]

    def _kill(self, what: str) -> None:
        if what == "valkey":
            os.kill(redis.Redis.from_url(self.environment["REDIS_URL"]).info()["process_id"], signal.SIGKILL)
            self.killed["Valkey"] += 1
            self.down_until = max(self.down_until, time.monotonic() + VALKEY_DOWN)
        elif what == "back end":
            self._kill_back_end()
        else:
            self._kill_worker(what)

    def _kill_back_end(self) -> None:
        end = time.monotonic() + SERVER_DOWN
        while not (backends := [pid for (pid,) in self._rows(_BACKENDS)]):
            # A quick run places its orders before the workers have connected.
            if time.monotonic() > end:
                raise SystemExit("no process connected to PostgreSQL")
            time.sleep(0.1)
        self.killed["back ends"] += 1
        self.down_until = time.monotonic() + SERVER_DOWN
        os.kill(self.chance.choice(backends), signal.SIGKILL)

    def _kill_worker(self, what: str) -> None:
        """A whole worker, or a process of its pool; the worker where its pool has not begun yet."""
        number = self.chance.randrange(len(self.workers))
        worker = self.workers[number]
        with open(f"/proc/{worker.pid}/task/{worker.pid}/children") as children:
            pool = [int(pid) for pid in children.read().split()]
        if what == "child" and pool:
            os.kill(self.chance.choice(pool), signal.SIGKILL)
            self.killed["pool processes"] += 1
            return
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self.workers[number] = self._worker()
        self.killed["workers"] += 1

    def _rows(self, sql: str) -> list[tuple]:
        """What the statement finds; asked again while PostgreSQL is coming back."""
        end = time.monotonic() + SERVER_DOWN
        while True:
            try:
                with closing(psycopg2.connect(self.environment["DATABASE_URL"])) as connection:
                    cursor = connection.cursor()
                    cursor.execute(sql)
                    return cursor.fetchall()
            except psycopg2.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def _count(self, sql: str) -> int:
        return self._rows(sql)[0][0]

    def _rest(self) -> None:
        """Until nothing is undone; the control, which knows nothing of that, until there is no news."""
        end, seen, since = time.monotonic() + PATIENCE, None, time.monotonic()
        while time.monotonic() < end:
            time.sleep(0.5)
            undone = "SELECT count(*) FROM kernel_outboxmessage WHERE done_at IS NULL AND dead_at IS NULL"
            if not self.control and self._count(undone) == 0:
                return
            if not self.control:
                continue
            now = sorted(self._rows(_FATE))
            if now != seen:
                seen, since = now, time.monotonic()
            if time.monotonic() - since > CALM:
                return

    def _fate(self) -> dict[str, int]:
        rows = self._rows(_FATE)
        lost = [row for row in rows if not all(row[1:4])]
        doubled = [row for row in rows if max(row[1:4]) > 1 or row[4] > UNITS]
        return {"orders": len(rows), "lost": len(lost), "doubled": len(doubled)}

    def _broken(self) -> list[str]:
        """The promises of the status page that do not hold."""
        command = [*PYTHON, "benchmarks.within_django", "benchmarks.crash_promises"]
        done = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        return json.loads(done.stdout.splitlines()[-1])


def trial(*, control: bool) -> dict[str, int]:
    with ExitStack() as stack:
        return Trial(stack, control=control).run()


def load_goods(database: dict[str, str]) -> None:
    command = [*PYTHON, "benchmarks.within_django", "benchmarks.shop_goods"]
    subprocess.run(command, env=os.environ | database | SETTINGS, check=True)


def main() -> None:
    headline("Orders and killed workers")
    end_leftovers()
    with own_database(GOODS) as database:
        load_goods(database)
        ours, control = trial(control=False), trial(control=True)
    if ours["orders"] != ORDERS or control["orders"] != CONTROL_ORDERS:
        raise SystemExit("not every order was placed")
    if ours["worker_kills"] < WORKER_KILLS + CHILD_KILLS:
        raise SystemExit("not every worker that was to be killed was found")
    result(ours | {"control_lost": control["lost"], "control_doubled": control["doubled"]})


if __name__ == "__main__":
    main()
