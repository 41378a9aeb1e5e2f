"""The supervisor restarts what dies, leaves nothing behind, and takes up what a killed one left."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from omnichannel.local import supervisor
from omnichannel.local.children import wait_until
from omnichannel.local.console import Trouble

ROOT = Path(__file__).resolve().parent.parent.parent


def launch(folder: Path) -> subprocess.Popen:
    process = subprocess.Popen([sys.executable, "-m", "tests.local.supervised", str(folder)], cwd=ROOT)
    assert wait_until(lambda: supervisor.ask(folder, "status") is not None, 20)
    return process


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@pytest.fixture
def running(folder):
    process = launch(folder)
    supervisor.start(folder, ["first", "second"], seconds=20)
    yield process
    supervisor.stop(folder)
    process.wait(20)


def pid_of(folder: Path, name: str) -> int | None:
    return supervisor.ask(folder, "status")["children"][name]["pid"]


def processes_of(group: int) -> list[int]:
    """Living processes of a process group."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(int(entry.name))
    return found


def test_a_killed_child_is_restarted_and_its_group_is_gone(running, folder):
    before = pid_of(folder, "first")
    assert wait_until(lambda: len(processes_of(before)) == 2, 10)
    os.kill(before, signal.SIGKILL)
    assert wait_until(lambda: pid_of(folder, "first") not in (None, before), 10)
    assert processes_of(before) == []
    assert supervisor.ask(folder, "status")["children"]["first"]["restarts"] == 1


def test_stop_leaves_no_process(folder):
    process = launch(folder)
    supervisor.start(folder, ["first", "second"], seconds=20)
    groups = [pid_of(folder, "first"), pid_of(folder, "second")]
    supervisor.stop(folder)
    process.wait(20)
    assert [processes_of(group) for group in groups] == [[], []]
    assert supervisor.ask(folder, "status") is None


def test_what_a_killed_supervisor_left_is_ended_by_the_next(folder):
    first = launch(folder)
    supervisor.start(folder, ["first"], seconds=20)
    orphan = pid_of(folder, "first")
    first.kill()
    first.wait()
    assert processes_of(orphan)
    second = launch(folder)
    assert processes_of(orphan) == []
    supervisor.stop(folder)
    second.wait(20)


def test_a_child_that_cannot_start_is_told_with_its_own_words(running, folder):
    with pytest.raises(Trouble, match="this server cannot start") as refusal:
        supervisor.start(folder, ["broken"], seconds=20)
    assert refusal.value.code == "broken_failed"


def test_a_restart_on_request_gives_a_new_process(running, folder):
    before = pid_of(folder, "second")
    supervisor.ask(folder, "restart", ["second"])
    assert wait_until(lambda: pid_of(folder, "second") not in (None, before), 10)
