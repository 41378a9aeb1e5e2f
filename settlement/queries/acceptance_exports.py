"""What a dealer accepted, as files for spreadsheets; amounts in yuan."""

from collections.abc import Iterable, Iterator

from omnichannel.kernel.money import yuan
from omnichannel.kernel.tables import csv_lines

from .acceptance import Accepted, Day

SUMS = ("sold", "cash", "commission", "own_goods", "net")


def _sums(row) -> tuple:
    return tuple(yuan(fen) for fen in (row.sold, row.cash, row.commission, row.own, row.net))


@csv_lines
def days_csv(rows: Iterable[Day]) -> Iterator[tuple]:
    yield ("business_date", "orders", *SUMS, "cleared")
    for row in rows:
        yield (row.day, row.orders, *_sums(row), row.is_cleared)


@csv_lines
def orders_csv(rows: Iterable[Accepted]) -> Iterator[tuple]:
    yield ("business_date", "order", *SUMS)
    for row in rows:
        yield (row.day, row.order_number, *_sums(row))
