"""The columns of finance's lists as files."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from settlement.models import SplitRuleLine, SplitRuleVersion
from settlement.values import percent_text

from .rules import Card
from .sheets import Column

DAYS = (
    Column("business_date", _("Business day"), lambda row: row.business_date),
    Column("state", _("State"), lambda row: row.state),
    Column("trades", _("Trades"), lambda row: row.trades or 0),
    Column("sales", _("Sales (¥)"), lambda row: row.sales_fen or 0, is_money=True),
    Column("cut_off_at", _("Cut off"), lambda row: row.cut_off_at),
    Column("closed_at", _("Closed"), lambda row: row.closed_at),
    Column("seal", _("Seal"), lambda row: row.seal_root),
)

TRADES = (
    Column("trade", _("Trade"), lambda row: row.pk),
    Column("source", _("Source"), lambda row: row.source_key),
    Column("kind", _("Kind"), lambda row: row.kind),
    Column("means", _("Means"), lambda row: row.means),
    Column("order", _("Order"), lambda row: row.order_number),
    Column("channel", _("Channel"), lambda row: row.channel),
    Column("occurred_at", _("Occurred"), lambda row: row.occurred_at),
    Column("business_date", _("Business day"), lambda row: row.business_date),
    Column("original_date", _("Original day"), lambda row: row.original_date),
    Column("amount", _("Amount (¥)"), lambda row: row.amount_fen, is_money=True),
)

PAYOUT = (
    Column("code", _("Code"), lambda row: row.code),
    Column("institution", _("Institution"), lambda row: row.label),
    Column("minimum", _("Minimum (¥)"), lambda row: row.minimum_fen, is_money=True),
    Column("collects", _("Collects"), lambda row: "yes" if row.collects else "no"),
    Column("entries", _("Entries"), lambda row: len(row.entries)),
    Column("since", _("Valid from"), lambda row: row.entries[0].valid_from if row.entries else None),
    Column("set_by", _("Set by"), lambda row: row.entries[0].set_by if row.entries else ""),
)

STATEMENTS = (
    Column("day", _("Day of the statement"), lambda row: row.bill_date),
    Column("source", _("Source"), lambda row: row.account.source),
    Column("account", _("Account"), lambda row: row.account.number),
    Column("institution", _("Institution"), lambda row: row.account.institution.code),
    Column("scope", _("Scope"), lambda row: row.scope),
    Column("state", _("State"), lambda row: row.state),
    Column("theirs", _("Theirs (¥)"), lambda row: row.theirs_fen, is_money=True),
    Column("ours", _("Ours (¥)"), lambda row: row.ours_fen, is_money=True),
    Column("breaks", _("Open breaks"), lambda row: row.live),
)

ANSWERS = (
    Column("answer", _("Answer"), lambda row: row.file_name),
    Column("file", _("File"), lambda row: row.file.name),
    Column("format", _("Format"), lambda row: row.format),
    Column("rows", _("Rows"), lambda row: row.rows),
    Column("amount", _("Amount (¥)"), lambda row: row.amount_fen, is_money=True),
    Column("succeeded", pgettext_lazy("transfers", "Succeeded"), lambda row: row.succeeded),
    Column("failed", pgettext_lazy("transfers", "Failed"), lambda row: row.failed),
    Column("unknown", pgettext_lazy("transfers", "Unknown"), lambda row: row.unknown),
    Column("loaded_at", _("Taken in"), lambda row: row.loaded_at),
    Column("loaded_by", _("Taken in by"), lambda row: row.loaded_by),
)

TRANSFER_FILES = (
    Column("file", _("File"), lambda row: row.name),
    Column("business_date", _("Business day"), lambda row: row.business_date),
    Column("transfers", _("Fund transfers"), lambda row: row.count),
    Column("amount", _("Sum (¥)"), lambda row: row.sum_fen, is_money=True),
    Column("to_send", pgettext_lazy("transfers", "To send"), lambda row: row.exported),
    Column("sent", pgettext_lazy("transfers", "Sent"), lambda row: row.sent),
    Column("succeeded", pgettext_lazy("transfers", "Succeeded"), lambda row: row.succeeded),
    Column("failed", pgettext_lazy("transfers", "Failed"), lambda row: row.failed),
    Column("unknown", pgettext_lazy("transfers", "Unknown"), lambda row: row.unknown),
    Column("formats", _("Formats"), lambda row: " ".join(one.format for one in row.documents.all())),
    Column("sha256", _("SHA-256"), lambda row: row.sha256),
    Column("made_at", _("Made"), lambda row: row.made_at),
    Column("made_by", _("Made by"), lambda row: row.made_by),
)

IMPORTS = (
    Column("file", _("File"), lambda row: row.file_name),
    Column("chain", _("Chain"), lambda row: row.chain.code),
    Column("started_at", _("Begun"), lambda row: row.started_at),
    Column("read", _("Lines read"), lambda row: row.lines_read),
    Column("loaded", _("loaded"), lambda row: row.lines_loaded),
    Column("known", _("known before"), lambda row: row.lines_known),
    Column("set_aside", _("set aside"), lambda row: row.lines_rejected),
    Column("sales", _("Sales"), lambda row: row.sales_loaded),
    Column("amount", _("Amount (¥)"), lambda row: row.amount_fen, is_money=True),
)

# Of (adjustment, leg).
ADJUSTMENTS = (
    Column("number", _("Number"), lambda row: row[0].pk),
    Column("state", _("State"), lambda row: row[0].state),
    Column("reason", _("Reason"), lambda row: row[0].reason),
    Column("corrects", _("Original day"), lambda row: row[0].original_date),
    Column("account", _("Account"), lambda row: row[1].account_kind),
    Column(
        "institution", _("Institution"), lambda row: row[1].institution.code if row[1].institution else ""
    ),
    Column("channel", _("Channel"), lambda row: row[1].channel),
    Column("amount", _("Amount (¥)"), lambda row: row[1].amount_fen, is_money=True),
    Column("proposed_by", _("Proposed by"), lambda row: str(row[0].proposed_by)),
    Column("proposed_at", _("Proposed"), lambda row: row[0].proposed_at),
    Column("decided_by", _("Decided by"), lambda row: str(row[0].decided_by or "")),
    Column("decided_at", _("Decided"), lambda row: row[0].decided_at),
    Column("answer", _("Answer"), lambda row: row[0].answer),
    Column("journal", _("Journal"), lambda row: row[0].journal.key if row[0].journal else ""),
)

COST_POSTINGS = (
    Column("business_date", _("Business day"), lambda row: row.business_date),
    Column("original_date", _("Original day"), lambda row: row.journal.original_date),
    Column("journal", _("Journal"), lambda row: row.journal.key),
    Column("account", _("Account"), lambda row: row.account.kind),
    Column("institution", _("Institution"), lambda row: _code(row.account.institution)),
    Column("channel", _("Channel"), lambda row: row.channel),
    Column("amount", _("Amount (¥)"), lambda row: row.amount_fen, is_money=True),
)


def _code(institution) -> str:
    return institution.code if institution else ""


# Of (version, line); a version that ends its rule has no line.
RULES = (
    Column("rule", _("Rule"), lambda row: row[0].rule.code),
    Column("name", _("Rule name"), lambda row: row[0].rule.label),
    Column("priority", _("Priority"), lambda row: row[0].rule.priority),
    Column("offering_kind", _("Kind of offering"), lambda row: row[0].rule.offering_kind),
    Column("seller_kind", _("Kind of seller"), lambda row: row[0].rule.seller_kind),
    Column("channel", _("Channel"), lambda row: row[0].rule.channel),
    Column("seller", _("Seller"), lambda row: _code(row[0].rule.seller)),
    Column("version", _("Version"), lambda row: row[0].number),
    Column("valid_from", _("Valid from"), lambda row: row[0].valid_from),
    Column("state", _("State"), lambda row: row[0].state),
    Column("ends", _("Ends the rule"), lambda row: "yes" if row[0].ends else ""),
    Column("position", _("Line"), lambda row: row[1].position if row[1] else None),
    Column("party", _("Party"), lambda row: row[1].role if row[1] else ""),
    Column("kind", _("Kind"), lambda row: row[1].kind if row[1] else ""),
    Column("base", _("Base"), lambda row: row[1].base if row[1] else ""),
    Column("after", _("After line"), lambda row: row[1].after or None if row[1] else None),
    Column("percent", _("Share (%)"), lambda row: percent_text(row[1].ppm) if row[1] and row[1].ppm else ""),
    Column("fixed", _("Fixed (¥)"), lambda row: row[1].amount_fen if row[1] else None, is_money=True),
    Column("cap", _("Cap (¥)"), lambda row: row[1].cap_fen if row[1] else None, is_money=True),
    Column("note", _("Note"), lambda row: row[0].note),
    Column("proposed_by", _("Proposed by"), lambda row: str(row[0].proposed_by)),
    Column("proposed_at", _("Proposed"), lambda row: row[0].proposed_at),
    Column("decided_by", _("Decided by"), lambda row: str(row[0].decided_by or "")),
    Column("decided_at", _("Decided"), lambda row: row[0].decided_at),
)


def lines_in_force(cards: Iterable[Card]) -> list[tuple[SplitRuleVersion, SplitRuleLine | None]]:
    """Of each rule the lines of today's version, then of those that wait or begin later."""
    found = []
    for card in cards:
        current = (card.current,) if card.current else ()
        found += lines_of((*current, *card.waiting, *card.coming))
    return found


def lines_of(versions: Iterable[SplitRuleVersion]) -> list[tuple[SplitRuleVersion, SplitRuleLine | None]]:
    return [(version, line) for version in versions for line in (list(version.lines.all()) or [None])]


def legs_of(adjustments: Iterable) -> Iterator[tuple]:
    return ((one, leg) for one in adjustments for leg in one.legs.all())
