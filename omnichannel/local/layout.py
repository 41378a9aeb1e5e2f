"""Where things lie on disk."""

import hashlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
VAR = ROOT / "var"
TEST = VAR / "test"
LOCK_FILE = ROOT / "requirements.lock"
# Environment variable with the second at which the whole command began, virtual environment included.
BEGUN = "OMNICHANNEL_BEGUN"
INSTALLER_LOCK = ROOT / "requirements-installer.lock"

# A unix socket's whole path may have 107 bytes; PostgreSQL's file name takes 20 of them.
LONGEST_SOCKET_FOLDER = 85


def socket_folder(data: Path) -> Path:
    """The folder for the sockets of the installation in `data`; short enough, private to this user."""
    near = data / "sockets"
    if len(os.fsencode(near)) <= LONGEST_SOCKET_FOLDER:
        folder = near
    else:
        digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"omnichannel-{os.getuid()}-{digest}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def fingerprint(paths, *, contents: bool = False) -> str:
    """A digest of files by name, size and time, or by name and contents."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(os.fsencode(path))
        stat = path.stat()
        digest.update(path.read_bytes() if contents else f"{stat.st_size} {stat.st_mtime_ns}".encode())
    return digest.hexdigest()
