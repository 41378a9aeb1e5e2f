"""Channel costs are booked: monthly costs by branch, channel and kind of cost become journals."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from settlement.models import AccountKind, CostImport, CostKind, CostLine
from settlement.queries.monthly import end_of
from settlement.rights import CLERK, LEAD

from . import audit_trail
from .business_day import lock_current_day
from .cost_file import Cost, CostFileInvalid, Fault, read
from .posting import Leg, post_journal

ACCOUNTS = {
    CostKind.DEPRECIATION: AccountKind.COST_DEPRECIATION,
    CostKind.LEASE: AccountKind.COST_LEASE,
    CostKind.LABOUR: AccountKind.COST_LABOUR,
    CostKind.OTHER: AccountKind.COST_OTHER,
}
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('settlement_costs'))"


@transaction.atomic
def import_costs(*, actor, content: bytes, file_name: str, now: datetime) -> CostImport:
    """Book a file of costs, all of its rows or none; rows that were booked before are passed over.

    Raises CostFileInvalid with every wrong line, also for a known reference with other values. The journals
    fall in the open day and keep the last day of the month that they are for.
    """
    actor.must_have(CLERK, LEAD)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    day = lock_current_day()
    costs = read(content, today=day)
    new = _new(costs)
    batch = CostImport.objects.create(
        file_name=file_name[:160], sha256=hashlib.sha256(content).hexdigest(), rows=len(costs),
        rows_new=len(new), amount_fen=sum(cost.amount_fen for cost in new), loaded_at=now,
        loaded_by=actor.label[:80],
    )  # fmt: skip
    journals = _book(batch, new, day=day, now=now)
    CostLine.objects.bulk_create(_line(batch, cost, journals) for cost in new)
    audit_trail.record(
        actor=actor, action="costs.imported", subject=f"{file_name} #{batch.pk}", now=now,
        details={"rows": batch.rows, "new": batch.rows_new, "amount_fen": batch.amount_fen,
                 "sha256": batch.sha256},
    )  # fmt: skip
    return batch


def _new(costs: list[Cost]) -> list[Cost]:
    """Rows whose reference is not booked yet. Raises CostFileInvalid where a known one differs."""
    rows = CostLine.objects.filter(reference__in=[cost.reference for cost in costs])
    known = {row.reference: row for row in rows}
    faults = [
        Fault(cost.line, "reference_differs", _("The reference was booked before with other values."))
        for cost in costs
        if cost.reference in known and _values(cost) != _values(known[cost.reference])
    ]
    if faults:
        raise CostFileInvalid(faults)
    return [cost for cost in costs if cost.reference not in known]


def _values(row) -> tuple:
    return row.institution_id, row.channel, row.month, row.kind, row.amount_fen, row.queries


def _book(batch: CostImport, costs: Iterable[Cost], *, day: date, now: datetime) -> dict[tuple, int]:
    """One journal per branch and month, a leg and its counterpart per row; ids by branch and month."""
    groups: dict[tuple, list[Cost]] = defaultdict(list)
    for cost in costs:
        if cost.amount_fen:
            groups[cost.institution_id, cost.month].append(cost)
    return {
        (institution_id, month): post_journal(
            key=f"cost:{batch.pk}:{institution_id}:{month:%Y-%m}", kind="cost", legs=_legs(rows),
            business_date=day, original_date=min(end_of(month), day), now=now,
        )[0]
        for (institution_id, month), rows in groups.items()
    }  # fmt: skip


def _legs(costs: list[Cost]) -> list[Leg]:
    return [
        leg
        for cost in costs
        for leg in (
            Leg(ACCOUNTS[cost.kind], cost.institution_id, cost.amount_fen, cost.channel),
            Leg(AccountKind.COST_TAKEN_OVER, None, -cost.amount_fen, cost.channel),
        )
    ]


def _line(batch: CostImport, cost: Cost, journals: dict[tuple, int]) -> CostLine:
    journal = journals[cost.institution_id, cost.month] if cost.amount_fen else None
    return CostLine(
        batch=batch, line_number=cost.line, reference=cost.reference, institution_id=cost.institution_id,
        channel=cost.channel, month=cost.month, kind=cost.kind, amount_fen=cost.amount_fen,
        queries=cost.queries, journal_id=journal,
    )  # fmt: skip
