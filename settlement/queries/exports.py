"""Files for spreadsheets: the summary as XLSX, the detail as CSV that streams."""

import csv
import io
from collections.abc import Iterator
from datetime import date

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from members.channels import Channel
from omnichannel.kernel.money import yuan

from .clearing_report import COLUMNS, Report

BOM = "\ufeff"
SHARE_HEADER = (
    "trade", "source", "kind", "means", "order", "channel", "occurred_at", "business_date", "original_date",
    "party", "institution", "account", "amount",
)  # fmt: skip


class _Echo:
    def write(self, text: str) -> str:
        return text


def shares_csv(shares: QuerySet) -> Iterator[str]:
    """One line per share, from a server-side cursor; amounts in yuan."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(SHARE_HEADER)
    for share in shares.iterator(chunk_size=2000):
        trade = share.trade
        yield writer.writerow(
            (
                trade.pk, trade.source_key, trade.kind, trade.means, trade.order_number, share.channel,
                trade.occurred_at.isoformat(), share.business_date, trade.original_date, share.role,
                share.institution.code if share.institution else "", share.account_kind,
                yuan(share.amount_fen),
            )
        )  # fmt: skip


def report_csv(report: Report) -> Iterator[str]:
    """The clearing report by party and channel, with its totals."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(("party", "name", "channel", "shares", *COLUMNS, "total"))
    for row in report.rows:
        amounts = [yuan(fen) for fen in row.amounts.values()]
        yield writer.writerow((row.party, row.label, row.channel, row.shares, *amounts, yuan(row.total)))
    totals = [yuan(fen) for fen in report.totals.values()]
    yield writer.writerow(("TOTAL", "", "", "", *totals, yuan(report.total)))


def report_xlsx(report: Report, *, day: date) -> bytes:
    """The clearing report as a workbook whose totals are formulas over its own rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(day.isoformat())
        bold = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00"})
        total = book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00", "bold": True, "top": 1})
        heads = [
            _("Institution"),
            _("Code"),
            _("Channel"),
            _("Shares"),
            *column_labels().values(),
            _("Total"),
        ]
        sheet.write_row(0, 0, heads, bold)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 8, 14)
        for number, row in enumerate(report.rows, start=1):
            sheet.write_row(number, 0, (row.label, row.party, channel_label(row.channel), row.shares))
            for column, fen in enumerate([*row.amounts.values(), row.total], start=4):
                sheet.write_number(number, column, fen / 100, money)
        last = len(report.rows)
        sheet.write(last + 1, 0, _("Total"), bold)
        for column, fen in enumerate([*report.totals.values(), report.total], start=4):
            letter = chr(ord("A") + column)
            sheet.write_formula(last + 1, column, f"=SUM({letter}2:{letter}{last + 1})", total, fen / 100)
    return out.getvalue()


def column_labels() -> dict[str, str]:
    return {
        "payments": _("Payments"),
        "refunds": _("Refunds"),
        "till": _("Till sales"),
        "freight": _("Freight"),
    }


def channel_label(channel: str) -> str:
    return str(Channel(channel).label) if channel in Channel.values else _("no channel")
