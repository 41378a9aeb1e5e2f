"""Net positions of a day by institution and channel, and who owes whom: the bilateral matrix."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db import connection
from django.utils.translation import gettext as _

from members.queries import institutions_by_ids
from settlement.models import AccountKind, BilateralLine, FundTransfer, NetPosition, Posting

from .bilateral_sql import FOLDED, LINES, OWED

_DEAD = ("failed", "rejected")


@dataclass
class Position:
    """An institution's day in fen; positive: we owe it. code "" is the clearing house.

    net includes brought, what earlier days carried; carried: what this day leaves to the next netting
    instead of a transfer; paid: its transfer of the day, negative when collected.
    """

    code: str
    label: str
    net: int = 0
    brought: int = 0
    carried: int = 0
    paid: int = 0
    transfer: str = ""
    channels: dict = field(default_factory=dict)

    @property
    def own(self) -> int:
        """What the day itself brought."""
        return self.net - self.brought


def positions(day: date) -> list[Position]:
    """Institutions by name, the clearing house last; all nets of a day sum to zero."""
    rows = list(NetPosition.objects.filter(business_date=day))
    cards = institutions_by_ids({row.institution_id for row in rows if row.institution_id})
    found: dict[int | None, Position] = {}
    for row in rows:
        card = cards.get(row.institution_id)
        shown = Position(card.code, card.label) if card else Position("", _("Clearing house"))
        one = found.setdefault(row.institution_id, shown)
        one.net += row.amount_fen
        one.channels[row.channel] = one.channels.get(row.channel, 0) + row.amount_fen
    _add_carried(day, found)
    _add_transfers(day, found)
    return sorted(found.values(), key=lambda one: (not one.code, one.label))


def _add_carried(day: date, found: dict) -> None:
    for kind, party, fen in _carry_journals(day):
        if party not in found:
            continue
        if kind == "carry_in":
            found[party].brought += fen
        else:
            found[party].carried -= fen


def _carry_journals(day: date):
    """(journal kind, institution, fen debited to what is carried) of a day."""
    rows = Posting.objects.filter(
        business_date=day, account__kind=AccountKind.CARRIED, journal__kind__in=("carry", "carry_in")
    )
    return rows.values_list("journal__kind", "account__institution_id", "amount_fen")


def _add_transfers(day: date, found: dict) -> None:
    rows = FundTransfer.objects.filter(business_date=day).exclude(state__in=_DEAD)
    for row in rows:
        if row.institution_id in found:
            one = found[row.institution_id]
            one.paid = row.amount_fen if row.direction == "pay" else -row.amount_fen
            one.transfer = row.reference


@dataclass(frozen=True)
class Matrix:
    """parties: (code, label), the clearing house's code is "". cells: fen that the column owes the row."""

    parties: list[tuple[str, str]]
    cells: dict[tuple[str, str], int]

    @cached_property
    def nets(self) -> dict[str, int]:
        """By party, fen: the sum of its row."""
        found = dict.fromkeys((code for code, _label in self.parties), 0)
        for (row, _column), fen in self.cells.items():
            found[row] += fen
        return found

    def net(self, code: str) -> int:
        return self.nets.get(code, 0)

    @property
    def total(self) -> int:
        return sum(self.cells.values())

    def rows(self, parties: Iterable[tuple[str, str]], widest: int) -> list[dict]:
        """Of these parties: code, label, net, first columns' cells; owed and owing say whose a cell is."""
        columns = [code for code, _label in self.parties[:widest]]
        return [
            {"code": code, "label": label, "net": self.net(code),
             "cells": [self._cell(code, other) for other in columns]}
            for code, label in parties
        ]  # fmt: skip

    def _cell(self, row: str, column: str) -> dict:
        fen = self.cells.get((row, column), 0)
        owed, owing = (row, column) if fen > 0 else (column, row)
        return {"fen": fen, "owed": owed, "owing": owing}

    def ties(self, found: list[Position]) -> bool:
        """Every row sums to its net position, and all of it to zero."""
        wanted = {one.code: one.net for one in found}
        return self.total == 0 and all(self.net(code) == fen for code, fen in wanted.items())

    def debts(self) -> list[tuple[str, str, int]]:
        """(who owes, whom, fen), largest first."""
        labels = dict(self.parties)
        found = [(labels[owing], labels[owed], fen) for (owed, owing), fen in self.cells.items() if fen > 0]
        return sorted(found, key=lambda one: -one[2])


def matrix(day: date) -> Matrix:
    """Who owes whom after a day; an institution's row sums to its net position, all to zero."""
    lines = _lines(day)
    cards = institutions_by_ids({party for line in lines for party in line[:2] if party})
    codes = {number: card.code for number, card in cards.items()} | {None: ""}
    cells: dict[tuple[str, str], int] = defaultdict(int)
    for owed, owing, fen in lines:
        cells[codes[owed], codes[owing]] += fen
    labels = {card.code: card.label for card in cards.values()}
    parties = sorted(labels.items(), key=lambda one: one[1])
    return Matrix([*parties, ("", _("Clearing house"))] if cells else [], dict(cells))


def _lines(day: date) -> list[tuple[int | None, int | None, int]]:
    kept = BilateralLine.objects.filter(business_date=day)
    rows = list(kept.values_list("institution_id", "counterparty_id", "amount_fen"))
    if rows or not NetPosition.objects.filter(business_date=day).exists():
        return rows
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {FOLDED}, {OWED} {LINES}", {"day": day})
        return cursor.fetchall()
