"""A database of its own for a measurement: cloned from the migrated template, dropped afterwards."""

import os
from contextlib import contextmanager


@contextmanager
def scratch_database(name: str):
    """Set Django up on a fresh clone. Needs DATABASE_URL as `make env` prints it."""
    from tests.support import databases

    clone = f"oc_bench_{name}"
    databases.clone(clone, databases.ensure_template())
    os.environ["DATABASE_URL"] = databases.owner_url(clone)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "omnichannel.settings")
    import django
    from django.db import connections

    django.setup()
    try:
        yield
    finally:
        connections.close_all()
        databases.drop(clone)
