"""The whole way of a statement: loaded, compared, and whatever waited for it compared again."""

from datetime import date, datetime, timedelta

from django.db import transaction

from settlement.models import LIVE, BatchState, BreakState, ReconBatch, ReconBreak, Scope
from settlement.services.business_day import business_day_of

from . import accounts, loading, matching

# Other statements are compared in this order: bills, then their fund flow, then the bank.
ORDER = (Scope.TRADES, Scope.COD, Scope.FUNDS, Scope.BANK)
COMPARED = (BatchState.MATCHED, BatchState.BALANCED, BatchState.HAS_BREAKS)
LOOK_BACK = timedelta(days=31)


def import_bill(*, actor, now: datetime, progress=lambda step: None, **bill) -> ReconBatch:
    """Load a statement and compare it; `bill` as in loading.load_bill, whose refusals it raises.

    Loading and comparing commit one after the other: a crash between leaves a loaded statement, which
    reconcile_due compares. progress(step) is told of each step as it begins.
    """
    progress("load")
    batch = loading.load_bill(actor=actor, now=now, **bill)
    if not loading.is_complete(batch):
        return batch
    progress("match")
    batch = matching.match(batch_id=batch.pk, now=now)
    progress("waiting")
    rematch(now=now, but=batch.pk)
    batch.refresh_from_db()
    return batch


def import_no_bill(*, actor, account_id: int, day: date, now: datetime) -> ReconBatch:
    """The provider has none for that day. Raises loading.BillExpected, loading.BillLoaded."""
    batch = loading.record_no_bill(actor=actor, account_id=account_id, day=day, now=now)
    return matching.match(batch_id=batch.pk, now=now)


def rematch(*, now: datetime, but: int | None = None) -> int:
    """Compare again what was loaded and not compared, or still waits for its other side."""
    recent = ReconBatch.objects.filter(bill_date__gte=business_day_of(now) - LOOK_BACK).exclude(pk=but)
    waiting = recent.filter(state__in=COMPARED, breaks__state__in=LIVE)
    loaded = recent.filter(state=BatchState.LOADED)
    found = {batch.pk: batch for batch in (*waiting, *loaded)}.values()
    done = 0
    for batch in sorted(found, key=lambda one: (ORDER.index(one.scope), one.bill_date)):
        if loading.is_complete(batch):
            matching.match(batch_id=batch.pk, now=now)
            done += 1
    return done


@transaction.atomic
def age_pool(*, now: datetime) -> int:
    """What has waited its days is a break that somebody must explain; returns how many."""
    over = ReconBreak.objects.filter(state=BreakState.WAITING, waits_until__lt=business_day_of(now))
    return over.update(state=BreakState.OPEN, changed_by="system", changed_at=now)


def reconcile_due(*, now: datetime) -> None:
    """What beat calls: statements are awaited, waiting rows looked for again, old ones become breaks."""
    accounts.expect(now=now)
    rematch(now=now)
    age_pool(now=now)
