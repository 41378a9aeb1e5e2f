"""The virtual environment, made from the lock with hashes; nothing is done while its stamp matches."""

import hashlib
import os
import shutil
import subprocess
import sys

from omnichannel.local.console import Trouble, need_space, run_quietly, say, step
from omnichannel.local.layout import INSTALLER_LOCK, LOCK_FILE, ROOT, VENV, VENV_PYTHON

STAMP = VENV / "complete"
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
FREE_MEGABYTES = 2048
# uv brings its own list of authorities; the machine's also knows a company's.
SYSTEM_CERTIFICATES = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}


def _wanted_stamp() -> str:
    parts = [LOCK_FILE.read_bytes(), os.fsencode(VENV), VERSION.encode()]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def is_ready() -> bool:
    return STAMP.exists() and VENV_PYTHON.exists() and STAMP.read_text().split()[:1] == [_wanted_stamp()]


def inside() -> bool:
    return sys.prefix == str(VENV)


def ensure() -> None:
    """Make or complete the virtual environment; raise Trouble when this Python cannot."""
    if is_ready():
        return
    if not os.access(ROOT, os.W_OK) or (VENV.exists() and not os.access(VENV, os.W_OK)):
        raise Trouble("not_yours", f"{ROOT} is not writable for this user. Run as its owner.")
    need_space(ROOT, FREE_MEGABYTES)
    if not _works():
        with step("Making the virtual environment"):
            _create()
    with step("Installing the pinned packages"):
        _install()
    STAMP.write_text(_wanted_stamp() + "\n")


def _works() -> bool:
    if not VENV_PYTHON.exists():
        return False
    question = [str(VENV_PYTHON), "-c", "import pip, sys; print(*sys.version_info[:2], sep='.', end='')"]
    answer = subprocess.run(question, capture_output=True, text=True)
    return answer.returncode == 0 and answer.stdout == VERSION


def _create() -> None:
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode and _can_install_venv():
        say("  this Python has no venv module: installing Debian's python3-venv")
        _install_venv()
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode and ("ensurepip" in done.stdout or "No module named venv" in done.stdout):
        raise Trouble(
            "venv_missing",
            "This Python has no venv or ensurepip. On Debian: apt-get install python3-venv. Then repeat.",
        )
    if done.returncode:
        raise Trouble("venv_failed", f"Python could not make a virtual environment: {done.stdout.strip()}")


def _can_install_venv() -> bool:
    return os.geteuid() == 0 and bool(shutil.which("apt-get")) and sys.executable.startswith("/usr/bin/")


def _install_venv() -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    package = f"python{VERSION}-venv"
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-q", "-y", package]):
        run_quietly(command, code="venv_missing", what=" ".join(command), env=environment)


def _install() -> None:
    """Install with uv, eleven seconds; where uv cannot be had or fails, with pip, one minute."""
    pip = [VENV_PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r"]
    uv = [VENV / "bin" / "uv", "pip", "install", "-q", "--python", VENV_PYTHON, "--require-hashes", "-r"]
    try:
        run_quietly([*pip, INSTALLER_LOCK], code="install_failed", what="Installing uv")
        command, trusting = [*uv, LOCK_FILE], os.environ | SYSTEM_CERTIFICATES
        run_quietly(command, code="install_failed", what="Installing the packages", cwd=ROOT, env=trusting)
    except Trouble as trouble:
        if trouble.code != "install_failed":
            raise
        say(f"  uv did not succeed, going on with pip. {trouble}")
        run_quietly([*pip, LOCK_FILE], code="install_failed", what="Installing the packages", cwd=ROOT)
