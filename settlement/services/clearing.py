"""Clearing: a cut-off day's trades are shared in chunks; each chunk is one transaction and one journal."""

from datetime import date, datetime

from django.db import connection, transaction

from settlement.models import BusinessDay, DayState, SettlementChunk

from . import clearing_sql as sql

CHUNK_ROWS = 20_000


@transaction.atomic
def begin(*, day: date) -> None:
    """Cut the day's trades into chunks, once."""
    row = BusinessDay.objects.select_for_update().get(business_date=day)
    if row.state != DayState.CUTOFF:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO settlement_settlementchunk"
            " (business_date, number, kind, first_id, last_id, rows)"
            " SELECT %(day)s, 1 + part, 'trades', min(id), max(id), count(*) FROM"
            " (SELECT id, (row_number() OVER (ORDER BY id) - 1) / %(rows)s AS part FROM settlement_trade"
            " WHERE business_date = %(day)s) numbered GROUP BY part"
            " UNION ALL SELECT %(day)s, 0, 'release', 0, 0, 0",
            {"day": day, "rows": CHUNK_ROWS},
        )
    row.state = DayState.CLEARING
    row.save(update_fields=["state"])


def clear(*, day: date, now: datetime) -> bool:
    """Work off the day's chunks; any number of workers may do so. True when the whole day is cleared."""
    while clear_next_chunk(day=day, now=now):
        pass
    return not SettlementChunk.objects.filter(business_date=day, done_at=None).exists()


@transaction.atomic
def clear_next_chunk(*, day: date, now: datetime) -> bool:
    """Claim a chunk, share its trades, post its journal, mark it done. False when none is free."""
    claimable = SettlementChunk.objects.filter(business_date=day, done_at=None).order_by("number")
    chunk = claimable.select_for_update(skip_locked=True).first()
    if chunk is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        started_at = cursor.fetchone()[0]
        _share(cursor, chunk)
        _post(cursor, chunk, now)
        cursor.execute(
            "UPDATE settlement_settlementchunk SET started_at = %s, done_at = clock_timestamp()"
            " WHERE id = %s",
            [started_at, chunk.pk],
        )
    return True


def _share(cursor, chunk: SettlementChunk) -> None:
    values = _range(chunk)
    cursor.execute(sql.RELEASE if chunk.kind == SettlementChunk.Kind.RELEASE else sql.SHARES, values)


def _range(chunk: SettlementChunk) -> dict:
    return {
        "day": chunk.business_date,
        "of": chunk.business_date,
        "chunk": chunk.pk,
        "first": chunk.first_id,
        "last": chunk.last_id,
    }


def _post(cursor, chunk: SettlementChunk, now: datetime) -> None:
    """One journal for the chunk; none where its shares cancel each other out."""
    values = _range(chunk) | {"key": f"clearing:{chunk.business_date}:{chunk.number}", "now": now}
    cursor.execute(sql.OPEN_ACCOUNTS, values)
    cursor.execute(sql.JOURNAL, values)
    found = cursor.fetchone()
    if found:
        cursor.execute(sql.POSTINGS, values | {"journal": found[0]})
