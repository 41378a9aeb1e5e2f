"""Locks by name for what has no row of its own to lock."""

from django.db import connection


def advisory_lock(name: str) -> None:
    """Wait for the name until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
