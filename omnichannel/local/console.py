"""What the person at the terminal sees: steps with their durations, and refusals with a code."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

MEGABYTE = 1024 * 1024
# What the operating system and PostgreSQL say of a full disk.
FULL_WORDS = (os.strerror(errno.ENOSPC), os.strerror(errno.EDQUOT), "HINT:  Check free disk space.")


class Trouble(Exception):
    """A foreseen refusal: a code for programs, one sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def say(text: str = "") -> None:
    print(text, flush=True)


@contextmanager
def step(title: str):
    """Print the title, and when it is done the seconds it took."""
    begun = time.monotonic()
    say(f"- {title} ...")
    yield
    say(f"  done in {time.monotonic() - begun:.1f} s")


def disk_full(error: OSError | None = None) -> Trouble:
    where = f" ({error.filename})" if error is not None and error.filename else ""
    return Trouble("disk_full", f"The disk is full{where}. Free some space and repeat the command.")


def need_space(folder: Path, megabytes: int) -> None:
    """Raise disk_full before anything is half written."""
    megabytes = int(os.environ.get("OMNICHANNEL_NEED_MB", megabytes))
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < megabytes:
        raise Trouble(
            "disk_full", f"{folder} has {free} MB free and {megabytes} MB are needed. Free some and repeat."
        )


def last_lines(text: str, count: int = 12) -> str:
    return "\n".join("    " + line for line in text.strip().splitlines()[-count:])


def explain(code: str, what: str, output: str, log: Path | None = None) -> Trouble:
    """The refusal for a failed program: a full disk is said in one sentence, else the last lines."""
    if any(words in output for words in FULL_WORDS):
        return disk_full()
    kept = f"\n  The whole log: {log}" if log else ""
    return Trouble(code, f"{what} failed:\n{last_lines(output)}{kept}")


def run_quietly(argv: list, *, code: str, what: str, **options) -> str:
    """Run a program and return what it printed; raise Trouble with its last lines when it fails."""
    done = subprocess.run(
        [str(part) for part in argv],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    )
    if done.returncode:
        raise explain(code, what, done.stdout)
    return done.stdout


def _interrupt(*_signal) -> None:
    raise KeyboardInterrupt


def closing(function) -> int:
    """Run a command of this package and turn refusals into one message and an exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return function() or 0
    except Trouble as trouble:
        print(f"error {trouble.code}: {trouble}", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        print("error interrupted: stopped by you; repeat the command to go on", file=sys.stderr)
        return 130
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print(f"error disk_full: {disk_full(error)}", file=sys.stderr)
    return 1
