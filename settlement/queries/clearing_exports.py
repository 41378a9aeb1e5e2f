"""The grouped clearing report as files: CSV that streams, XLSX whose totals are formulas; amounts in yuan."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from omnichannel.kernel.money import yuan
from omnichannel.kernel.tables import csv_lines

from .clearing_groups import LABELS, OTHER, Asked
from .clearing_report import COLUMNS
from .exports import column_labels
from .group_labels import Shown
from .sheets import summed_xlsx


def labels_of_columns() -> dict[str, str]:
    """Columns of the report in their order, the last for what fits none."""
    known = column_labels()
    return {name: known.get(name, name) for name in COLUMNS} | {OTHER: _("Other")}


@csv_lines
def groups_csv(asked: Asked, rows: list[Shown]) -> Iterator[tuple]:
    heads = [head for name in asked.groups for head in (name, f"{name}_name")]
    yield (*heads, "shares", *COLUMNS, OTHER, "total")
    for row in rows:
        names = [text for pair in zip(row.codes, row.labels, strict=True) for text in pair]
        amounts = [yuan(fen) for fen in (*row.line.amounts.values(), row.line.total)]
        yield (*names, row.line.shares, *amounts)


def groups_xlsx(asked: Asked, rows: list[Shown]) -> bytes:
    """A row per group; constant memory whatever their number."""
    groups = [str(LABELS[name]) for name in asked.groups]
    heads = [*groups, *(_("Code") for _name in groups), *labels_of_columns().values(), _("Total")]
    lines = [(*row.labels, *row.codes, *row.line.amounts.values(), row.line.total) for row in rows]
    texts = 2 * len(groups)
    summed = tuple(range(texts, len(heads)))
    return summed_xlsx(f"{asked.begin} {asked.end}", heads, lines, texts=texts, summed=summed)
