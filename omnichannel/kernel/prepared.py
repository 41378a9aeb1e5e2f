"""Statements that a connection plans once: for the few that every page and every order runs.

Their planning costs as much as their work. `execute` stands in for cursor.execute where text comes from
the program alone and only values differ. Behind a pooler that hands a session's transactions to different
connections, PREPARED_STATEMENTS=0 turns it off.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import count
from operator import itemgetter
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model

_PARAMETER = re.compile(r"%\((\w+)\)s|%%")
_known: WeakKeyDictionary = WeakKeyDictionary()
_numbers = count(1)


def execute(cursor, sql: str, params: Mapping) -> None:
    """Run a statement with named parameters, prepared at its first run on this connection."""
    if not settings.PREPARED_STATEMENTS:
        cursor.execute(sql, params)
        return
    with cursor.db.wrap_database_errors:
        call, values = _prepared(cursor.cursor, sql)
    cursor.execute(call, values(params))


def tuples(sql: str, params: Mapping) -> list[tuple]:
    """The rows of a prepared statement."""
    return _fetched(sql, params)[1]


def rows(sql: str, params: Mapping) -> list[dict]:
    """The rows of a prepared statement, by column."""
    columns, found = _fetched(sql, params)
    names = [column.name for column in columns]
    return [dict(zip(names, row, strict=True)) for row in found]


def _fetched(sql: str, params: Mapping) -> tuple[Sequence, list[tuple]]:
    """Columns and rows. While nobody listens to Django's cursor, its driver's does: a third of the time."""
    db = connections[DEFAULT_DB_ALIAS]
    if db.queries_logged or db.execute_wrappers or not settings.PREPARED_STATEMENTS:
        with db.cursor() as cursor:
            execute(cursor, sql, params)
            return cursor.description, cursor.fetchall()
    db.close_if_health_check_failed()
    if db.connection is None:
        db.ensure_connection()
    db.validate_no_broken_transaction()
    with db.wrap_database_errors, db.create_cursor() as cursor:
        call, values = _prepared(cursor, sql)
        cursor.execute(call, values(params))
        return cursor.description, cursor.fetchall()


# True, and the statement's own transaction does not wait for the disk.
_LATER = "(SELECT set_config('synchronous_commit', 'off', true)) = 'off'"


def later(sql: str) -> str:
    """The statement with {later} in its conditions: on its own it does not wait until the disk has it.

    For what may be lost when the database server dies within the next moment (docs/decisions/0060). Within
    a transaction it waits as that does.
    """
    return sql.replace("{later}", "true" if connection.in_atomic_block else _LATER)


def instances(model: type[Model], which: str, params: Mapping) -> list[Model]:
    """The model's rows that `which` says, from its WHERE on."""
    names, columns, converters = _shape(model)
    found = tuples(f"SELECT {columns} FROM {model._meta.db_table} {which}", params)
    if converters:
        found = [_converted(row, converters) for row in found]
    return [model.from_db(connection.alias, names, row) for row in found]


@cache
def _shape(model: type[Model]) -> tuple[tuple[str, ...], str, tuple]:
    """Names and columns of the fields, and (place, converter) of those that the driver leaves as text."""
    fields = model._meta.concrete_fields
    converters = ((at, getattr(field, "from_db_value", None)) for at, field in enumerate(fields))
    columns = ", ".join(field.column for field in fields)
    return tuple(f.attname for f in fields), columns, tuple(each for each in converters if each[1])


def _converted(row: tuple, converters) -> list:
    values = list(row)
    for at, convert in converters:
        values[at] = convert(values[at], None, connection)
    return values


def _prepared(cursor, sql: str) -> tuple[str, Callable[[Mapping], Sequence]]:
    """What runs the statement, and what picks its values in their order; prepared when it is new here.

    A prepared statement outlives a rolled-back transaction.
    """
    mine = _known.get(cursor.connection)
    if mine is None:
        mine = _known[cursor.connection] = {}
    ready = mine.get(sql)
    if ready is None:
        body, names = _numbered(sql)
        name = f"oc_{next(_numbers)}"
        cursor.execute(f"PREPARE {name} AS {body}")
        ready = mine[sql] = f"EXECUTE {name} ({', '.join(['%s'] * len(names))})", _picker(names)
    return ready


def _picker(names: Sequence[str]) -> Callable[[Mapping], Sequence]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda params: [params[name] for name in names]


def _numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """The statement with $1, $2 … for its named parameters, and their names in that order."""
    names = list(dict.fromkeys(found for found in _PARAMETER.findall(sql) if found))
    body = _PARAMETER.sub(lambda hit: f"${names.index(hit[1]) + 1}" if hit[1] else "%", sql)
    return body, tuple(names)
