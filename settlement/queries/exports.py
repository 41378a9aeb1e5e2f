"""Files for spreadsheets: the summary as XLSX, the detail as CSV that streams."""

import io
from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from members.channels import Channel
from omnichannel.kernel.money import yuan
from omnichannel.kernel.tables import csv_lines, workbook

from .clearing_report import COLUMNS, Report
from .sheets import styles, write_sum

SHARE_HEADER = (
    "trade", "source", "kind", "means", "order", "channel", "occurred_at", "business_date", "original_date",
    "party", "institution", "account", "amount",
)  # fmt: skip


@csv_lines
def shares_csv(shares: QuerySet) -> Iterator[tuple]:
    """One line per share, from a server-side cursor; amounts in yuan."""
    yield SHARE_HEADER
    for share in shares.iterator(chunk_size=2000):
        trade = share.trade
        yield (
            trade.pk, trade.source_key, trade.kind, trade.means, trade.order_number, share.channel,
            trade.occurred_at.isoformat(), share.business_date, trade.original_date, share.role,
            share.institution.code if share.institution else "", share.account_kind,
            yuan(share.amount_fen),
        )  # fmt: skip


@csv_lines
def report_csv(report: Report) -> Iterator[tuple]:
    """The clearing report by party and channel, with its totals."""
    yield ("party", "name", "channel", "shares", *COLUMNS, "total")
    for row in report.rows:
        amounts = [yuan(fen) for fen in row.amounts.values()]
        yield (row.party, row.label, row.channel, row.shares, *amounts, yuan(row.total))
    totals = [yuan(fen) for fen in report.totals.values()]
    yield ("TOTAL", "", "", "", *totals, yuan(report.total))


def report_xlsx(report: Report, *, day: date) -> bytes:
    """The clearing report as a workbook whose totals are formulas over its own rows."""
    out = io.BytesIO()
    with workbook(out, constant_memory=True) as book:
        sheet, style = book.add_worksheet(day.isoformat()), styles(book)
        heads = [
            _("Institution"),
            _("Code"),
            _("Channel"),
            _("Shares"),
            *column_labels().values(),
            _("Total"),
        ]
        sheet.write_row(0, 0, heads, style.head)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 8, 14)
        for number, row in enumerate(report.rows, start=1):
            sheet.write_row(number, 0, (row.label, row.party, channel_label(row.channel), row.shares))
            for column, fen in enumerate([*row.amounts.values(), row.total], start=4):
                sheet.write_number(number, column, fen / 100, style.money)
        last = len(report.rows)
        sheet.write(last + 1, 0, _("Total"), style.head)
        for column, fen in enumerate([*report.totals.values(), report.total], start=4):
            write_sum(sheet, last + 1, column, style.total, fen / 100)
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
