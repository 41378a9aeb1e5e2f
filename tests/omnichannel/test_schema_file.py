"""The schema's file is what the migrations make; an empty database gets it, any other the migrations."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from omnichannel import snapshot
from tests.support import databases


def test_the_file_is_what_all_migrations_make():
    owner = {name: databases.owner_url("postgres") for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    done = subprocess.run(
        [sys.executable, "manage.py", "schema_file", "--check"],
        cwd=databases.ROOT,
        env=os.environ | owner,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_the_file_names_the_migrations_that_are_there():
    assert snapshot.holds()


def test_a_changed_migration_is_not_taken_from_the_file(monkeypatch, tmp_path):
    known = snapshot.FILE.read_text(encoding="utf-8")
    changed = tmp_path / "schema.sql"
    changed.write_text(known.replace(snapshot.HEADER.match(known)[2], "0" * 64), encoding="utf-8")
    monkeypatch.setattr(snapshot, "FILE", changed)
    assert not snapshot.holds()


@pytest.mark.django_db
def test_a_database_that_holds_something_keeps_it():
    assert connection.introspection.table_names()
    assert not snapshot.fits()
