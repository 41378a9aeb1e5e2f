"""Reading a file of channel costs: every row is checked before one is booked; refusals name line and reason.

Columns: reference, branch, channel, month (2026-11), kind, amount. kind is depreciation, lease, labour, other
(amount in yuan, negative for a credit note) or queries (amount is their number). UTF-8, with or without BOM.
"""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.channels import Channel
from members.models import Institution
from omnichannel.kernel.errors import Invalid
from omnichannel.kernel.money import fen
from settlement.models import CostKind

COLUMNS = ("reference", "branch", "channel", "month", "kind", "amount")
MOST_ROWS, MOST_FAULTS, MOST_FEN = 5_000, 50, 10**13
_REFERENCE, _MONTH = re.compile(r"[\w.:/-]{1,40}"), re.compile(r"(20\d{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line; code for machines, reason for people."""

    line: int
    code: str
    reason: str


class CostFileInvalid(Invalid):
    """`faults` holds every line that is wrong (at most MOST_FAULTS); nothing is booked."""

    code = "cost_file_invalid"
    message = gettext_lazy("%(count)s lines of the file are wrong. Nothing was booked.")

    def __init__(self, faults: list[Fault]):
        self.faults = faults[:MOST_FAULTS]
        super().__init__(count=len(faults), lines=[[one.line, one.code] for one in self.faults])


@dataclass(frozen=True)
class Cost:
    """A checked row. amount_fen for money, queries for a number."""

    line: int
    reference: str
    institution_id: int
    branch: str
    channel: str
    month: date
    kind: str
    amount_fen: int
    queries: int


def read(content: bytes, *, today: date) -> list[Cost]:
    """The rows of the file; raises CostFileInvalid."""
    rows = list(_rows(content))
    if not rows:
        raise CostFileInvalid([Fault(1, "cost_file_empty", _("The file has no rows."))])
    if len(rows) > MOST_ROWS:
        raise CostFileInvalid([Fault(MOST_ROWS + 2, "cost_file_long", _("At most 5,000 rows at once."))])
    places = _places(row["branch"] for _line, row in rows)
    costs, faults, seen = [], [], set()
    for line, row in rows:
        found = _fault(row, places, seen, today)
        seen.add(row["reference"])
        if found:
            faults.append(Fault(line, *found))
        else:
            costs.append(_cost(line, row, places))
    if faults:
        raise CostFileInvalid(faults)
    return costs


def _rows(content: bytes):
    """(line, values) of every row; raises CostFileInvalid where it is no such file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CostFileInvalid([Fault(1, "cost_file_coding", _("The file is not UTF-8."))]) from error
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        reason = _("Columns are missing: %(names)s.") % {"names": ", ".join(missing)}
        raise CostFileInvalid([Fault(1, "cost_file_columns", reason)])
    for row in reader:
        values = {name: (row[name] or "").strip() for name in COLUMNS}
        if any(values.values()):
            yield reader.line_num, values


def _places(codes) -> dict[str, int]:
    return dict(Institution.objects.filter(code__in=set(codes)).values_list("code", "pk"))


def _fault(row: dict, places: dict, seen: set, today: date) -> tuple[str, str] | None:
    """Code and reason of the first thing that is wrong with a row."""
    month = _MONTH.fullmatch(row["month"])
    amount = _amount(row)
    checks = (
        (not _REFERENCE.fullmatch(row["reference"]), "reference_invalid",
         _("A reference is 1 to 40 letters, digits or . : / -")),
        (row["reference"] in seen, "reference_twice", _("The reference stands in the file twice.")),
        (row["branch"] not in places, "institution_unknown", _("We do not know this institution.")),
        (row["channel"] not in Channel.values, "channel_unknown", _("We do not know this channel.")),
        (row["kind"] not in CostKind.values, "kind_unknown", _("We do not know this kind of cost.")),
        (not month, "month_invalid", _("A month is written as 2026-11.")),
        (month and date(int(month[1]), int(month[2]), 1) > today, "month_in_future",
         _("The month has not begun.")),
        (amount is None, "amount_invalid",
         _("An amount in yuan with at most two decimals, not zero; for queries a whole number above zero.")),
    )  # fmt: skip
    return next(((code, reason) for is_wrong, code, reason in checks if is_wrong), None)


def _amount(row: dict) -> int | None:
    """Fen, or a number of queries; None where it is neither."""
    if row["kind"] == CostKind.QUERIES:
        return int(row["amount"]) if re.fullmatch(r"[1-9]\d{0,8}", row["amount"]) else None
    if not re.fullmatch(r"-?\d{1,11}(\.\d{1,2})?", row["amount"]):
        return None
    return fen(row["amount"]) or None


def _cost(line: int, row: dict, places: dict) -> Cost:
    amount, is_count = _amount(row), row["kind"] == CostKind.QUERIES
    return Cost(
        line=line, reference=row["reference"], institution_id=places[row["branch"]], branch=row["branch"],
        channel=row["channel"], month=date.fromisoformat(f"{row['month']}-01"), kind=row["kind"],
        amount_fen=0 if is_count else amount, queries=amount if is_count else 0,
    )  # fmt: skip
