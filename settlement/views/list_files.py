"""A list as the file that was asked for."""

from collections.abc import Iterable

from omnichannel.kernel.downloads import csv_file, xlsx_file
from settlement.queries.sheets import XLSX_ROWS, Column, as_csv, as_xlsx


def list_file(kind: str, name: str, columns: tuple[Column, ...], rows: Iterable, *, count: int):
    """kind: csv, or xlsx with its first XLSX_ROWS rows. count: how many rows there are."""
    if kind == "xlsx":
        content = as_xlsx(columns, rows, title=name)
        return xlsx_file(content, f"{name}.xlsx", rows=min(count, XLSX_ROWS))
    return csv_file(as_csv(columns, rows), f"{name}.csv", rows=count)
