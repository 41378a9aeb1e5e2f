"""A file of serial numbers as rows: CSV in UTF-8 or GB 18030, or XLSX; the header names the columns."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from omnichannel.kernel.errors import Invalid

from ..models import ImportKind

# Column names that people write, in both languages; compared without case and blanks.
NAMES = {
    "serial": ("serial", "serialnumber", "imei", "iccid", "cardnumber", "序列号", "串号", "卡号"),
    "sku": ("sku", "productcode", "商品编码", "货号"),
    "pin": ("pin", "secret", "密码", "充值密码"),
    "face": ("face", "facevalue", "面值"),
    "expires": ("expires", "validuntil", "expireson", "有效期", "有效期至"),
    "province": ("province", "省", "省份", "归属省份"),
    "city": ("city", "市", "城市", "归属城市", "归属地"),
    "at": ("at", "activatedat", "time", "激活时间", "时间"),
}
# In a file of mobile numbers the number itself is what is received.
NUMBER_NAMES = ("number", "msisdn", "mobile", "mobilenumber", "phonenumber", "号码", "手机号", "手机号码")
NEEDED = {ImportKind.CARD: ("serial", "pin"), ImportKind.ACTIVATION: ("serial", "at")}
HEADS = {"at": "time"}  # as the samples write it
MOST_BYTES = 20_000_000
MOST_ROWS = 500_000


class FileUnreadable(Invalid):
    code = "serial_file_unreadable"
    message = _("This file is neither CSV nor XLSX with a header line, or it is damaged at line %(line)s.")


class ColumnMissing(Invalid):
    code = "serial_column_missing"
    message = _("The header lacks the column “%(column)s”.")


class FileTooLarge(Invalid):
    code = "serial_file_too_large"
    message = _("The file is too large: at most 20 MB and 500,000 rows. Divide the delivery note.")


class FileEmpty(Invalid):
    code = "serial_file_empty"
    message = _("The file has no rows below its header.")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file as written; line counts from 1 with the header. face: yuan as text."""

    line: int
    serial: str
    sku: str = ""
    pin: str = ""
    face: str = ""
    expires: str = ""
    at: str = ""
    province: str = ""
    city: str = ""


def read(content: bytes, *, file_name: str, kind: str = "") -> list[Row]:
    """All rows, or FileUnreadable, ColumnMissing, FileTooLarge, FileEmpty: a broken file brings nothing.

    Blank lines are passed over. kind: of recharge cards a column with the secrets must be there,
    of activations one with the times.
    """
    if len(content) > MOST_BYTES:
        raise FileTooLarge(field="file")
    table = _xlsx(content) if file_name.lower().endswith(".xlsx") else _csv(content)
    places = _columns(table, kind)
    rows = []
    for line, cells in table:
        if not any(cells):
            continue
        rows.append(Row(line, **{name: cells[at] if at < len(cells) else "" for name, at in places.items()}))
        if len(rows) > MOST_ROWS:
            raise FileTooLarge(field="file")
    if not rows:
        raise FileEmpty(field="file")
    return rows


def check_head(content: bytes, *, file_name: str, kind: str = "") -> None:
    """Refuse at once what read would refuse; of a workbook its header only, as the rest takes seconds."""
    if len(content) <= MOST_BYTES and file_name.lower().endswith(".xlsx"):
        _columns(_xlsx(content), kind)
    else:
        read(content, file_name=file_name, kind=kind)


def _columns(table: Iterator[tuple[int, list[str]]], kind: str) -> dict[str, int]:
    """Where each known column stands; takes the header off the table."""
    _line, header = next(table, (1, []))
    places = _places(header, kind)
    for column in NEEDED.get(kind, ("serial",)):
        if column not in places:
            raise ColumnMissing(field="file", column=HEADS.get(column, column))
    return places


def _places(header: list[str], kind: str) -> dict[str, int]:
    known = {word: name for name, words in NAMES.items() for word in words}
    if kind == ImportKind.NUMBER:
        known |= dict.fromkeys(NUMBER_NAMES, "serial")
    found: dict[str, int] = {}
    for at, title in enumerate(header):
        name = known.get("".join(title.lower().split()).replace("_", ""))
        if name:
            found.setdefault(name, at)
    return found


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise FileUnreadable(field="file", line=reader.line_num) from error


def _decoded(content: bytes) -> str:
    """UTF-8, else GB 18030, as spreadsheets in China save it; a file with zero bytes is none of them."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileUnreadable(field="file", line=1)


def _xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield line, [_cell(value) for value in values]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise FileUnreadable(field="file", line=1) from error


def _cell(value) -> str:
    """A number keeps its digits: 20 of them fit no spreadsheet number, such cells must be text."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
