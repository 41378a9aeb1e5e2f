"""Comparing a statement with the books: the database joins, nothing loops over rows; twice is once."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError
from settlement.models import LIVE, AccountKind, BatchState, ReconBatch, Scope
from settlement.services.business_day import business_day_of, lock_current_day
from settlement.services.posting import Leg, post_journal

from . import accounts, bank_sql, funds_sql, loading
from . import matching_sql as sql

# A courier may hand in what it collected weeks ago; a provider's bill shows its own day.
COURIER_DAYS = timedelta(days=31)
# Temporary tables are not analysed by themselves.
_SIDES_READY = "ANALYZE recon_theirs; ANALYZE recon_ours"
_TRADES = (sql.PAIRS, sql.PAIRS_LEFT, sql.REVOKED, sql.EDGES, sql.DIFFERENCES, sql.FEES)
_ONE_SIDED = (sql.FOUND, sql.ONLY_THEIRS, sql.ONLY_OURS)


def _figures(scope: str) -> str:
    return sql.FIGURES.format(wanted=sql.FIGURES_OURS[scope])


def _steps_of(module) -> tuple[str, ...]:
    paired = (module.THEIRS, module.OURS, _SIDES_READY, module.PAIRS, module.EDGES, module.DIFFERENCES)
    return (*paired, module.FOUND, module.ONLY_THEIRS, module.ONLY_OURS, module.FIGURES)


STEPS = {
    Scope.TRADES: (sql.THEIRS, sql.OF_PROVIDER, _SIDES_READY, *_TRADES, *_ONE_SIDED, _figures("trades")),
    Scope.COD: (sql.THEIRS, sql.OF_COURIER, _SIDES_READY, *_TRADES, *_ONE_SIDED, _figures("cod")),
    Scope.FUNDS: _steps_of(funds_sql),
    Scope.BANK: _steps_of(bank_sql),
}


class NothingLoaded(DomainError):
    code = "statement_missing"
    message = _("The statement of %(day)s is not there, or not all of its files.")


@transaction.atomic
def match(*, batch_id: int, now: datetime) -> ReconBatch:
    """Compare a loaded statement, and what still waits of earlier ones, with the books.

    Raises NothingLoaded. A signed-off statement is left as it is.
    """
    batch = ReconBatch.objects.select_related("account").get(pk=batch_id)
    accounts.lock(batch.account_id)
    batch.refresh_from_db()
    if batch.state == BatchState.SIGNED_OFF:
        return batch
    if not loading.is_complete(batch):
        raise NothingLoaded(day=batch.bill_date)
    values = _values(batch, now)
    with connection.cursor() as cursor:
        cursor.execute(sql.DROP)
        for step in STEPS[batch.scope]:
            cursor.execute(step, values)
        lines = _paired(cursor) if batch.scope == Scope.BANK else []
    book_arrivals(lines, batch=batch, now=now)
    return judge(batch_id=batch_id, now=now, matched=True)


def _values(batch: ReconBatch, now: datetime) -> dict:
    day, policy = batch.bill_date, accounts.policy(batch.bill_date)
    is_courier = batch.scope == Scope.COD
    back = COURIER_DAYS if batch.scope in (Scope.COD, Scope.BANK) else timedelta(days=policy.pool_days)
    return {
        "batch": batch.pk,
        "account": batch.account_id,
        "scope": batch.scope,
        "institution": batch.account.institution_id,
        "day": day,
        "since": day - back,
        "until": day if is_courier else day + timedelta(days=1),
        "begins": batch.account.begins_on,
        "today": business_day_of(now),
        "pool": policy.pool_days,
        "tolerance": policy.fee_tolerance_fen,
        "cod": is_courier,
        "now": now,
    }


def _paired(cursor) -> list[int]:
    cursor.execute("SELECT DISTINCT line_id FROM recon_pairs")
    return [line for (line,) in cursor.fetchall()]


def book_arrivals(lines: list[int], *, batch: ReconBatch, now: datetime) -> None:
    """A provider's money is in the bank: one journal per credit, in the open day."""
    arrived = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(bank_sql.ARRIVED, {"lines": lines})
        for line, institution, amount in cursor.fetchall():
            arrived[line].append((institution, amount))
    for line, parts in arrived.items():
        legs = [Leg(AccountKind.PROVIDER_TRANSIT, institution, -amount) for institution, amount in parts]
        post_journal(
            key=f"bank_line:{line}",
            kind="recon",
            legs=[*legs, Leg(AccountKind.BANK, None, -sum(leg.amount_fen for leg in legs))],
            business_date=lock_current_day(),
            original_date=batch.bill_date,
            now=now,
        )


def judge(*, batch_id: int, now: datetime, matched: bool = False, by: str = "system") -> ReconBatch:
    """Say whether a compared statement agrees or has breaks; called whenever a break changes."""
    batch = ReconBatch.objects.select_for_update().get(pk=batch_id)
    compared = (BatchState.MATCHED, BatchState.BALANCED, BatchState.HAS_BREAKS)
    if matched and batch.state == BatchState.LOADED:
        batch.state, batch.matched_at, batch.changed_by, batch.changed_at = BatchState.MATCHED, now, by, now
        batch.save(update_fields=["state", "matched_at", "changed_by", "changed_at"])
    if batch.state not in compared:
        return batch
    live = batch.breaks.filter(state__in=LIVE).exists()
    state = BatchState.HAS_BREAKS if live else BatchState.BALANCED
    if batch.state != state:
        batch.state, batch.changed_by, batch.changed_at = state, by, now
        batch.save(update_fields=["state", "changed_by", "changed_at"])
    return batch
