"""What all measurements share: quick or full, seed, machine, a database of one's own, the last line."""

import json
import os
import platform
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.support import databases

QUICK = os.environ.get("QUICK") == "1"
SEED = int(os.environ.get("SEED") or 20261121)
BENCH = Path(__file__).resolve().parent.parent / "var" / "bench"


def machine() -> str:
    """Cores, memory, processor and versions, for the report."""
    words = {}
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        words.setdefault(name.strip(), value.strip())
    kilobytes = int(Path("/proc/meminfo").read_text().split()[1])
    model = words.get("model name") or platform.machine()
    return (
        f"{len(os.sched_getaffinity(0))} cores ({model}), {kilobytes / 2**20:.0f} GB, "
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    )


def headline(title: str) -> None:
    day = datetime.now(UTC).date()
    print(f"{title}\n{day}, seed {SEED}, {'quick' if QUICK else 'full'}\n{machine()}\n", flush=True)


def result(figures: dict) -> None:
    """The last line, which programs read."""
    print("RESULT", json.dumps(figures), flush=True)


@contextmanager
def own_database(name: str, *, like: str = "") -> Iterator[dict[str, str]]:
    """A fresh clone of the migrated template, dropped afterwards; the environment that leads to it.

    like: the name of another one that nobody is connected to, cloned instead.
    """
    clone = f"oc_bench_{name}"
    databases.clone(clone, f"oc_bench_{like}" if like else databases.ensure_template())
    try:
        yield {
            "DATABASE_URL": databases.renamed(os.environ["DATABASE_URL"], clone),
            "DATABASE_OWNER_URL": databases.owner_url(clone),
        }
    finally:
        databases.drop(clone)


@contextmanager
def process(command: list[str], *, environment: dict[str, str], **options) -> Iterator[subprocess.Popen]:
    """A process that ends with the block."""
    child = subprocess.Popen(command, env=os.environ | environment, **options)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.terminate()
        child.wait(timeout=30)
