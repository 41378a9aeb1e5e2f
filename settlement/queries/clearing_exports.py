"""The grouped clearing report as files: CSV that streams, XLSX whose totals are formulas; amounts in yuan."""

import csv
from collections.abc import Iterator

from django.utils.translation import gettext as _

from omnichannel.kernel.money import yuan

from .clearing_groups import LABELS, OTHER, Asked
from .clearing_report import COLUMNS
from .exports import BOM, _Echo, column_labels
from .group_labels import Shown
from .ledger_exports import _workbook
from .reconciliation_exports import _harmless


def labels_of_columns() -> dict[str, str]:
    """Columns of the report in their order, the last for what fits none."""
    known = column_labels()
    return {name: known.get(name, name) for name in COLUMNS} | {OTHER: _("Other")}


def groups_csv(asked: Asked, rows: list[Shown]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    heads = [head for name in asked.groups for head in (name, f"{name}_name")]
    yield BOM + writer.writerow((*heads, "shares", *COLUMNS, OTHER, "total"))
    for row in rows:
        names = [text for pair in zip(row.codes, row.labels, strict=True) for text in pair]
        amounts = [yuan(fen) for fen in (*row.line.amounts.values(), row.line.total)]
        yield writer.writerow((*map(_harmless, names), row.line.shares, *amounts))


def groups_xlsx(asked: Asked, rows: list[Shown]) -> bytes:
    """A row per group; constant memory whatever their number."""
    groups = [str(LABELS[name]) for name in asked.groups]
    heads = [*groups, *(_("Code") for _name in groups), *labels_of_columns().values(), _("Total")]
    lines = [(*row.labels, *row.codes, *row.line.amounts.values(), row.line.total) for row in rows]
    texts = 2 * len(groups)
    summed = tuple(range(texts, len(heads)))
    return _workbook(f"{asked.begin} {asked.end}", heads, lines, texts=texts, summed=summed)
