"""What the same rows cost without guards: one INSERT … SELECT of the shares, one COPY of the postings.

    python -m benchmarks.within_django benchmarks.settlement_bare     (as the owner, after a night)

Once into tables with the same columns, indexes and foreign keys but no guards, once into bare tables.
Prints one line of JSON in seconds.
"""

import io
import json
import time

from django.db import connection, transaction

TABLES = ("settlement_tradeshare", "settlement_posting")
# The night's own postings, not those of the day's bookings.
OURS = """
SELECT p.id, p.amount_fen, p.currency, p.channel, p.business_date, p.journal_id, p.account_id
FROM settlement_posting p JOIN settlement_journal j ON j.id = p.journal_id AND j.kind = 'clearing'
ORDER BY p.id
"""


def twin(cursor, table: str, *, keyed: bool) -> None:
    """bench_twin with the columns of `table`; keyed: with its indexes and foreign keys."""
    cursor.execute("DROP TABLE IF EXISTS bench_twin")
    likeness = "INCLUDING DEFAULTS INCLUDING INDEXES" if keyed else ""
    cursor.execute(f"CREATE TABLE bench_twin (LIKE {table} {likeness})")
    if keyed:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = 'f'", [table],
        )  # fmt: skip
        for (definition,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE bench_twin ADD {definition}")


def seconds(action) -> float:
    """With the commit, in which deferred keys are checked and the log reaches the disk."""
    begun = time.perf_counter()
    with transaction.atomic():
        action()
    return time.perf_counter() - begun


def measure(cursor, *, keyed: bool) -> tuple[float, float]:
    twin(cursor, "settlement_tradeshare", keyed=keyed)
    shares = seconds(
        lambda: cursor.execute("INSERT INTO bench_twin SELECT * FROM settlement_tradeshare ORDER BY id")
    )
    rows = io.StringIO()
    cursor.copy_expert(f"COPY ({OURS}) TO STDOUT", rows)
    twin(cursor, "settlement_posting", keyed=keyed)
    columns = "id, amount_fen, currency, channel, business_date, journal_id, account_id"

    def copied():
        rows.seek(0)
        cursor.copy_expert(f"COPY bench_twin ({columns}) FROM STDIN", rows)

    postings = seconds(copied)
    cursor.execute("DROP TABLE bench_twin")
    return shares, postings


def main() -> None:
    with connection.cursor() as cursor:
        shares, postings = measure(cursor, keyed=True)
        bare = sum(measure(cursor, keyed=False))
        cursor.execute(
            "SELECT (SELECT count(*) FROM settlement_tradeshare), (SELECT count(*) FROM settlement_posting),"
            f" (SELECT count(*) FROM ({OURS}) ours), (SELECT count(*) FROM settlement_trade)"
        )
        counts = dict(zip(("shares", "postings", "of_clearing", "trades"), cursor.fetchone(), strict=True))
    print(json.dumps({"shares": shares, "postings": postings, "bare": bare, "counts": counts}))
