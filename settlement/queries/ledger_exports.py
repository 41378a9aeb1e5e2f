"""Trial balance and statements as files: CSV that streams, XLSX with formulas; amounts in yuan."""

import csv
import io
from collections.abc import Iterable, Iterator

import xlsxwriter
from django.utils.translation import gettext as _

from omnichannel.kernel.money import yuan
from settlement.models import AccountKind, Posting

from .exports import BOM, channel_label

MONEY = "#,##0.00;[Red]-#,##0.00"
XLSX_ROWS = 100_000


class _Echo:
    def write(self, text: str) -> str:
        return text


def kind_label(kind: str) -> str:
    return str(AccountKind(kind).label) if kind in AccountKind.values else kind


def trial_csv(rows: list[dict]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(("account", "name", "code", "institution", "debit", "credit", "balance"))
    for row in rows:
        yield writer.writerow(
            (row["kind"], kind_label(row["kind"]), row["code"] or "", row["institution"], yuan(row["debit"]),
             yuan(row["credit"]), yuan(row["balance"]))
        )  # fmt: skip


def trial_xlsx(rows: list[dict], *, title: str) -> bytes:
    """A workbook whose totals are formulas over its rows."""
    heads = [_("Account"), _("Code"), _("Institution"), _("Debit"), _("Credit"), _("Balance")]
    lines = [
        (kind_label(row["kind"]), row["code"] or "", row["institution"] or _("Platform"), row["debit"],
         row["credit"], row["balance"])
        for row in rows
    ]  # fmt: skip
    return _workbook(title, heads, lines, texts=3, summed=(3, 4, 5))


def statement_csv(rows: Iterable[tuple[Posting, int]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    header = ("business_date", "original_date", "journal", "kind", "channel", "debit", "credit", "balance")
    yield BOM + writer.writerow(header)
    for posting, running in rows:
        fen, journal = posting.amount_fen, posting.journal
        yield writer.writerow(
            (posting.business_date, journal.original_date, journal.key, journal.kind, posting.channel,
             yuan(max(fen, 0)), yuan(max(-fen, 0)), yuan(running))
        )  # fmt: skip


def statement_xlsx(rows: Iterable[tuple[Posting, int]], *, title: str) -> bytes:
    """The first XLSX_ROWS postings; longer statements are for CSV."""
    heads = [_("Business day"), _("Original day"), _("Journal"), _("Channel"), _("Debit"), _("Credit"),
             _("Balance")]  # fmt: skip
    lines = [
        (posting.business_date.isoformat(), posting.journal.original_date.isoformat(), posting.journal.key,
         channel_label(posting.channel) if posting.channel else "", max(posting.amount_fen, 0),
         max(-posting.amount_fen, 0), running)
        for posting, running in rows
    ]  # fmt: skip
    return _workbook(title, heads, lines, texts=4, summed=(4, 5))


def _workbook(title: str, heads: list[str], lines: list[tuple], *, texts: int, summed: tuple) -> bytes:
    """texts: how many columns at the left are words; the others are fen and shown in yuan."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": False}) as book:
        sheet = book.add_worksheet(title[:31])
        bold, money = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": MONEY})
        total = book.add_format({"num_format": MONEY, "bold": True, "top": 1})
        sheet.set_column(0, texts - 1, 24)
        sheet.set_column(texts, len(heads) - 1, 16)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heads, bold)
        for number, line in enumerate(lines, start=1):
            sheet.write_row(number, 0, line[:texts])
            for column, fen in enumerate(line[texts:], start=texts):
                sheet.write_number(number, column, fen / 100, money)
        sheet.write(len(lines) + 1, 0, _("Sum"), bold)
        for column in summed:
            letter, fen = chr(ord("A") + column), sum(line[column] for line in lines)
            formula = f"=SUM({letter}2:{letter}{len(lines) + 1})"
            sheet.write_formula(len(lines) + 1, column, formula, total, fen / 100)
    return out.getvalue()
