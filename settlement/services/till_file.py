"""A till export as rows for COPY: the header names the columns, rows of a wrong shape are set aside."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid

REQUIRED = ("store", "till", "receipt", "sold_at", "product", "quantity", "amount")
OPTIONAL = ("product_name", "store_discount", "coupon", "coupon_match", "member_card")
COLUMNS = REQUIRED + OPTIONAL
MOST_REJECTS = 100_000


class FileUnreadable(Invalid):
    code = "till_file_unreadable"
    message = _("The file is not CSV in UTF-8 with a header line.")


class ColumnsMissing(Invalid):
    code = "till_columns_missing"
    message = _("The header lacks: %(columns)s.")


class TooManyRejects(Invalid):
    code = "till_file_wrong"
    message = _("Too many rows cannot be read: is this a till export?")


class TillFile(io.TextIOBase):
    """Reads as COPY's CSV: line number, then COLUMNS. `rejects` fills while it is read."""

    def __init__(self, path: Path):
        self.rejects: list[tuple[int, str, str]] = []
        self.rows = 0
        self._file = path.open(encoding="utf-8-sig", newline="")
        self._reader = csv.reader(self._file)
        self._order = self._columns()
        self._source = self._lines()
        self._left = ""

    def _columns(self) -> list[int | None]:
        try:
            header = [name.strip().lower() for name in next(self._reader)]
        except (StopIteration, csv.Error, UnicodeDecodeError) as error:
            raise FileUnreadable() from error
        missing = [name for name in REQUIRED if name not in header]
        if missing:
            raise ColumnsMissing(columns=", ".join(missing))
        self._width = len(header)
        return [header.index(name) if name in header else None for name in COLUMNS]

    def _lines(self) -> Iterator[str]:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)  # an empty field is no NULL
        for row in self._checked_rows():
            line = [row[index].strip() if index is not None else "" for index in self._order]
            writer.writerow((self._reader.line_num, *line))
            if out.tell() > 1 << 18:
                yield out.getvalue()
                out.seek(0)
                out.truncate()
        yield out.getvalue()

    def _checked_rows(self) -> Iterator[list[str]]:
        try:
            for row in self._reader:
                if not row:
                    continue
                self.rows += 1
                if len(row) == self._width and "\0" not in "".join(row):
                    yield row
                    continue
                self.rejects.append((self._reader.line_num, "columns", ",".join(row).replace("\0", "")[:500]))
                if len(self.rejects) > MOST_REJECTS:
                    raise TooManyRejects()
        except (csv.Error, UnicodeDecodeError) as error:
            raise FileUnreadable() from error

    def read(self, size: int = -1) -> str:
        """For COPY: about `size` characters, an empty text at the end."""
        while not self._left:
            piece = next(self._source, None)
            if piece is None:
                return ""
            self._left = piece
        if size < 0:
            size = len(self._left)
        piece, self._left = self._left[:size], self._left[size:]
        return piece

    def close(self) -> None:
        self._file.close()
        super().close()
