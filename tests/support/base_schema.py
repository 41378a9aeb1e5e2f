"""Migrate only what the installed packages bring, as the lower template of the test databases."""

import os

import django
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

OURS = {"members", "fulfillment", "settlement", "kernel", "omnichannel"}
FORKS = {"catalogue", "order"}
FOUNDATION = [("members", "0001_initial"), ("kernel", "0001_initial")]


def targets(loader: MigrationLoader) -> list[tuple[str, str]]:
    """The last migration of every package, and of the forks the last that is Oscar's own."""
    packages = [node for node in loader.graph.leaf_nodes() if node[0] not in OURS | FORKS]
    forks = [max(key for key in loader.disk_migrations if key[0] == fork and key[1] < "1") for fork in FORKS]
    return [*packages, *forks, *(node for node in FOUNDATION if node in loader.disk_migrations)]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "omnichannel.settings")
    django.setup()
    assert apps.ready
    executor = MigrationExecutor(connection)
    executor.migrate(targets(executor.loader))


if __name__ == "__main__":
    main()
