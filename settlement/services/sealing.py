"""A closed day is sealed: a chain of hashes over blocks of its postings, whose root anyone can check."""

import hashlib
from datetime import date

from django.db import connection

BLOCK = 10_000

# One hash per block, computed where the rows are; the row text names every column of the promise.
_BLOCKS = """
SELECT encode(sha256(string_agg(
    concat_ws('|', id, journal_key, account_id, amount_fen, currency, channel), E'\\n' ORDER BY id
)::bytea), 'hex')
FROM (
    SELECT p.id, j.key AS journal_key, p.account_id, p.amount_fen, p.currency, p.channel,
           (row_number() OVER (ORDER BY p.id) - 1) / %s AS block
    FROM settlement_posting p JOIN settlement_journal j ON j.id = p.journal_id
    WHERE p.business_date = %s
) numbered GROUP BY block ORDER BY block
"""


def seal_root(*, day: date, before: str) -> str:
    """The root of a day's chain, 64 hex digits; `before` is the root of the sealed day before it."""
    root = hashlib.sha256(f"{day.isoformat()}|{before}".encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_BLOCKS, [BLOCK, day])
        for (block,) in cursor.fetchall():
            root = hashlib.sha256(f"{root}|{block}".encode()).hexdigest()
    return root
