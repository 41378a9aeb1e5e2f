"""The audit trail as a file that streams."""

import csv
import json
from collections.abc import Iterator

from django.db.models import QuerySet

from omnichannel.kernel.clock import SHANGHAI
from settlement.models import AuditEntry

from .exports import BOM, _Echo
from .reconciliation_exports import _harmless

HEADER = ("number", "at", "who", "role", "institution", "action", "subject", "details", "hash")


def entries_csv(rows: QuerySet[AuditEntry]) -> Iterator[str]:
    """Newest first, from a server-side cursor."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(HEADER)
    for row in rows.iterator(chunk_size=2000):
        link, at = getattr(row, "link", None), row.at.astimezone(SHANGHAI).isoformat(timespec="seconds")
        details = json.dumps(row.details, ensure_ascii=False, sort_keys=True)
        line = (row.actor_name, row.role, row.institution.code if row.institution else "", row.action)
        texts = (*line, row.subject, details, link.hash if link else "")
        yield writer.writerow((link.number if link else "", at, *map(_harmless, texts)))
