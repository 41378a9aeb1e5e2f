"""Clearing: a cut-off day's trades are shared in chunks; each chunk is one transaction and one journal.

A chunk in which a trade cannot be shared is halved until that trade stands alone; its money waits in
suspense with the reason named, and every later night tries it again. So one bad trade holds up nothing.
"""

import logging
from datetime import date, datetime

from django.db import DataError, IntegrityError, InternalError, connection, transaction

from settlement.models import BusinessDay, DayState, ParcelPart, SettlementChunk

from . import clearing_sql as sql
from . import night_session, parcel_sql
from .posting import account_ids

log = logging.getLogger(__name__)

CHUNK_ROWS = 20_000
Kind = SettlementChunk.Kind
# What the data is to blame for; a lost connection or a deadlock is not, and is simply tried again.
BAD_DATA = (DataError, IntegrityError, InternalError)

_CUT = """
INSERT INTO settlement_settlementchunk (business_date, number, kind, first_id, last_id, rows)
SELECT %(day)s, 1 + part, 'trades', min(id), max(id), count(*) FROM
    (SELECT id, (row_number() OVER (ORDER BY id) - 1) / %(rows)s AS part FROM settlement_trade
     WHERE business_date = %(day)s) numbered GROUP BY part
UNION ALL SELECT %(day)s, 0, 'release', 0, 0, 0
"""

_RETRY = """
INSERT INTO settlement_settlementchunk (business_date, number, kind, first_id, last_id, rows, retry_of)
SELECT %(day)s, row_number() OVER (ORDER BY first_id), 'retry', first_id, first_id, 1, business_date
FROM settlement_settlementchunk WHERE problem <> '' AND kind = 'trades' AND business_date < %(day)s
"""


@transaction.atomic
def begin(*, day: date) -> None:
    """Cut the day's trades into chunks, once; trades that earlier nights could not share come again."""
    row = BusinessDay.objects.select_for_update().get(business_date=day)
    if row.state != DayState.CUTOFF:
        return
    with connection.cursor() as cursor:
        cursor.execute(_CUT, {"day": day, "rows": CHUNK_ROWS})
        cursor.execute(_RETRY, {"day": day})
    row.state = DayState.CLEARING
    row.save(update_fields=["state"])


def clear(*, day: date, now: datetime) -> bool:
    """Work off the day's chunks; any number of workers may do so. True when the whole day is cleared."""
    while clear_next_chunk(day=day, now=now):
        pass
    return is_done(day)


def is_done(day: date) -> bool:
    """Whether everything of the day has been shared; from then on it takes no share."""
    return not chunks(day).filter(done_at=None).exists()


def chunks(day: date):
    return SettlementChunk.objects.filter(business_date=day).exclude(kind=Kind.SEAL)


@transaction.atomic
def clear_next_chunk(*, day: date, now: datetime) -> bool:
    """Claim a chunk, share its trades, post its journal, mark it done. False when none is free."""
    claimable = chunks(day).filter(done_at=None).order_by("number", "pk")
    chunk = claimable.select_for_update(skip_locked=True).first()
    if chunk is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        chunk.started_at = cursor.fetchone()[0]
        try:
            with transaction.atomic():
                _work(cursor, chunk, now)
        except BAD_DATA as error:
            _set_apart(cursor, chunk, now, error)
    return True


def _work(cursor, chunk: SettlementChunk, now: datetime) -> None:
    """Share and post, checked by the deferred guards at once, so that a fault shows here."""
    night_session.room(cursor)
    night_session.by_key(cursor)
    _share(cursor, chunk)
    _post(cursor, chunk, now)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    if chunk.kind == Kind.RETRY:
        _no_problem_any_more(chunk)
    _done(cursor, chunk)


def _share(cursor, chunk: SettlementChunk) -> None:
    values = _range(chunk)
    if chunk.kind == Kind.RELEASE:
        cursor.execute(sql.RELEASE, values)
        _release_parcels(cursor, values)
        return
    cursor.execute(sql.SHARES, values)
    if chunk.kind == Kind.RETRY:
        cursor.execute(sql.UNPARK, values)


def _release_parcels(cursor, values: dict) -> None:
    """Orders in several parcels; a night without any pays nothing for the question."""
    if ParcelPart.objects.exists():
        cursor.execute(parcel_sql.RELEASE, values)
        account_ids(set(cursor.fetchall()))


def _range(chunk: SettlementChunk) -> dict:
    return {
        "day": chunk.business_date,
        "of": chunk.retry_of or chunk.business_date,
        "chunk": chunk.pk,
        "first": chunk.first_id,
        "last": chunk.last_id,
    }


def _post(cursor, chunk: SettlementChunk, now: datetime) -> None:
    """One journal for the chunk; none where its shares cancel each other out."""
    values = _range(chunk) | {"key": _key(chunk), "now": now}
    cursor.execute(sql.POST, values)


def _key(chunk: SettlementChunk) -> str:
    retried = "retry:" if chunk.kind == Kind.RETRY else ""
    return f"clearing:{chunk.business_date}:{retried}{chunk.number}"


def _done(cursor, chunk: SettlementChunk) -> None:
    cursor.execute(
        "UPDATE settlement_settlementchunk SET started_at = %s, done_at = clock_timestamp(), problem = %s"
        " WHERE id = %s",
        [chunk.started_at, chunk.problem, chunk.pk],
    )


def _set_apart(cursor, chunk: SettlementChunk, now: datetime, error: Exception) -> None:
    """Halve a chunk that failed; put its money in suspense when it is a single trade."""
    if chunk.kind == Kind.RELEASE:
        raise error
    if chunk.rows > 1:
        _halve(chunk)
        return
    chunk.problem = str(error).splitlines()[0][:300]
    log.error("trade %s of %s cannot be shared: %s", chunk.first_id, chunk.business_date, chunk.problem)
    if chunk.kind == Kind.TRADES:
        cursor.execute(sql.PARK, _range(chunk))
        _post(cursor, chunk, now)
    _done(cursor, chunk)


def _halve(chunk: SettlementChunk) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM settlement_trade WHERE id BETWEEN %s AND %s ORDER BY id OFFSET %s LIMIT 1",
            [chunk.first_id, chunk.last_id, chunk.rows // 2],
        )
        middle = cursor.fetchone()[0]
    last = chunks(chunk.business_date).filter(kind=Kind.TRADES).order_by("-number").first()
    SettlementChunk.objects.create(
        business_date=chunk.business_date,
        number=last.number + 1,
        kind=Kind.TRADES,
        first_id=middle,
        last_id=chunk.last_id,
        rows=chunk.rows - chunk.rows // 2,
    )
    SettlementChunk.objects.filter(pk=chunk.pk).update(last_id=middle - 1, rows=chunk.rows // 2)


def _no_problem_any_more(chunk: SettlementChunk) -> None:
    parked = chunks(chunk.retry_of).filter(kind=Kind.TRADES, first_id=chunk.first_id)
    parked.update(problem="")
