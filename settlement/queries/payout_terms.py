"""How institutions are paid, for show: what is in force, what comes, what was."""

from dataclasses import dataclass
from datetime import date

from members.queries import institutions_by_ids
from members.queries.payees import payees
from settlement.models import LedgerAccount, PayoutTerms


@dataclass(frozen=True)
class Line:
    """An institution with its terms: in force on the asked day (fen), and every entry, newest first."""

    code: str
    label: str
    minimum_fen: int
    collects: bool
    entries: list[PayoutTerms]


def listed(*, day: date, text: str = "") -> list[Line]:
    """Institutions with accounts that are netted, by name; text: part of a code or name."""
    kinds = ("payable", "freight_payable", "store_cash", "carried")
    ids = set(LedgerAccount.objects.filter(kind__in=kinds).values_list("institution_id", flat=True))
    entries: dict[int, list] = {}
    for entry in PayoutTerms.objects.order_by("-valid_from", "-pk"):
        entries.setdefault(entry.institution_id, []).append(entry)
    cards = institutions_by_ids({*(one for one in ids if one), *entries})
    standing = payees(cards)
    lines = []
    for number, card in cards.items():
        own = entries.get(number, [])
        now = next((one for one in own if one.valid_from <= day), None)
        fen = now.minimum_fen if now else standing[number].minimum_payout
        lines.append(Line(card.code, card.label, fen, now.collects if now else True, own))
    wanted = text.lower()
    lines = [one for one in lines if wanted in one.code.lower() or wanted in one.label.lower()]
    return sorted(lines, key=lambda one: one.label)
