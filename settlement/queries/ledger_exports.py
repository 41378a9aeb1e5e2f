"""Trial balance and statements as files: CSV that streams, XLSX with formulas; amounts in yuan."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from omnichannel.kernel.money import yuan
from omnichannel.kernel.tables import csv_lines
from settlement.models import AccountKind, Posting

from .exports import channel_label
from .sheets import summed_xlsx


def kind_label(kind: str) -> str:
    return str(AccountKind(kind).label) if kind in AccountKind.values else kind


@csv_lines
def trial_csv(rows: list[dict]) -> Iterator[tuple]:
    yield ("account", "name", "code", "institution", "debit", "credit", "balance")
    for row in rows:
        yield (
            row["kind"], kind_label(row["kind"]), row["code"] or "", row["institution"], yuan(row["debit"]),
            yuan(row["credit"]), yuan(row["balance"]),
        )  # fmt: skip


def trial_xlsx(rows: list[dict], *, title: str) -> bytes:
    """A workbook whose totals are formulas over its rows."""
    heads = [_("Account"), _("Code"), _("Institution"), _("Debit"), _("Credit"), _("Balance")]
    lines = [
        (kind_label(row["kind"]), row["code"] or "", row["institution"] or _("Platform"), row["debit"],
         row["credit"], row["balance"])
        for row in rows
    ]  # fmt: skip
    return summed_xlsx(title, heads, lines, texts=3, summed=(3, 4, 5))


@csv_lines
def statement_csv(rows: Iterable[tuple[Posting, int]]) -> Iterator[tuple]:
    yield ("business_date", "original_date", "journal", "kind", "channel", "debit", "credit", "balance")
    for posting, running in rows:
        fen, journal = posting.amount_fen, posting.journal
        yield (
            posting.business_date, journal.original_date, journal.key, journal.kind, posting.channel,
            yuan(max(fen, 0)), yuan(max(-fen, 0)), yuan(running),
        )  # fmt: skip


def statement_xlsx(rows: Iterable[tuple[Posting, int]], *, title: str) -> bytes:
    """The first sheets.XLSX_ROWS postings; longer statements are for CSV."""
    heads = [_("Business day"), _("Original day"), _("Journal"), _("Channel"), _("Debit"), _("Credit"),
             _("Balance")]  # fmt: skip
    lines = [
        (posting.business_date.isoformat(), posting.journal.original_date.isoformat(), posting.journal.key,
         channel_label(posting.channel) if posting.channel else "", max(posting.amount_fen, 0),
         max(-posting.amount_fen, 0), running)
        for posting, running in rows
    ]  # fmt: skip
    return summed_xlsx(title, heads, lines, texts=4, summed=(4, 5))
