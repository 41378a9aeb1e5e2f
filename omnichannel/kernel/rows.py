"""Rows of several models written by one statement, which a connection plans once.

Django writes a model at a time: for an order that is seven statements, each built and planned anew. Here
each model's rows travel as one array per column, so that the statement is the same however many rows.
As bulk_create() it calls no save() and sends no signal; constraints and triggers of the database hold.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db import connection
from django.db.models import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    OneToOneField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    TextField,
)

from . import prepared

# Fields whose values need no preparing: Django's own, holding what the program gave them.
AS_THEY_ARE = (
    BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKey, IntegerField, OneToOneField,
    PositiveIntegerField, PositiveSmallIntegerField, TextField,
)  # fmt: skip


def write(*groups: Sequence[Model], skip_known: bool = False, later: bool = False) -> int:
    """Insert the rows of each group, which are of one model, in one statement; empty groups are left out.

    Where the first row has no primary key the database gives them; the rows of the last group know theirs
    afterwards. Rows may refer to rows of the same call, as foreign keys are checked at its end. With
    `skip_known` a row that would break a unique constraint is left out; unless all of the last group were
    written none of it knows its key. `later`: see prepared.later(). Returns how many of the last group were
    written.
    """
    filled = [group for group in groups if group]
    if not filled:
        return 0
    shapes = tuple((type(group[0]), group[0].pk is None) for group in filled)
    values = {}
    for at, (shape, group) in enumerate(zip(shapes, filled, strict=True)):
        for field in _fields(*shape):
            values[f"g{at}_{field.column}"] = _array(field, group)
    sql = _write_sql(shapes, skip_known)
    keys = prepared.tuples(prepared.later(sql) if later else sql.replace("{later}", "true"), values)
    if len(keys) == len(filled[-1]):
        _written(filled, keys)
    return len(keys)


def _written(groups: Sequence[Sequence[Model]], keys: Sequence[tuple[int]]) -> None:
    for row, (key,) in zip(groups[-1], keys, strict=True):
        row.pk = key
    for row in (row for group in groups for row in group):
        row._state.adding, row._state.db = False, connection.alias


@lru_cache(maxsize=64)
def _write_sql(shapes: tuple[tuple[type[Model], bool], ...], skip_known: bool) -> str:
    *before, last = (_insert_sql(at, *shape, skip_known) for at, shape in enumerate(shapes))
    named = ", ".join(f"w{at} AS ({part})" for at, part in enumerate(before))
    return f"{f'WITH {named} ' if named else ''}{last} RETURNING {shapes[-1][0]._meta.pk.column}"


def _insert_sql(at: int, model: type[Model], keyless: bool, skip_known: bool) -> str:
    fields = _fields(model, keyless)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    arrays = ", ".join(f"%(g{at}_{field.column})s::{_type(field)}[]" for field in fields)
    into = f'INSERT INTO "{model._meta.db_table}" ({columns})'
    known = " ON CONFLICT DO NOTHING" if skip_known else ""
    return f"{into} SELECT * FROM unnest({arrays}) WHERE {{later}}{known}"


@lru_cache(maxsize=64)
def _fields(model: type[Model], keyless: bool) -> tuple[Field, ...]:
    return tuple(field for field in model._meta.concrete_fields if not (keyless and field.primary_key))


def _type(field: Field) -> str:
    """The column's type as a cast: without the check of its length, which the table makes."""
    return field.cast_db_type(connection).partition("(")[0]


def _array(field: Field, rows: Sequence[Model]) -> str:
    """The column's values as PostgreSQL writes an array."""
    name = field.attname
    if type(field) in AS_THEY_ARE:
        return literal([getattr(row, name) for row in rows])
    if isinstance(field, JSONField):
        found = (getattr(row, name) for row in rows)
        return literal([None if value is None else json.dumps(value, cls=field.encoder) for value in found])
    return literal([field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows])


def literal(values: Iterable) -> str:
    """Texts, numbers, truths and times as the text of an array; None is NULL."""
    return f"{{{','.join([_element(value) for value in values])}}}"


def _element(value) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        text = str(value)
    elif isinstance(value, int | Decimal):
        return str(value)
    else:
        text = value.isoformat() if isinstance(value, date) else str(value)
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
