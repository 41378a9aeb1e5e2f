"""Django set up in this very process, on a fresh clone that the owner of its tables may change."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import connections

from benchmarks.support import own_database


@contextmanager
def scratch_database(name: str) -> Iterator[None]:
    with own_database(name) as environment:
        os.environ["DATABASE_URL"] = environment["DATABASE_OWNER_URL"]
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "omnichannel.settings")
        django.setup()
        try:
            yield
        finally:
            connections.close_all()
