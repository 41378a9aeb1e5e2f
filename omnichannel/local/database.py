"""Roles and the database itself, and the marks that say what was already done in it."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import psycopg2
from psycopg2 import errors, sql

from omnichannel.local.console import Trouble

MARK = "omnichannel local: "
DROP_ATTEMPTS = 5


@contextmanager
def cursor(url: str) -> Iterator:
    """A cursor in autocommit; raise database_unreachable with the server's own words."""
    try:
        connection = psycopg2.connect(url, connect_timeout=10)
    except psycopg2.OperationalError as error:
        raise Trouble("database_unreachable", f"The database does not answer: {str(error).strip()}")
    connection.autocommit = True
    with closing(connection), connection.cursor() as work:
        yield work


def ensure_role(work, role: str, *, may_create_databases: bool = False) -> None:
    work.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if work.fetchone() is None:
        right = sql.SQL("CREATEDB" if may_create_databases else "NOCREATEDB")
        work.execute(sql.SQL("CREATE ROLE {} LOGIN {}").format(sql.Identifier(role), right))


def ensure_database(superuser_url: str, *, name: str, owner: str, application: str) -> None:
    """The two roles and the owner's database, made where they are missing."""
    with cursor(superuser_url) as work:
        ensure_role(work, owner, may_create_databases=True)
        ensure_role(work, application)
        work.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if work.fetchone() is None:
            statement = sql.SQL("CREATE DATABASE {} OWNER {}")
            work.execute(statement.format(sql.Identifier(name), sql.Identifier(owner)))


def drop_database(work, name: str) -> None:
    """Drop a database if it is there, and end its sessions.

    FORCE is refused to all but superusers while an autovacuum worker is in the database; a plain drop sends
    that one away itself, but nobody else. Raises ObjectInUse when somebody always comes back.
    """
    statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    for _attempt in range(DROP_ATTEMPTS):
        try:
            return work.execute(statement + sql.SQL(" WITH (FORCE)"))
        except errors.InsufficientPrivilege:
            with suppress(errors.ObjectInUse):
                return work.execute(statement)
    work.execute(statement)


def marks(url: str) -> dict[str, str]:
    """What was done in this database before; it stands in the database, so it is lost only with it."""
    with cursor(url) as work:
        work.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        comment = work.fetchone()[0] or ""
    return json.loads(comment.removeprefix(MARK)) if comment.startswith(MARK) else {}


def mark(url: str, **done: str) -> None:
    """Remember steps as done; a role that may not comment its database repeats them instead."""
    comment = MARK + json.dumps(marks(url) | done)
    with cursor(url) as work:
        work.execute("SELECT current_database()")
        name = sql.Identifier(work.fetchone()[0])
        try:
            work.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(comment)))
        except errors.InsufficientPrivilege:
            return
