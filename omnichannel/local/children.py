"""A server process: how it is started, known to be alive, stopped, and found again after a crash."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from omnichannel.local.console import explain

LOG_LIMIT = 20 * 1024 * 1024


@dataclass
class Child:
    """One process. `ready` says whether it serves; `user` holds subprocess's user options."""

    name: str
    argv: list[str]
    environment: dict[str, str]
    data: Path
    ready: Callable[[], bool]
    stop_signal: int = signal.SIGTERM
    stop_seconds: float = 20
    user: dict = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    # What others stand on stops after them.
    foundation: bool = False
    process: subprocess.Popen | None = None
    asked: bool = False
    log_begin: int = 0

    @property
    def log(self) -> Path:
        return self.data / "log" / f"{self.name}.log"

    @property
    def pid_file(self) -> Path:
        return self.data / "run" / f"{self.name}.pid"

    def start(self) -> None:
        """Start the process in its own group, its output appended to its log."""
        self.before()
        for folder in (self.log.parent, self.pid_file.parent):
            folder.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.log_begin = log.tell()
            self.process = subprocess.Popen(
                self.argv,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **self.user,
            )
        self.asked = False
        self.pid_file.write_text(f"{self.process.pid}\n{started_at(self.process.pid)}\n")

    def said(self, words: bytes) -> bool:
        """Whether its log has these words since it was last started."""
        with self.log.open("rb") as log:
            log.seek(self.log_begin)
            return words in log.read(1_000_000)

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_end(self) -> None:
        """Send the stop signal, once: a second one would mean `at once` to some."""
        if self.alive() and not self.asked:
            self.process.send_signal(self.stop_signal)
            self.asked = True

    def stop(self) -> None:
        """Ask it to end, then insist; its whole group is gone afterwards."""
        if self.process is not None:
            self.ask_to_end()
            try:
                self.process.wait(self.stop_seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            end_group(self.process.pid)
            self.process = None
        self.pid_file.unlink(missing_ok=True)

    def reclaim(self) -> bool:
        """End what an earlier, killed supervisor left running under this name; whether there was any."""
        pid = recorded_pid(self.pid_file)
        if pid is not None:
            os.kill(pid, self.stop_signal)
            wait_until(lambda: recorded_pid(self.pid_file) is None, self.stop_seconds)
            end_group(pid)
        self.pid_file.unlink(missing_ok=True)
        return pid is not None


def end_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def started_at(pid: int) -> str:
    """The kernel's start mark of a living process; empty for one that is gone or a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]


def recorded_pid(pid_file: Path) -> int | None:
    """The process a pid file names, if it is still that process and not a later one with its number."""
    try:
        pid, mark = pid_file.read_text().split()
    except (OSError, ValueError):
        return None
    return int(pid) if started_at(int(pid)) == mark else None


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came true within the time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def wait_ready(child: Child, seconds: float) -> None:
    """Raise Trouble with the end of its log when a started child dies or does not serve in time."""
    wait_until(lambda: not child.alive() or child.ready(), seconds)
    if not (child.alive() and child.ready()):
        output = child.log.read_text(errors="replace") if child.log.exists() else ""
        raise explain(f"{child.name}_failed", f"Starting {child.name}", output[-4000:], child.log)
