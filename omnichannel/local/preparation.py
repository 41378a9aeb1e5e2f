"""Steps between the servers and the application, each skipped while it is proven done."""

import codecs
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import BinaryIO, TextIO

from omnichannel.local import database, postgres
from omnichannel.local.console import explain, step
from omnichannel.local.installation import APPLICATION_ROLE, DATABASE, OWNER_ROLE, Installation
from omnichannel.local.layout import LOCK_FILE, ROOT, VENV_PYTHON, fingerprint

APPS = ("omnichannel", "members", "catalog", "fulfillment", "orders", "settlement")


def source_files(pattern: str) -> list[Path]:
    return [path for app in APPS for path in (ROOT / app).rglob(pattern)]


def migrations_fingerprint() -> str:
    """Changes when the schema may have to change."""
    files = [path for path in source_files("*.py") if "migrations" in path.parts]
    rights = [*source_files("prepare_database.py"), *source_files("grants.py")]
    return fingerprint([*files, *rights, LOCK_FILE], contents=True)


def code_fingerprint() -> str:
    """Changes when running web, worker and beat processes are out of date."""
    return fingerprint([*source_files("*.py"), *source_files("*.mo"), ROOT / "pyproject.toml"])


def static_fingerprint() -> str:
    return fingerprint([LOCK_FILE, *(path for path in (ROOT / "static").rglob("*") if path.is_file())])


def done_before(data: Path, name: str, state: str) -> bool:
    stamp = data / "stamps" / name
    return stamp.exists() and stamp.read_text() == state


def remember(data: Path, name: str, state: str) -> None:
    stamp = data / "stamps" / name
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(state)


def compile_translations(data: Path) -> None:
    state = fingerprint([*source_files("*.po"), *source_files("*.mo")])
    if done_before(data, "translations", state):
        return
    with step("Compiling the translations"):
        run_python(["scripts/translations.py", "compile"], title="Compiling the translations", data=data)
    remember(data, "translations", fingerprint([*source_files("*.po"), *source_files("*.mo")]))


@contextmanager
def files_meanwhile(installation: Installation) -> Iterator[Future]:
    """Collect static files, then draw pictures, while the rest goes on; yields the first one's future.

    The web server needs the static files when it starts; the pictures only when people look.
    """
    with ThreadPoolExecutor(1) as pool:
        static = pool.submit(_make_files, installation, "static", static_fingerprint(), COLLECT)
        pictures = pool.submit(_make_files, installation, "pictures", pictures_fingerprint(), DRAW)
        yield static
        pictures.result()


COLLECT = ["manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0"]
DRAW = ["manage.py", "draw_pictures"]


def pictures_fingerprint() -> str:
    return fingerprint(
        [path for name in ("pictures", "demo_goods") for path in (ROOT / "catalog" / name).rglob("*.py")]
    )


def _make_files(installation: Installation, name: str, state: str, command: list[str]) -> None:
    made = {"static": ROOT / "var" / "static", "pictures": ROOT / "var" / "media" / "pictures"}[name]
    if done_before(installation.data, name, state) and made.is_dir():
        return
    run_python(command, title=command[1], data=installation.data, env=installation.environment())
    remember(installation.data, name, state)


class Shown(Enum):
    """What of a program's output is seen as it comes; its log file has all of it."""

    NOTHING = (None, None)
    PROGRESS = (None, sys.stderr)
    ALL = (sys.stdout, sys.stderr)


def run_python(
    argv: list[str], *, title: str, data: Path, env: dict | None = None, shown: Shown = Shown.NOTHING
) -> str:
    """Run a Python program of the project and return what it printed; raise Trouble when it fails."""
    log = data / "log" / f"{argv[1] if argv[0] == 'manage.py' else Path(argv[0]).stem}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [str(VENV_PYTHON), *argv],
        cwd=ROOT,
        env=env or dict(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    results, progress = shown.value
    with ThreadPoolExecutor(1) as pool, ended_with_us(process):
        complaints = pool.submit(_relay, process.stderr, progress)
        printed = _relay(process.stdout, results)
        process.wait()
    log.write_text(printed + complaints.result())
    if process.returncode:
        raise explain("step_failed", title, printed + complaints.result(), log)
    return printed


@contextmanager
def ended_with_us(process: subprocess.Popen) -> Iterator[None]:
    """End the program when this command is interrupted, so that a repeated command does not meet it."""
    try:
        yield
    finally:
        if process.poll() is None:
            process.terminate()


def _relay(source: BinaryIO, target: TextIO | None) -> str:
    """All that comes from a pipe, passed on at once, half lines of progress bars too."""
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    parts = []
    while chunk := source.read1(65536):
        parts.append(decode(chunk))
        if target is not None:
            target.write(parts[-1])
            target.flush()
    return "".join(parts)


def prepare(installation: Installation) -> None:
    """Roles, database and schema as this code wants them."""
    if installation.embeds_database:
        superuser = postgres.url(installation.data, role=postgres.SUPERUSER, database="postgres")
        database.ensure_database(superuser, name=DATABASE, owner=OWNER_ROLE, application=APPLICATION_ROLE)
    owner, wanted = installation.owner_url(), migrations_fingerprint()
    if database.marks(owner).get("schema") == wanted:
        return
    with step("Bringing the database to this version's schema, drawing pictures meanwhile"):
        environment = installation.environment() | {"DATABASE_OWNER_URL": owner}
        run_python(
            ["manage.py", "prepare_database"], title="Migrating", data=installation.data, env=environment
        )
    database.mark(owner, schema=wanted)


def once(installation: Installation, *, name: str, title: str, command: list[str], print_now: bool) -> str:
    """Run a Django command that is needed once per database; what it printed, then or earlier.

    Its progress on standard error is always seen; its result is printed now or left to the caller.
    """
    owner, kept = installation.owner_url(), installation.data / f"{name}.txt"
    if name in database.marks(owner):
        return kept.read_text() if kept.exists() else ""
    with step(title):
        shown = Shown.ALL if print_now else Shown.PROGRESS
        environment = installation.environment()
        printed = run_python(
            ["manage.py", *command], title=title, data=installation.data, env=environment, shown=shown
        )
    kept.write_text(printed)
    database.mark(owner, **{name: "done"})
    return printed
