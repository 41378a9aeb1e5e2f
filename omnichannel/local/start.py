"""`make run`, `make stop` and their small relatives."""

import fcntl
import os
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from omnichannel.local import preparation, supervisor
from omnichannel.local.console import Trouble, need_space, say, step
from omnichannel.local.installation import APPLICATION, Installation
from omnichannel.local.layout import BEGUN, ROOT, TEST, VAR, VENV_PYTHON

FIRST_MEGABYTES, LATER_MEGABYTES = 2048, 300


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold the lock file; raise `busy` when another command holds it. A killed command lets go of it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble("busy", "Another make command is at work in this folder. Wait until it is done.")
        yield


def run() -> None:
    """Start everything, prepare what is missing, play the first day once, and say where it serves."""
    need_space(ROOT, LATER_MEGABYTES if (VAR / "postgres" / "PG_VERSION").exists() else FIRST_MEGABYTES)
    installation = Installation.here()
    with alone(VAR / "run.lock"):
        preparation.compile_translations(installation.data)
        _replace_if_outdated(installation)
        _start_servers(installation)
        with preparation.files_meanwhile(installation) as static:
            preparation.prepare(installation)
            sign_in = preparation.once(
                installation,
                name="sign-in",
                title="Loading the demo company",
                command=["load_demo", "--without-pictures"],
                print_now=False,
            )
            static.result()
            worker = _start_application(installation)
            preparation.once(
                installation,
                name="first-day",
                title="Playing the first business day",
                command=["play_day", "--worker-pid", str(worker)],
                print_now=True,
            )
    _say_where(installation, sign_in)


def _replace_if_outdated(installation: Installation) -> None:
    """Refuse a port that is taken; stop what runs with another environment or other packages."""
    answer = supervisor.ask(installation.data, "status")
    serving = answer is not None and "web" in answer["children"]
    if not (serving and answer["shape"].startswith(f"{installation.port} ")):
        _need_port(installation)
    if answer and answer["shape"] != installation.shape():
        with step("Stopping what ran with other settings"):
            supervisor.stop(installation.data)


def _need_port(installation: Installation) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", installation.port))
        except PermissionError:
            raise Trouble(
                "port_refused", f"This user may not serve on port {installation.port}. PORT=8001 make run"
            )
        except OSError:
            raise Trouble(
                "port_busy",
                f"Port {installation.port} is used by another program. End that, or take another: "
                f"PORT={installation.port + 1} make run",
            )


def _start_servers(installation: Installation) -> None:
    if supervisor.ask(installation.data, "status") is None:
        supervisor.launch(installation.data, dict(os.environ))
    names = installation.servers()
    answer = supervisor.ask(installation.data, "status") or {"children": {}}
    if all(answer["children"].get(name, {}).get("ready") for name in names):
        return
    with step(f"Starting {' and '.join(names)}"):
        supervisor.start(installation.data, names, seconds=60)


def _start_application(installation: Installation) -> int:
    """Start web, worker and beat, or replace them when the code changed; the worker's process number."""
    state = preparation.code_fingerprint()
    answer = supervisor.ask(installation.data, "status") or {"children": {}}
    running = [name for name in APPLICATION if name in answer["children"]]
    if running and not preparation.done_before(installation.data, "code", state):
        with step("Restarting with the changed code"):
            supervisor.ask(installation.data, "restart", running)
    with step("Starting web server, worker and beat"):
        supervisor.start(installation.data, ["web", "worker"], seconds=90)
        supervisor.start(installation.data, ["beat"], seconds=10)
    preparation.remember(installation.data, "code", state)
    return supervisor.ask(installation.data, "status")["children"]["worker"]["pid"]


def _say_where(installation: Installation, sign_in: str) -> None:
    say(sign_in.rstrip())
    say()
    seconds = time.time() - float(os.environ.get(BEGUN) or time.time())
    say(f"Serving at {installation.address} (ready after {seconds:.1f} s); make stop ends it.")
    report = installation.data / "first-day.txt"
    if report.exists():
        say(f"The first day's clearing report is kept in {report.relative_to(ROOT)}; logs in var/log.")


def stop() -> None:
    """End everything, also what a killed supervisor left behind."""
    installation = Installation.here()
    with alone(VAR / "run.lock"):
        stopped = supervisor.stop(installation.data) is not None
        left = [child.reclaim() for child in reversed(installation.children())]
    say("Stopped." if stopped or any(left) else "Nothing was running.")


def supervise() -> None:
    installation = Installation.here()
    supervisor.Supervisor(
        children=installation.children(), data=installation.data, shape=installation.shape()
    ).run()


def status() -> None:
    installation = Installation.here()
    answer = supervisor.ask(installation.data, "status")
    if answer is None:
        raise Trouble("not_running", "Nothing runs. Start it with: make run")
    for name, report in answer["children"].items():
        state = "ready" if report["ready"] else "starting" if report["up"] else f"down: {report['problem']}"
        times = f"{report['seconds']} s, {report['restarts']} restarts"
        say(f"{name:9} {state:9} process {report['pid']}, {times}")
    say(installation.address)


def logs(*names: str) -> None:
    """Follow the log files until interrupted."""
    folder = VAR / "log"
    files = [folder / f"{name}.log" for name in names] or sorted(folder.glob("*.log"))
    missing = [str(file) for file in files if not file.exists()]
    if missing or not files:
        raise Trouble("no_log", f"There is no log yet: {', '.join(missing) or folder}")
    subprocess.run(["tail", "-n", "20", "-F", *map(str, files)])


def env() -> None:
    """Print the environment for a shell, so that commands and tools reach this installation."""
    installation = Installation.here()
    own = installation.environment() | {"DATABASE_OWNER_URL": installation.owner_url()}
    for name in ("HOME", "USER", "TERM", "LANG", "TMPDIR", "SSL_CERT_FILE"):
        own.pop(name, None)
    for name, value in sorted(own.items()):
        say(f"export {name}={shlex.quote(value)}")


def manage(*arguments: str) -> int:
    """Run a Django command inside the running installation."""
    installation = Installation.here()
    environment = installation.environment() | {"DATABASE_OWNER_URL": installation.owner_url()}
    return subprocess.run([str(VENV_PYTHON), "manage.py", *arguments], cwd=ROOT, env=environment).returncode


def clean_data(*arguments: str) -> None:
    """Delete database, cache, uploads and secrets of this installation."""
    if "--yes" not in arguments:
        raise Trouble("confirm", "This deletes all local data. To do so: make clean-data CONFIRM=1")
    stop()
    for entry in VAR.iterdir():
        if entry not in (TEST, VAR / "run.lock"):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    say("The local data is deleted.")
