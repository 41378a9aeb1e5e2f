"""What the keys of the clearing report are called, and which shares lie behind them."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from catalog.queries.offerings import by_sku
from catalog.values import worded
from members.queries import institutions_by_ids
from settlement.models import AccountKind, ChainProduct

from .clearing_groups import NO_PRODUCT, Asked, Line
from .clearing_report import own_label
from .exports import channel_label

SHIPPING = "shipping"


@dataclass(frozen=True)
class Shown:
    """A row for people: a label per grouping, and the address values of what lies behind it."""

    line: Line
    labels: tuple[str, ...]
    codes: tuple[str, ...]
    behind: dict

    @property
    def label(self) -> str:
        return " · ".join(self.labels)


def shown(asked: Asked, lines: Iterable[Line]) -> list[Shown]:
    """Rows with labels, sorted by them; two or three queries whatever their number."""
    lines = list(lines)
    names = {name: _names(name, {line.keys[n] for line in lines}) for n, name in enumerate(asked.groups)}
    rows = [_row(asked, line, names) for line in lines]
    return sorted(rows, key=lambda row: (row.codes[0] in AccountKind.values, row.labels))


def _row(asked: Asked, line: Line, names: dict) -> Shown:
    pairs = [names[name][key] for name, key in zip(asked.groups, line.keys, strict=True)]
    codes = tuple(code for code, _label in pairs)
    return Shown(line, tuple(label for _code, label in pairs), codes, behind(asked, codes))


def behind(asked: Asked, codes: tuple[str, ...] = ()) -> dict:
    """Values of the address that ask for a row's shares; without codes, for those of the whole report."""
    values = {"begin": asked.begin, "end": asked.end, "party": asked.party, "channel": asked.channel,
              "product": asked.product}  # fmt: skip
    for name, code in zip(asked.groups, codes, strict=False):
        if name == "institution":
            values["party"] = code
        elif name == "day":
            values["begin"] = values["end"] = date.fromisoformat(code)
        elif name == "month":
            values["begin"], values["end"] = _month(code, asked)
        else:
            values[name] = code
    return {name: str(value) for name, value in values.items() if value}


def _month(code: str, asked: Asked) -> tuple[date, date]:
    """The month's days that lie in the period."""
    first = date.fromisoformat(f"{code}-01")
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return max(first, asked.begin), min(last, asked.end)


def _names(dimension: str, keys: set[str]) -> dict[str, tuple[str, str]]:
    """Code for addresses and label for people, by key."""
    if dimension == "institution":
        return _parties(keys)
    if dimension == "product":
        return products(keys)
    if dimension == "channel":
        return {key: (key, channel_label(key)) for key in keys}
    return {key: (key, key) for key in keys}


def _parties(keys: set[str]) -> dict[str, tuple[str, str]]:
    cards = institutions_by_ids(int(key) for key in keys if key.isdigit())
    return {
        key: (cards[int(key)].code, cards[int(key)].label) if key.isdigit() else (key, own_label(key))
        for key in keys
    }


def products(keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Labels of products as they are called today; a withdrawn one keeps its SKU."""
    keys = set(keys)
    facts = by_sku(key[2:] for key in keys if key.startswith("s:"))
    chain = {int(key[2:]) for key in keys if key.startswith("c:")}
    theirs = {row.pk: row.name or row.code for row in ChainProduct.objects.filter(pk__in=chain)}
    names = {"": (NO_PRODUCT, _("without goods")), SHIPPING: (SHIPPING, _("delivery fee"))}
    for key in keys - names.keys():
        code = key[2:]
        fact = facts.get(code)
        label = worded(fact.title, fact.title_en) if fact else code
        names[key] = (key, theirs.get(int(code), code) if key.startswith("c:") else label)
    return names
