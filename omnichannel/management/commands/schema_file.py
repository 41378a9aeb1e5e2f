"""Write omnichannel/schema.sql, or say whether it is what the migrations make."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from omnichannel import environment, snapshot
from omnichannel.local import postgres
from omnichannel.local.database import drop_database

SCRATCH = "oc_schema_file"


class Command(BaseCommand):
    help = "Run all migrations in a scratch database and write what they made to omnichannel/schema.sql."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="write nothing, fail when it differs")

    def handle(self, *args, **options):
        if not settings.DATABASE_OWNER_URL:
            raise CommandError("DATABASE_OWNER_URL is not set: migrations run as the owner of the tables.")
        text = self._migrated()
        if not options["check"]:
            snapshot.FILE.write_text(text, encoding="utf-8")
            self.stdout.write(f"{snapshot.FILE.name}: {len(text.splitlines())} lines")
        elif snapshot.FILE.read_text(encoding="utf-8") != text:
            raise CommandError(
                "omnichannel/schema.sql is not what the migrations make: run `make schema-file`."
            )

    def _migrated(self) -> str:
        """What the file should hold, from a database in which every migration has run."""
        entry = environment.database(settings.DATABASE_OWNER_URL)
        with self._administration(entry) as work:
            drop_database(work, SCRATCH)
            work.execute(f"CREATE DATABASE {SCRATCH} TEMPLATE template0")
        try:
            self._become(entry | {"NAME": SCRATCH})
            self._run(entry, sys.executable, "manage.py", "migrate", "--verbosity", "0")
            applied = MigrationRecorder.Migration.objects.order_by("pk").values_list("app", "name")
            return snapshot.written(self._dump(entry), applied=list(applied))
        finally:
            connection.close()
            with self._administration(entry) as work:
                drop_database(work, SCRATCH)

    def _dump(self, entry: dict) -> str:
        empty = [f"--exclude-table-data={name}" for name in snapshot.LEFT_EMPTY]
        program, kind = postgres.binary("pg_dump"), ("--no-owner", "--no-comments", "--inserts")
        return self._run(entry, program, *kind, *empty, SCRATCH)

    def _become(self, entry: dict) -> None:
        connection.close()
        connection.settings_dict.update(entry)

    @contextmanager
    def _administration(self, entry: dict) -> Iterator:
        known = {"host": entry["HOST"], "port": entry["PORT"], "password": entry["PASSWORD"]}
        with closing(psycopg2.connect(dbname="postgres", user=entry["USER"], **known)) as one:
            one.autocommit = True
            yield one.cursor()

    def _run(self, entry: dict, *command: str) -> str:
        names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
        where = {name: entry[key] for name, key in names.items() if entry[key]}
        where["DATABASE_URL"] = self._address(entry)
        done = subprocess.run(command, env=os.environ | where, capture_output=True, text=True)
        if done.returncode:
            raise CommandError(done.stderr)
        return done.stdout

    def _address(self, entry: dict) -> str:
        """DATABASE_OWNER_URL with the scratch database in place of its own."""
        return settings.DATABASE_OWNER_URL.replace(f"/{entry['NAME']}", f"/{SCRATCH}", 1)
