"""Processes that a killed run of the crash measurement left: known by number and start mark, ended first.

They would work on the next run's database, whose address is the same.
"""

from benchmarks.support import BENCH
from omnichannel.local.children import end_group, started_at

_FILE = BENCH / "run" / "crash.pids"


def remember(pid: int) -> None:
    """Note a process that leads a group of its own."""
    _FILE.parent.mkdir(parents=True, exist_ok=True)
    with _FILE.open("a") as file:
        file.write(f"{pid} {started_at(pid)}\n")


def end_leftovers() -> None:
    """End what is noted and still runs, and forget the rest."""
    noted = _FILE.read_text().splitlines() if _FILE.exists() else []
    for pid, _, mark in (line.partition(" ") for line in noted):
        if mark and started_at(int(pid)) == mark:
            end_group(int(pid))
    _FILE.unlink(missing_ok=True)
