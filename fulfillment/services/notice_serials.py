"""The file of serial numbers beside a dispatch notice: every row is judged, and the bad ones are named."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid

from ..models import NoticeSerial, NoticeState, SerialState, SerialUnit
from . import serial_file, serial_rules
from .serial_file import Row
from .serial_portion import digits_of, repeated


@dataclass(frozen=True)
class Refused:
    """A row of the file that cannot be; `code` is one of serial_rules.WORDS."""

    line: int
    serial: str
    code: str


class SerialsRefused(Invalid):
    """`rows` names each refused row."""

    code = "notice_serials_refused"
    message = _("%(count)s rows of the file are wrong. Nothing was announced: mend them and send it again.")

    def __init__(self, rows: list[Refused]):
        self.rows = rows
        super().__init__(field="file", count=len(rows))


class SerialsMissing(Invalid):
    code = "notice_serials_missing"
    message = _("%(sku)s has serial numbers: attach the file that names them.")


class SerialsDiffer(Invalid):
    code = "notice_serials_differ"
    message = _("You announce %(units)s of %(sku)s and the file names %(serials)s.")


class TooManySerials(Invalid):
    code = "notice_serials_too_many"
    message = _("You announce %(units)s units with serial numbers and the file has %(rows)s rows.")


def rows_of(
    content: bytes, *, file_name: str, units: Mapping[str, int], kinds: Mapping[str, str]
) -> list[Row]:
    """The rows of the file if something announced (units by SKU) needs one: no more than its units.

    Read before anything is locked. Raises SerialsMissing, TooManySerials, and what serial_file.read raises.
    """
    needing = _needing(units, kinds)
    if not needing:
        return []
    if not content:
        raise SerialsMissing(field="file", sku=min(needing))
    rows, most = serial_file.read(content, file_name=file_name), sum(units[sku] for sku in needing)
    if len(rows) > most:
        raise TooManySerials(field="file", units=most, rows=len(rows))
    return rows


def _needing(units: Mapping[str, int], kinds: Mapping[str, str]) -> set[str]:
    return {sku for sku, count in units.items() if count and kinds.get(sku)}


def serials_of(
    rows: list[Row], *, wanted: Mapping[str, int], kinds: Mapping[str, str]
) -> dict[str, list[str]]:
    """Serial numbers by SKU of what is announced (units by SKU) and has them, from the rows of its file.

    A row without a SKU belongs to the only such article. Raises SerialsRefused, SerialsDiffer.
    """
    needing = _needing(wanted, kinds)
    found = _judged(rows, needing, kinds)
    for sku in sorted(needing):
        if len(found[sku]) != wanted[sku]:
            raise SerialsDiffer(field="file", sku=sku, units=wanted[sku], serials=len(found[sku]))
    return found


def _judged(rows: list[Row], needing: set[str], kinds: Mapping[str, str]) -> dict[str, list[str]]:
    only = min(needing) if len(needing) == 1 else ""
    again = repeated(rows, lambda row: digits_of(row.serial))
    known = _known([digits_of(row.serial) for row in rows])
    found: dict[str, list[str]] = defaultdict(list)
    refused = []
    for row in rows:
        sku, serial = row.sku or only, digits_of(row.serial)
        code = _fault(sku, serial, needing, kinds) or (serial_rules.TWICE if row.line in again else "")
        code = code or known.get(serial, "")
        if code:
            refused.append(Refused(row.line, row.serial[:40], code))
        else:
            found[sku].append(serial)
    if refused:
        raise SerialsRefused(refused)
    return found


def _fault(sku: str, serial: str, needing: set[str], kinds: Mapping[str, str]) -> str:
    if not sku:
        return serial_rules.SKU_MISSING
    if sku not in needing:
        return serial_rules.NOT_ANNOUNCED
    return serial_rules.fault(kinds[sku], serial)


def _known(serials: list[str]) -> dict[str, str]:
    """By serial why it cannot come: it lies with us, or is on its way by another notice."""
    units = SerialUnit.objects.filter(serial__in=serials).exclude(state=SerialState.WITHDRAWN)
    coming = NoticeSerial.objects.filter(serial__in=serials, notice_line__notice__state=NoticeState.ANNOUNCED)
    under_way = dict.fromkeys(coming.values_list("serial", flat=True), serial_rules.UNDER_WAY)
    return under_way | dict.fromkeys(units.values_list("serial", flat=True), serial_rules.KNOWN)
