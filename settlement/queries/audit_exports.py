"""The audit trail as a file that streams."""

import json
from collections.abc import Iterator

from django.db.models import QuerySet

from omnichannel.kernel.clock import SHANGHAI
from omnichannel.kernel.tables import csv_lines
from settlement.models import AuditEntry

HEADER = ("number", "at", "who", "role", "institution", "action", "subject", "details", "hash")


@csv_lines
def entries_csv(rows: QuerySet[AuditEntry]) -> Iterator[tuple]:
    """Newest first, from a server-side cursor."""
    yield HEADER
    for row in rows.iterator(chunk_size=2000):
        link, at = getattr(row, "link", None), row.at.astimezone(SHANGHAI).isoformat(timespec="seconds")
        details = json.dumps(row.details, ensure_ascii=False, sort_keys=True)
        line = (row.actor_name, row.role, row.institution.code if row.institution else "", row.action)
        yield (link.number if link else "", at, *line, row.subject, details, link.hash if link else "")
