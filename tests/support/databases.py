"""One migrated template database, cloned for each worker and again after each test that commits.

Oscar's migrations take most of a minute on two cores, so they run once per version of all migration
files; the result stays on the server under a name that holds their digest. A lower template with only
the packages' own tables makes the next one cheap when only our migrations changed.
"""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
from psycopg2 import sql

from omnichannel import environment, snapshot
from omnichannel.local.database import drop_database

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ("omnichannel", "members", "catalog", "fulfillment", "orders", "settlement")
LOCK = 7261119
BASE, TEMPLATE, DEMO, CLONE = "oc_base_", "oc_template_", "oc_demo_", "oc_test_"
MEDIA = ROOT / "var" / "test" / "media"  # pictures and signatures of all tests


def digest(paths: list[Path]) -> str:
    sha = hashlib.sha256()
    for path in sorted(paths):
        sha.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return sha.hexdigest()[:12]


def _foundation_files() -> list[Path]:
    """What the packages' tables rest on: the lock, the forks of Oscar's files, our first migrations."""
    forks = [path for app in ("catalog", "orders") for path in (ROOT / app / "migrations").glob("0*.py")]
    first = [
        ROOT / "omnichannel/kernel/migrations/0001_initial.py",
        ROOT / "members/migrations/0001_initial.py",
    ]
    return [ROOT / "requirements.lock", *forks, *first]


def _schema_files() -> list[Path]:
    ours = [path for app in OURS for path in (ROOT / app).rglob("*.py") if "migrations" in path.parts]
    rights = [
        path
        for name in ("prepare_database.py", "grants.py")
        for app in OURS
        for path in (ROOT / app).rglob(name)
    ]
    from_a_file = [ROOT / "omnichannel" / name for name in ("schema.sql", "snapshot.py")]
    return [*_foundation_files(), *ours, *rights, *from_a_file]


def base_name() -> str:
    return BASE + digest(_foundation_files())


def template_name() -> str:
    return TEMPLATE + digest(_schema_files())


def owner_url(name: str) -> str:
    """The address of a database for the role that may create databases."""
    return renamed(os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"], name)


def owner_role() -> dict[str, str]:
    """USER and PASSWORD of the role that owns the tables."""
    return _role(os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"])


def application_role() -> dict[str, str]:
    return _role(os.environ["DATABASE_URL"])


def _role(url: str) -> dict[str, str]:
    entry = environment.database(url)
    return {"USER": entry["USER"], "PASSWORD": entry["PASSWORD"]}


def renamed(url: str, name: str) -> str:
    return re.sub(r"^(postgres(?:ql)?://[^/]*/)[^?]*", rf"\g<1>{name}", url)


@contextmanager
def administration() -> Iterator:
    """A cursor in the server's own database, in autocommit."""
    with closing(psycopg2.connect(owner_url("postgres"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


def _exists(cursor, name: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone() is not None


def _ensure_application_role(cursor) -> None:
    """The role that the migration grants to; only a superuser's server can lack it."""
    role = os.environ.get("DATABASE_APPLICATION_ROLE", "omnichannel_app")
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone() is None:
        cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))


def _create(cursor, name: str, template: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    cursor.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def _build(cursor, name: str, template: str, *command: str) -> None:
    """Make a template under a working name and give it its own when it is complete."""
    working = f"{name}_new"
    drop_database(cursor, working)
    _create(cursor, working, template)
    address = {"DATABASE_URL": owner_url(working), "DATABASE_OWNER_URL": owner_url(working)}
    address["MEDIA_ROOT"] = str(MEDIA)
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | address | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"the test database {name} could not be made:\n{done.stdout}\n{done.stderr}")
    statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    cursor.execute(statement.format(sql.Identifier(working), sql.Identifier(name)))


def ensure_template() -> str:
    """The name of the template for the migrations as they are now; built if this server has none."""
    template = template_name()
    with _alone() as cursor:
        if not _exists(cursor, template):
            _ensure_application_role(cursor)
            _build(cursor, template, _ground(cursor), "manage.py", "prepare_database")
    return template


def _ground(cursor) -> str:
    """What our migrations begin from: nothing where the schema's file holds, else the packages' tables."""
    if snapshot.holds():
        return "template0"
    if not _exists(cursor, base_name()):
        _build(cursor, base_name(), "template0", "-m", "tests.support.base_schema")
    return base_name()


def ensure(name: str, template: str, *command: str) -> str:
    """The name of a template that Python with this command makes of another; built if there is none."""
    with _alone() as cursor:
        if not _exists(cursor, name):
            _build(cursor, name, template, *command)
    return name


@contextmanager
def _alone() -> Iterator:
    """A cursor of the one process that may build templates at this moment."""
    with administration() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield cursor
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def clone(name: str, template: str) -> None:
    """A fresh copy of the template; a copy of that name is thrown away first. A tenth of a second."""
    with administration() as cursor:
        drop_database(cursor, name)
        _create(cursor, name, template)


def drop(name: str) -> None:
    with administration() as cursor:
        drop_database(cursor, name)


def drop_leftovers() -> None:
    """Remove clones and outdated templates that killed runs left; only where no other run uses the server."""
    schema = template_name()
    keep = {base_name(), schema}
    with administration() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^oc_(base|template|demo|test)_'")
        for (name,) in cursor.fetchall():
            of_today = name.startswith(DEMO) and name.endswith(schema.removeprefix(TEMPLATE))
            if name not in keep and not of_today:
                drop_database(cursor, name)
