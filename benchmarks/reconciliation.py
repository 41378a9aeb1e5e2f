"""A provider's bill of 200,000 rows against as many trades: read, checked, loaded and compared.

    make bench-reconciliation            200,000 rows
    make bench-reconciliation QUICK=1     20,000 rows

One row in a hundred is wrong, in five ways; every one of them must become its break and nothing else may.
The same rows are also read in Alipay's and UnionPay's formats. Prints seconds and rows a second, and as its
last line RESULT {json}.
"""

import resource
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from benchmarks.scratch import scratch_database
from benchmarks.support import QUICK, headline, result

ROWS = 20_000 if QUICK else 200_000
NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)  # 12:00 in Shanghai
EVERY = 500  # of so many rows five are wrong
NUMBER = "1900000001"

_BOOKED = """
WITH day AS (SELECT %(day)s::date AS day), journal AS (
    INSERT INTO settlement_journal (key, payload_hash, kind, business_date, original_date, booked_at)
    SELECT 'bench', '', 'payment', day, day, %(now)s FROM day RETURNING id
), trades AS (
    INSERT INTO settlement_trade (source_key, kind, means, channel, order_number, payment_id, provider_id,
        amount_fen, occurred_at, booked_at, business_date, original_date, journal_id)
    SELECT 'payment:' || n, 'payment', 'unipay', 'web', 'HT' || lpad(n::text, 10, '0'), n, %(provider)s,
           100 + (n * 7919) %% 900000, %(now)s, %(now)s, day, day, journal.id
    FROM day, journal, generate_series(1, %(rows)s) n ORDER BY n
    RETURNING id, payment_id, journal_id, amount_fen
), known AS (
    INSERT INTO settlement_tradereference (trade_id, provider_id, our_reference, provider_reference)
    SELECT id, %(provider)s, 'HT' || lpad(payment_id::text, 10, '0') || '-U1',
           '42' || lpad(payment_id::text, 22, '0')
    FROM trades
)
INSERT INTO settlement_posting (journal_id, account_id, amount_fen, channel, business_date)
SELECT journal_id, a.id, a.sign * sum(amount_fen), 'web', %(day)s FROM trades
CROSS JOIN (VALUES (%(debit)s, 1), (%(credit)s, -1)) AS a(id, sign) GROUP BY journal_id, a.id, a.sign
"""


def timed(name: str, action):
    begun = time.perf_counter()
    answer = action()
    seconds = time.perf_counter() - begun
    print(f"{name}: {seconds:.2f} s = {ROWS / seconds:,.0f} rows/s", flush=True)
    return answer, seconds


def book(day):
    """The trades, in one journal; returns the provider's account with statements."""
    from django.db import connection, transaction

    from members.models import Institution
    from settlement.models import ProviderFeeRate, StatementAccount
    from settlement.services.posting import account_ids

    provider = Institution.objects.create(code="pp", path="pp/", kind="provider", name="pp")
    ProviderFeeRate.objects.create(provider=provider, valid_from=day, ppm=6_000)
    ids = account_ids({("provider_transit", provider.pk), ("split_pending", None)})
    values = {
        "day": day, "now": NOON, "provider": provider.pk, "rows": ROWS,
        "debit": ids["provider_transit", provider.pk], "credit": ids["split_pending", None],
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BOOKED, values)
        for table in ("trade", "tradereference"):
            cursor.execute(f"ANALYZE settlement_{table}")
    return StatementAccount.objects.create(
        source="wechat", number=NUMBER, institution=provider, begins_on=day
    )


def provider_rows() -> list:
    from orders.simulator.bills.rows import BillRow, fee_of

    amounts = (100 + (n * 7919) % 900000 for n in range(1, ROWS + 1))
    return [
        BillRow("payment", f"HT{n:010d}-U1", f"42{n:022d}", "", "", fen, fee_of(fen),
                NOON + timedelta(seconds=n % 30_000), "手机, 黑色 128G")
        for n, fen in enumerate(amounts, start=1)
    ]  # fmt: skip


def spoilt(rows: list) -> tuple[list, dict[str, int]]:
    """Rows of which one in a hundred is wrong, and how many breaks of each kind that must give."""
    kept = []
    for n, row in enumerate(rows):
        kind = n % EVERY
        if kind == 0:
            continue
        if kind in (1, 2):
            row = replace(row, amount_fen=row.amount_fen + (37 if kind == 1 else -37))
        elif kind == 3:
            row = replace(row, fee_fen=row.fee_fen + 500)
        elif kind == 4:
            kept.append(replace(row, out_trade_no=f"X{n}", transaction_id=f"42{n + 10**9:022d}"))
        kept.append(row)
    each = len(rows) // EVERY
    kinds = ("missing_there", "amount_over", "amount_short", "fee_mismatch", "missing_here")
    return kept, dict.fromkeys(kinds, each)


def parse(source: str, content: bytes, expected) -> int:
    from settlement.gateways import bills

    return sum(1 for _row in bills.read(source, content, expected).rows)


def measure() -> dict:
    from django.db.models import Count

    from members.actors import SYSTEM
    from orders.simulator.bills import alipay, unionpay, wechat
    from settlement.gateways import bills
    from settlement.models import ReconBreak
    from settlement.services import business_day
    from settlement.services.reconciliation import loading, matching

    day = business_day.open_first(now=NOON)
    account, _seconds = timed("preparation: trades", lambda: book(day))
    rows, wanted = spoilt(provider_rows())
    content = wechat.all_bill(rows, merchant=NUMBER)
    print(f"bill: {len(rows):,} rows, {len(content) / 1e6:.1f} MB", flush=True)
    whole = unionpay.totals(rows)
    told = {
        "wechat": (content, bills.Expected(NUMBER, day)),
        "alipay": (alipay.trade_bill(rows, account=NUMBER, day=day), bills.Expected(NUMBER, day)),
        "unionpay": (unionpay.detail(rows, merchant=NUMBER), bills.Expected(NUMBER, day, *whole)),
    }
    read = {
        name: timed(f"read and check, {name}", lambda name=name: parse(name, *told[name]))[1] for name in told
    }
    batch, load = timed(
        "read, check and load",
        lambda: loading.load_bill(
            actor=SYSTEM, account_id=account.pk, day=day, content=content, file_name="bench", now=NOON
        ),
    )
    batch, match = timed("compare", lambda: matching.match(batch_id=batch.pk, now=NOON))
    _batch, again = timed("compare again", lambda: matching.match(batch_id=batch.pk, now=NOON))
    found = dict(ReconBreak.objects.values_list("kind").annotate(n=Count("pk")))
    return {
        "rows": len(rows),
        "matched": batch.matched_count,
        "read_rows_per_second": {name: round(ROWS / seconds) for name, seconds in read.items()},
        "load_seconds": round(load, 2),
        "compare_seconds": round(match, 2),
        "compare_rows_per_second": round(ROWS / match),
        "whole_rows_per_second": round(ROWS / (load + match)),
        "again_seconds": round(again, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "wrong": {kind: (wanted.get(kind), found.get(kind)) for kind in wanted.keys() | found.keys()
                  if wanted.get(kind) != found.get(kind)},
    }  # fmt: skip


def main() -> None:
    headline(f"A bill of {ROWS:,} rows against as many trades")
    with scratch_database("reconciliation"):
        figures = measure()
    result(figures)
    sys.exit(1 if figures["wrong"] else 0)


if __name__ == "__main__":
    main()
