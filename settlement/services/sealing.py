"""A closed day is sealed: a chain of hashes over blocks of its postings, whose root anyone can check.

Blocks are hashed in chunks that any number of workers share; the last one links them into the root.
"""

import hashlib
from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from settlement.models import AccountTurnover, BusinessDay, DayState, SettlementChunk

from . import night_session

BLOCK = 10_000
CHUNK_BLOCKS = 20
Kind = SettlementChunk.Kind

# One hash per block, computed where the rows are; the row text names every column of the promise.
_BLOCKS = """
SELECT encode(sha256(string_agg(
    concat_ws('|', id, journal_key, account_id, amount_fen, currency, channel), E'\\n' ORDER BY id
)::bytea), 'hex')
FROM (
    SELECT p.id, j.key AS journal_key, p.account_id, p.amount_fen, p.currency, p.channel,
           (row_number() OVER (ORDER BY p.id) - 1) / %s AS block
    FROM settlement_posting p JOIN settlement_journal j ON j.id = p.journal_id
    WHERE p.business_date = %s AND p.id BETWEEN %s AND %s
) numbered GROUP BY block ORDER BY block
"""

# A day's postings cut into runs of whole blocks.
_RUNS = """
SELECT min(id), max(id), count(*) FROM (
    SELECT id, (row_number() OVER (ORDER BY id) - 1) / %s AS run FROM settlement_posting
    WHERE business_date = %s
) numbered GROUP BY run ORDER BY run
"""


def seal_root(*, day: date, before: str) -> str:
    """The root of a day's chain, 64 hex digits; `before` is the root of the sealed day before it."""
    return _link(day, before, (block for run in _runs(day) for block in _blocks(day, run[0], run[1])))


def root_before(day: date) -> str:
    """The seal of the last sealed day before this one; empty for the first."""
    sealed = BusinessDay.objects.filter(business_date__lt=day, state=DayState.SEALED)
    return sealed.order_by("-business_date").values_list("seal_root", flat=True).first() or ""


def broken_blocks(day: date) -> list[int]:
    """Numbers of the blocks that are not what they were when a large day was sealed in chunks."""
    kept = SettlementChunk.objects.filter(business_date=day, kind=Kind.SEAL).order_by("number")
    then = [block for chunk in kept for block in chunk.blocks.split()]
    now = [block for run in _runs(day) for block in _blocks(day, run[0], run[1])]
    pairs = zip(then, now, strict=False)
    return [number for number, (was, is_now) in enumerate(pairs, start=1) if was != is_now]


_TURNOVER = """
INSERT INTO settlement_accountturnover (business_date, account_id, debit_fen, credit_fen)
SELECT business_date, account_id, coalesce(sum(amount_fen) FILTER (WHERE amount_fen > 0), 0)::bigint,
       -coalesce(sum(amount_fen) FILTER (WHERE amount_fen < 0), 0)::bigint
FROM settlement_posting WHERE business_date = %s GROUP BY business_date, account_id
"""


@transaction.atomic
def begin(*, day: date) -> None:
    """Cut a closed day's postings into chunks, once."""
    row = BusinessDay.objects.select_for_update().get(business_date=day)
    if row.state != DayState.CLOSED or _chunks(day).exists():
        return
    SettlementChunk.objects.bulk_create(
        SettlementChunk(
            business_date=day, number=number, kind=Kind.SEAL, first_id=first, last_id=last, rows=rows
        )
        for number, (first, last, rows) in enumerate(_runs(day), start=1)
    )


def seal(*, day: date) -> bool:
    """Hash what is free and link the chain; True when the day is sealed."""
    begin(day=day)
    while hash_next_chunk(day=day):
        pass
    return link(day=day)


@transaction.atomic
def hash_next_chunk(*, day: date) -> bool:
    """Claim a chunk and keep the hashes of its blocks. False when none is free."""
    free = _chunks(day).filter(done_at=None).order_by("number")
    chunk = free.select_for_update(skip_locked=True).first()
    if chunk is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        started_at = cursor.fetchone()[0]
        blocks = "\n".join(_blocks(day, chunk.first_id, chunk.last_id))
        cursor.execute(
            "UPDATE settlement_settlementchunk SET started_at = %s, done_at = clock_timestamp(), blocks = %s"
            " WHERE id = %s",
            [started_at, blocks, chunk.pk],
        )
    return True


@transaction.atomic
def link(*, day: date) -> bool:
    """The root of a day whose blocks are all hashed; a day is sealed after the days before it."""
    row = BusinessDay.objects.select_for_update().get(business_date=day)
    if row.state != DayState.CLOSED:
        return row.state == DayState.SEALED
    earlier = BusinessDay.objects.exclude(state=DayState.SEALED).filter(business_date__lt=day)
    if earlier.exists() or _chunks(day).filter(done_at=None).exists():
        return False
    kept = _chunks(day).order_by("number").values_list("blocks", flat=True)
    row.seal_root = _link(day, root_before(day), (block for blocks in kept for block in blocks.split()))
    _keep_turnover(day)
    row.state = DayState.SEALED
    row.save(update_fields=["state", "seal_root"])
    return True


def _keep_turnover(day: date) -> None:
    AccountTurnover.objects.filter(business_date=day).delete()
    with connection.cursor() as cursor:
        cursor.execute(_TURNOVER, [day])


def _chunks(day: date):
    return SettlementChunk.objects.filter(business_date=day, kind=Kind.SEAL)


def _link(day: date, before: str, blocks: Iterable[str]) -> str:
    root = hashlib.sha256(f"{day.isoformat()}|{before}".encode()).hexdigest()
    for block in blocks:
        root = hashlib.sha256(f"{root}|{block}".encode()).hexdigest()
    return root


def _runs(day: date) -> list[tuple[int, int, int]]:
    """(first id, last id, rows) of every run of CHUNK_BLOCKS blocks."""
    with connection.cursor() as cursor:
        night_session.room(cursor)
        cursor.execute(_RUNS, [BLOCK * CHUNK_BLOCKS, day])
        return cursor.fetchall()


def _blocks(day: date, first: int, last: int) -> list[str]:
    with connection.cursor() as cursor:
        night_session.room(cursor)
        cursor.execute(_BLOCKS, [BLOCK, day, first, last])
        return [block for (block,) in cursor.fetchall()]
