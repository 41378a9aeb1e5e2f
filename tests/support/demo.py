"""The demo company in a template database of its own, loaded once per version of what makes it.

Its day is fixed, so that a test finds tomorrow what it found today: freeze the clock at NOON.
"""

from datetime import UTC, date, datetime
from pathlib import Path

from tests.support import databases

DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # in Shanghai


def _sources() -> list[Path]:
    """What makes the company; services that book its stock and points change it only through migrations."""
    folders = [path for app in databases.OURS[1:] for path in (databases.ROOT / app).glob("demo*")]
    files = [path for folder in folders for path in (folder.rglob("*") if folder.is_dir() else [folder])]
    loaders = [databases.ROOT / "tests/support" / name for name in ("demo.py", "load_demo.py")]
    return [path for path in files if path.suffix in {".py", ".csv"}] + loaders


def template_name() -> str:
    schema = databases.template_name().removeprefix(databases.TEMPLATE)
    return f"{databases.DEMO}{databases.digest(_sources())}_{schema}"


def ensure_template() -> str:
    """The name of the template with the demo company; built if this server has none."""
    return databases.ensure(template_name(), databases.ensure_template(), "-m", "tests.support.load_demo")
