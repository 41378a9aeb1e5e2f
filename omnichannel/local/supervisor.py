"""The one background process: starts the servers, restarts what dies, answers on a control socket."""

import contextlib
import json
import os
import selectors
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from omnichannel.local.children import Child, started_at, wait_until
from omnichannel.local.console import Trouble, explain
from omnichannel.local.layout import ROOT, VENV_PYTHON, socket_folder

PAUSES = (0.1, 0.5, 1, 2, 5)
STEADY_SECONDS = 30
POLL_SECONDS = 0.2


def note(text: str) -> None:
    """Write to the supervisor's log; a full disk must not end the one process that can still repair."""
    with contextlib.suppress(OSError):
        print(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {text}", flush=True)


@dataclass
class Watch:
    """A child that is wanted running, and how its restarts went."""

    child: Child
    since: float = 0
    restarts: int = 0
    failures: int = 0
    next_start: float = 0
    problem: str = ""

    def tend(self, now: float) -> None:
        """Start the child if it is down and its pause is over."""
        if self.child.alive():
            return
        if self.child.process is not None:
            self._fell(now)
        if now >= self.next_start:
            self._start(now)

    def _fell(self, now: float) -> None:
        self.problem = f"ended with {self.child.process.returncode}"
        self.child.stop()
        self.failures = 0 if now - self.since > STEADY_SECONDS else self.failures + 1
        self.restarts += 1
        self.next_start = now + PAUSES[min(self.failures, len(PAUSES) - 1)]
        note(f"{self.child.name} {self.problem}, restart {self.restarts}")

    def _start(self, now: float) -> None:
        try:
            self.child.start()
            self.since = now
        except (Trouble, OSError) as error:
            self.problem = str(error)
            self.failures += 1
            self.next_start = now + PAUSES[-1]
            note(f"{self.child.name} did not start: {error}")

    def report(self) -> dict:
        up = self.child.alive()
        return {
            "up": up,
            "ready": up and self.child.ready(),
            "pid": self.child.process.pid if up else None,
            "seconds": round(time.monotonic() - self.since) if up else 0,
            "restarts": self.restarts,
            "problem": self.problem,
        }


class Supervisor:
    """Keeps the children it was told to start; children stop in the opposite order."""

    def __init__(self, *, children: list[Child], data: Path, shape: str) -> None:
        self.known = {child.name: child for child in children}
        self.watched: dict[str, Watch] = {}
        self.data, self.shape, self.ending = data, shape, False

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        for child in reversed(self.known.values()):
            child.reclaim()
        door = _open_door(self.data)
        try:
            self._watch(door)
        finally:
            self._stop_all(list(self.watched.values()))
            door.close()
            control_socket(self.data).unlink(missing_ok=True)

    def _stop_all(self, watches: list[Watch]) -> None:
        """Ask all that stand on others at once, then wait for each, the last started first."""
        for watch in watches:
            if not watch.child.foundation:
                watch.child.ask_to_end()
        for watch in reversed(watches):
            watch.child.stop()

    def _end(self, *_signal) -> None:
        self.ending = True

    def _watch(self, door: socket.socket) -> None:
        selector = selectors.DefaultSelector()
        selector.register(door, selectors.EVENT_READ)
        while not self.ending:
            if selector.select(POLL_SECONDS):
                self._answer(door)
            for watch in self.watched.values():
                watch.tend(time.monotonic())

    def _answer(self, door: socket.socket) -> None:
        connection, _address = door.accept()
        with connection:
            connection.settimeout(5)
            try:
                wish = json.loads(connection.makefile().readline())
                connection.sendall(json.dumps(self._carry_out(wish)).encode() + b"\n")
            except (OSError, ValueError) as error:
                note(f"control socket: {error}")

    def _carry_out(self, wish: dict) -> dict:
        if wish["do"] == "stop":
            self.ending = True
        names = wish.get("names", [])
        if wish["do"] == "restart":
            self._stop_all([self.watched.pop(name) for name in names if name in self.watched])
        for name in names:
            self.watched.setdefault(name, Watch(self.known[name])).tend(time.monotonic())
        return {
            "pid": os.getpid(),
            "shape": self.shape,
            "children": {name: watch.report() for name, watch in self.watched.items()},
        }


def control_socket(data: Path) -> Path:
    return socket_folder(data) / "control.sock"


def _open_door(data: Path) -> socket.socket:
    control_socket(data).unlink(missing_ok=True)
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(control_socket(data)))
    control_socket(data).chmod(0o600)
    door.listen(8)
    return door


def ask(data: Path, do: str, names: list[str] | None = None) -> dict | None:
    """What the running supervisor answers, or None when none runs."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(90)
            connection.connect(str(control_socket(data)))
            connection.sendall(json.dumps({"do": do, "names": names or []}).encode() + b"\n")
            answer = connection.makefile().readline()
    except (FileNotFoundError, ConnectionError):
        return None
    return json.loads(answer) if answer else None


def launch(data: Path, environment: dict[str, str]) -> None:
    """Start the supervisor in the background and wait until it answers."""
    log = data / "log" / "supervisor.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(VENV_PYTHON), "-u", "-m", "omnichannel.local", "supervise"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    wait_until(lambda: ask(data, "status") is not None or process.poll() is not None, 60)
    if ask(data, "status") is None:
        raise explain("supervisor_failed", "The supervisor", log.read_text(errors="replace")[-3000:], log)


def start(data: Path, names: list[str], *, seconds: float) -> None:
    """Have children started and wait until each serves; raise Trouble with the log of one that does not."""
    answer = ask(data, "start", names)

    def settled() -> bool:
        nonlocal answer
        answer = ask(data, "status") or {"children": {}}
        reports = [answer["children"].get(name, {}) for name in names]
        return all(r.get("ready") for r in reports) or any(r.get("restarts", 0) > 2 for r in reports)

    wait_until(settled, seconds)
    for name in names:
        report = answer["children"].get(name, {})
        if not report.get("ready"):
            log = data / "log" / f"{name}.log"
            output = log.read_text(errors="replace")[-4000:] if log.exists() else report.get("problem", "")
            raise explain(f"{name}_failed", f"Starting {name}", output, log)


def stop(data: Path, *, seconds: float = 90) -> int | None:
    """End the supervisor and all its children; the process id it had, or None when none ran."""
    answer = ask(data, "stop")
    if answer is None:
        return None
    if not wait_until(lambda: not started_at(answer["pid"]), seconds):
        raise Trouble("stop_failed", f"The supervisor (process {answer['pid']}) did not end.")
    return answer["pid"]
