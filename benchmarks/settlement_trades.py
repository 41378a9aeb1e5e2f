"""A night's trades for the measurements: orders with frozen shares, and what they paid, took back and cost.

    TRADES=1000000 python -m benchmarks.within_django benchmarks.settlement_trades     (as the owner)

Of twenty orders, fifteen are paid at once, one over two means, two are paid and take a line or a part of
one back, one stands for a till sale and one for a courier's freight. Everything follows from the seed by
hashing, so two databases filled alike are the same to the byte. Filling is preparation: guards, foreign
keys and secondary indexes are taken off while it loads and put back, validated, afterwards.
"""

import os
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from members.channels import Channel
from members.models import Institution
from settlement import demo
from settlement.models import ProviderFeeRate, SplitRuleVersion
from settlement.services import business_day

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)  # 12:00 in Shanghai
PLACES = {"store": 600, "merchant": 200, "dealer": 150, "warehouse": 30, "courier": 10, "provider": 3}
SHAPES = 600
RULES = ("merchant", "merchant", "dealer", "own-device", "own-sim", "own-accessory")
CHANNELS = [channel for channel in Channel.values if channel != Channel.TILL]
TABLES = (
    "settlement_journal", "settlement_posting", "settlement_trade", "settlement_tradeline",
    "settlement_ordershareterms", "settlement_ordershare",
)  # fmt: skip
PER_ORDER = 1.15  # trades of an order, on average: 17 with one, 3 with two, of twenty

_HASH = "(hashint8extended({0}, {1}) & 2147483647)"


def company() -> None:
    """Institutions, rules and the first open day."""
    root = Institution.objects.create(code="huatong", path="huatong/", kind="carrier", name="huatong")
    places = [
        Institution(
            code=f"{kind}-{n}", path=f"huatong/{kind}-{n}/", kind=kind, name=f"{kind} {n}", parent=root,
            bank_account=f"6222{n:012d}", bank_name="Bank", cnaps=f"{n:012d}",
        )
        for kind, count in PLACES.items() for n in range(count)
    ]  # fmt: skip
    Institution.objects.bulk_create(places)


def open_day(now: datetime) -> None:
    demo.load_rules(now=now)
    for provider in Institution.objects.filter(kind="provider"):
        ProviderFeeRate.objects.create(provider=provider, valid_from=demo.BEGIN, ppm=6_000)


def fill(cursor, *, trades: int, seed: int, now: datetime) -> int:
    """Book about `trades` trades into the open day; how many they became."""
    company()
    open_day(now)
    day = business_day.current_day()
    values = {
        "orders": round(trades / PER_ORDER), "seed": seed, "day": day, "now": now,
        "shapes": SHAPES, "channels": CHANNELS,
        "till": SplitRuleVersion.objects.get(rule__code="till").pk,
    }  # fmt: skip
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _shapes(cursor, values)
    restore = _strip(cursor)
    for statement in (_PLACES, _ORDERS, _LINES, _TERMS, _SHARES, _TRADES, _JOURNALS, _ACCOUNTS, _POSTINGS,
                      _BOOK, _TAKEN_BACK):  # fmt: skip
        cursor.execute(statement, values)
    for statement in restore:
        cursor.execute(statement)
    for table in TABLES:
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 1))"
                       f" FROM {table}")  # fmt: skip
    cursor.execute("SELECT count(*) FROM settlement_trade")
    return cursor.fetchone()[0]


def night() -> datetime:
    """An instant at which the filled day is over and nothing late is waited for."""
    return business_day.cut_off_instant(business_day.business_day_of(NOON)) + timedelta(minutes=15)


def main() -> None:
    """Fill the database with TRADES trades by SEED, and leave it as autovacuum would."""
    with transaction.atomic(), connection.cursor() as cursor:
        made = fill(cursor, trades=int(os.environ["TRADES"]), seed=int(os.environ["SEED"]), now=NOON)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(made)


def _shapes(cursor, values: dict) -> None:
    """Priced lines with the parts that their rule gives: each order's lines are some of these."""
    versions = dict(SplitRuleVersion.objects.values_list("rule__code", "pk"))
    cursor.execute(
        "CREATE TEMP TABLE b_shape (shape int, kind text, version bigint, amount bigint);"
        "CREATE TEMP TABLE b_part (shape int, position smallint, role text, amount bigint)"
    )
    for shape in range(SHAPES):
        rule = RULES[shape % len(RULES)]
        amount = 900 + (shape * 7919 + values["seed"]) % 290_000
        version = versions[rule]
        cursor.execute("INSERT INTO b_shape VALUES (%s, %s, %s, %s)", [shape, rule, version, amount])
        cursor.execute(
            "INSERT INTO b_part SELECT %s, s.* FROM settlement_split(%s, %s, %s, '{}') s",
            [shape, version, amount, amount - amount * 6000 // 1_000_000],
        )


def _strip(cursor) -> list[str]:
    """Take guards, foreign keys and secondary indexes off; the statements that put them back."""
    back = []
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        back.append(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = 'f'", [table],
        )  # fmt: skip
        for name, definition in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            back.insert(0, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for name, definition in _plain_indexes(cursor):
        cursor.execute(f'DROP INDEX "{name}"')
        back.insert(0, definition.replace(" ON ONLY ", " ON "))  # the months of a partitioned table too
    return back


def _plain_indexes(cursor) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE i.indrelid = ANY (%s::regclass[]) AND NOT i.indisunique", [list(TABLES)],
    )  # fmt: skip
    return cursor.fetchall()


_PLACES = """
CREATE TEMP TABLE b_place AS
SELECT kind, row_number() OVER (PARTITION BY kind ORDER BY id) - 1 AS n, id FROM members_institution;
CREATE UNIQUE INDEX ON b_place (kind, n); ANALYZE b_place
"""


def _place(kind: str, n: str, salt: int) -> str:
    number = f"{_HASH.format(n, f'%(seed)s + {salt}')} %% {PLACES[kind]}"
    return f"(SELECT id FROM b_place WHERE kind = '{kind}' AND n = {number})"


_ORDERS = f"""
CREATE TEMP TABLE b_order AS
SELECT o.n, 'HT' || lpad(o.n::text, 10, '0') AS number, o.n %% 20 AS plan,
       {_HASH.format("o.n", "%(seed)s")} AS chance,
       (%(channels)s::text[])[1 + {_HASH.format("o.n", "%(seed)s + 1")} %% {len(CHANNELS)}] AS channel,
       {_place("store", "o.n", 2)} AS store, {_place("warehouse", "o.n", 3)} AS warehouse,
       {_place("courier", "o.n", 4)} AS courier, {_place("provider", "o.n", 5)} AS provider
FROM generate_series(1, %(orders)s) AS o(n);
CREATE INDEX ON b_order (n); ANALYZE b_order
"""

# Four of ten orders have a second line, one of ten a third.
_LINES = f"""
CREATE TEMP TABLE b_line AS
SELECT o.n, l AS number, o.n * 10 + l AS line_id, s.shape, s.kind, s.version, s.amount,
       (SELECT id FROM b_place p WHERE p.kind = s.kind
        AND p.n = {_HASH.format("o.n * 10 + l", "%(seed)s + 7")} %% 150) AS seller
FROM b_order o
CROSS JOIN LATERAL generate_series(1, 1 + (o.chance %% 10 < 4)::int + (o.chance %% 10 = 0)::int) AS l
JOIN b_shape s ON s.shape = {_HASH.format("o.n * 10 + l", "%(seed)s + 6")} %% %(shapes)s
WHERE o.plan < 18;
CREATE INDEX ON b_line (n); ANALYZE b_line
"""

# Nine of ten orders were handed over before the cut-off; the others' shipper is not known yet.
_TERMS = """
INSERT INTO settlement_ordershareterms (id, order_number, channel, province, attributed_id, fulfiller_id,
    courier_id, total_fen, cod, frozen_at, handed_date)
SELECT o.n, o.number, o.channel, '', o.store, CASE WHEN o.chance %% 10 < 9 THEN o.warehouse END,
       CASE WHEN o.chance %% 10 < 9 THEN o.courier END, sum(l.amount), false, %(now)s,
       CASE WHEN o.chance %% 10 < 9 THEN %(day)s::date END
FROM b_order o JOIN b_line l ON l.n = o.n
GROUP BY o.n, o.number, o.channel, o.store, o.chance, o.warehouse, o.courier
"""

_SHARES = """
INSERT INTO settlement_ordershare
    (terms_id, line_id, position, role, institution_id, rule_version_id, amount_fen)
SELECT l.n, l.line_id, p.position, p.role,
       CASE p.role WHEN 'seller' THEN l.seller WHEN 'attributed_store' THEN o.store END, l.version, p.amount
FROM b_order o JOIN b_line l ON l.n = o.n JOIN b_part p ON p.shape = l.shape
ORDER BY l.n, l.line_id, p.position
"""

# step 1: paid, sold or shipped; step 2: the second means, or what was taken back of the first line.
_TRADES = """
CREATE TEMP TABLE b_trade AS
SELECT row_number() OVER (ORDER BY o.n + step * 500, o.n, step) AS id, o.n, step, o.number, o.channel,
       o.store, o.courier, o.provider, o.plan, 'B' || step || ':' || o.n AS source_key,
       CASE WHEN o.plan = 18 THEN 'till_sale' WHEN o.plan = 19 THEN 'freight' WHEN step = 1 OR o.plan = 15
            THEN 'payment' ELSE 'refund' END AS kind,
       CASE o.plan WHEN 18 THEN 300 + o.chance %% 40000 WHEN 19 THEN 600 + o.chance %% 900
            WHEN 15 THEN CASE step WHEN 1 THEN t.total_fen / 3 ELSE t.total_fen - t.total_fen / 3 END
            ELSE CASE step WHEN 1 THEN t.total_fen ELSE -(CASE o.plan WHEN 16 THEN l.amount
                 ELSE l.amount / 2 END) END END AS amount,
       l.line_id
FROM b_order o
CROSS JOIN LATERAL generate_series(1, 1 + (o.plan IN (15, 16, 17))::int) AS step
LEFT JOIN settlement_ordershareterms t ON t.id = o.n
LEFT JOIN b_line l ON l.n = o.n AND l.number = 1;
ANALYZE b_trade
"""

_JOURNALS = """
INSERT INTO settlement_journal (id, key, payload_hash, kind, business_date, original_date, booked_at)
SELECT id, source_key, md5(source_key), kind, %(day)s, %(day)s, %(now)s FROM b_trade ORDER BY id
"""

_ACCOUNTS = """
INSERT INTO settlement_ledgeraccount (kind, institution_id, currency)
SELECT 'provider_transit', id, 'CNY' FROM b_place WHERE kind = 'provider'
UNION ALL SELECT 'store_cash', id, 'CNY' FROM b_place WHERE kind = 'store'
UNION ALL VALUES ('split_pending', NULL::bigint, 'CNY'), ('freight_cost', NULL, 'CNY')
"""

_POSTINGS = """
INSERT INTO settlement_posting (journal_id, account_id, amount_fen, channel, business_date)
SELECT t.id, a.id, side.sign * t.amount, CASE t.kind WHEN 'till_sale' THEN 'till' ELSE t.channel END, %(day)s
FROM b_trade t
CROSS JOIN LATERAL (VALUES
    (1, CASE t.kind WHEN 'till_sale' THEN 'store_cash' WHEN 'freight' THEN 'freight_cost'
        ELSE 'provider_transit' END,
     CASE t.kind WHEN 'till_sale' THEN t.store WHEN 'freight' THEN NULL ELSE t.provider END),
    (-1, 'split_pending', NULL)) AS side(sign, kind, institution_id)
JOIN settlement_ledgeraccount a ON a.kind = side.kind
     AND a.institution_id IS NOT DISTINCT FROM side.institution_id
ORDER BY t.id, side.sign DESC
"""

_BOOK = """
INSERT INTO settlement_trade (id, source_key, kind, means, channel, order_number, payment_id, provider_id,
    collector_id, institution_id, rule_version_id, amount_fen, occurred_at, booked_at, business_date,
    original_date, journal_id)
SELECT t.id, t.source_key, t.kind, CASE t.kind WHEN 'till_sale' THEN 'till' WHEN 'freight' THEN 'none'
            ELSE 'unipay' END,
       CASE t.kind WHEN 'till_sale' THEN 'till' ELSE t.channel END,
       CASE t.kind WHEN 'till_sale' THEN '' ELSE t.number END,
       CASE WHEN t.kind IN ('payment', 'refund') THEN t.n * 10 + (t.plan = 15)::int * t.step END,
       CASE WHEN t.kind IN ('payment', 'refund') THEN t.provider END,
       CASE t.kind WHEN 'till_sale' THEN t.store END,
       CASE t.kind WHEN 'till_sale' THEN t.store WHEN 'freight' THEN t.courier END,
       CASE t.kind WHEN 'till_sale' THEN %(till)s END,
       t.amount, %(now)s, %(now)s, %(day)s, %(day)s, t.id
FROM b_trade t ORDER BY t.id
"""

_TAKEN_BACK = """
INSERT INTO settlement_tradeline (trade_id, order_number, line_id, amount_fen)
SELECT id, number, line_id, -amount FROM b_trade WHERE kind = 'refund' ORDER BY id;
DROP TABLE b_trade, b_line, b_order, b_place, b_shape, b_part
"""
