"""Run measurements on servers of their own under var/bench, as `make test` does under var/test.

    python -m benchmarks.run storefront crash

The servers are durable (fsync on), so that what one side of a comparison commits less often is not given
to it. DATABASE_URL and REDIS_URL name others. What a measurement prints is kept in var/bench/<name>.txt.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from omnichannel.local import database, postgres, preparation, valkey
from omnichannel.local.children import Child, end_group, wait_ready
from omnichannel.local.console import closing, need_space, step
from omnichannel.local.installation import APPLICATION_ROLE, OWNER_ROLE, basics, local_secrets
from omnichannel.local.layout import ROOT, VAR, VENV_PYTHON
from omnichannel.local.start import alone
from tests.support import databases

BENCH = VAR / "bench"
FREE_MEGABYTES = 1500
READY_SECONDS = 600  # a server that was killed replays what was written since its last checkpoint
TIDY_SECONDS = 60  # for a measurement that is interrupted to drop its database and end its processes


def main(names: list[str]) -> int:
    need_space(ROOT, FREE_MEGABYTES)
    BENCH.mkdir(parents=True, exist_ok=True)
    with alone(BENCH / "bench.lock"):
        preparation.compile_translations(VAR)
        with _servers():
            codes = [_measure(name, _environment()) for name in names]
    return max(codes)


@contextmanager
def _servers() -> Iterator[None]:
    wanted = {"DATABASE_URL": postgres, "REDIS_URL": valkey}
    children = [kind.child(BENCH) for name, kind in wanted.items() if not os.environ.get(name)]
    try:
        with step("Starting the servers of the measurements"):
            for child in children:
                _start(child)
        with _kept_alive(children):
            yield
    finally:
        for child in reversed(children):
            child.stop()


@contextmanager
def _kept_alive(children: list[Child]) -> Iterator[None]:
    """Start a server again that a measurement has killed, as the supervisor does."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            for child in children:
                if not child.alive():
                    child.start()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _start(child: Child) -> None:
    child.reclaim()
    child.start()
    wait_ready(child, READY_SECONDS)
    if child.name == "postgres":
        with database.cursor(postgres.url(BENCH, role=postgres.SUPERUSER, database="postgres")) as work:
            database.ensure_role(work, OWNER_ROLE, may_create_databases=True)
            database.ensure_role(work, APPLICATION_ROLE)
            # As in the tests: who makes a clone may end the application's connections to it.
            work.execute(f"ALTER ROLE {OWNER_ROLE} CREATEROLE")
            work.execute(f"GRANT {APPLICATION_ROLE} TO {OWNER_ROLE}")
            _drop_leftovers(work)


def _drop_leftovers(work) -> None:
    """What killed runs and older migrations left: every crash recovery would go through all of its files."""
    keep = {databases.base_name(), databases.template_name()}
    work.execute("SELECT datname FROM pg_database WHERE datname ~ '^oc_(bench|base|template)_'")
    for name in {name for (name,) in work.fetchall()} - keep:
        database.drop_database(work, name)


def _environment() -> dict[str, str]:
    """What settings read: like production, with the demo's provider and core network."""
    own = {
        "DATABASE_URL": postgres.url(BENCH, role=APPLICATION_ROLE, database="postgres"),
        "DATABASE_OWNER_URL": postgres.url(BENCH, role=OWNER_ROLE, database="postgres"),
        "REDIS_URL": valkey.url(BENCH),
    }
    given = {name: os.environ[name] for name in own if os.environ.get(name)}
    if "DATABASE_URL" in given:
        own.pop("DATABASE_OWNER_URL")
    passed = {name: os.environ[name] for name in ("QUICK", "SEED") if name in os.environ}
    switches = {"OMNICHANNEL_DEMO": "1", "DEBUG": "0", "LOG_LEVEL": "ERROR"}
    keys = {"UNIPAY_KEYS": str(BENCH / "unipay")}
    return basics() | local_secrets(BENCH) | switches | keys | own | given | passed


def _measure(name: str, environment: dict[str, str]) -> int:
    """Run one, its output shown and kept; its exit code."""
    command = [str(VENV_PYTHON), "-m", f"benchmarks.{name}"]
    # A session of its own: Ctrl-C reaches it once, from here, while its servers still run.
    options = {"cwd": ROOT, "env": environment, "text": True, "start_new_session": True}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, **options)
    try:
        with (BENCH / f"{name}.txt").open("w") as kept:
            for line in process.stdout:
                sys.stdout.write(line)
                sys.stdout.flush()
                kept.write(line)
        return process.wait()
    except BaseException:
        process.send_signal(signal.SIGINT)
        raise
    finally:
        _let_end(process)


def _let_end(process: subprocess.Popen) -> None:
    try:
        process.wait(TIDY_SECONDS)
    except subprocess.TimeoutExpired:
        end_group(process.pid)


if __name__ == "__main__":
    sys.exit(closing(lambda: main(sys.argv[1:])))
