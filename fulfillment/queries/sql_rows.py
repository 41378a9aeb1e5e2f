"""A statement whose rows are counted, cut into pages and streamed; for lists that add up many tables."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

CHUNK = 2000


class SqlRows:
    """What a Paginator needs. `sql` ends with its ORDER BY, which must be total; `make` builds one row."""

    def __init__(self, sql: str, values: dict[str, Any], make: Callable[..., Any]):
        self._sql, self._values, self._make = sql, values, make

    def count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({self._sql}) every", self._values)
            return cursor.fetchone()[0]

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, wanted: slice) -> list:
        start = wanted.start or 0
        return self._part(start, wanted.stop - start)

    def __iter__(self) -> Iterator:
        start = 0
        while part := self._part(start, CHUNK):
            yield from part
            start += CHUNK

    def _part(self, offset: int, limit: int) -> list:
        values = self._values | {"offset_": offset, "limit_": limit}
        with connection.cursor() as cursor:
            cursor.execute(f"{self._sql} LIMIT %(limit_)s OFFSET %(offset_)s", values)
            return [self._make(*row) for row in cursor.fetchall()]
