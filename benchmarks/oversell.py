"""Stock of 10, and buyers who each try until they are refused: how many units are sold?

    make bench-oversell            16 and 64 buyers, over the service and over HTTP, five rounds each
    make bench-oversell QUICK=1    one round each

Side by side in one database: django-oscar's own stock record (availability asked, then allocate), our
reservation, and our reservation with its condition and the CHECK taken away, which shows that the race is
there. Prints as its last line RESULT {json}: the worst count of any round with 16 buyers, and with
`_64` those of 64; `sold` covers service and HTTP.
"""

import importlib
import json
import subprocess
import sys

from benchmarks.scratch import scratch_database


def measured(database: str, what: str) -> dict[str, int]:
    """Run one of the races' functions on a database of its own."""
    with scratch_database(database):
        return getattr(importlib.import_module("benchmarks.oversell_races"), what)()


def main() -> None:
    if sys.argv[1:] == ["unguarded"]:
        print("RESULT", json.dumps(measured("oversell_unguarded", "without_guard")))
        return
    result = measured("oversell", "with_guard")
    # In a process and a database of its own, so that nothing without a guard is left behind.
    command = [sys.executable, "-m", "benchmarks.oversell", "unguarded"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    *lines, last = done.stdout.strip().splitlines()
    print(*lines, sep="\n")
    print("RESULT", json.dumps(result | json.loads(last.removeprefix("RESULT "))))


if __name__ == "__main__":
    main()
