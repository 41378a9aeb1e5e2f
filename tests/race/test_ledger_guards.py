"""Each guard of the ledger: refused with it; with the guard dropped the same statement succeeds."""

import io
from datetime import UTC, date, datetime
from functools import partial

import psycopg2
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from settlement.grants import LEDGER_TABLES, restrict
from settlement.models import Journal, SettlementChunk
from settlement.services import business_day
from settlement.services.posting import JournalDiffers, Leg, NotBalanced, post_journal

# The guards hold for the owner of the tables too; the application's role may do less still.
pytestmark = pytest.mark.owner

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
DAY = date(2026, 11, 21)
PARTITION = "settlement_posting_202611"


def execute(statement: str, params=None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def post(key: str = "a", amount: int = 100) -> int:
    legs = (Leg("bank", None, amount), Leg("suspense", None, -amount))
    return post_journal(key=key, kind="test", legs=legs, business_date=DAY, original_date=DAY, now=NOW)[0]


def add_leg(journal_id: int, amount: int = 5, day: date = DAY) -> None:
    execute(
        "INSERT INTO settlement_posting (journal_id, account_id, amount_fen, channel, business_date)"
        " SELECT %s, min(id), %s, '', %s FROM settlement_ledgeraccount",
        [journal_id, amount, day],
    )


def unbalanced() -> None:
    with transaction.atomic():
        execute(
            "INSERT INTO settlement_journal"
            " (key, payload_hash, kind, business_date, original_date, booked_at)"
            " VALUES ('lame', '', 'test', %s, %s, %s)", [DAY, DAY, NOW],
        )  # fmt: skip
        add_leg(Journal.objects.get(key="lame").pk)


@pytest.fixture
def books(transactional_db):
    """An open day and one journal, committed."""
    business_day.open_first(now=NOW)
    return post()


def refused(action, match: str) -> None:
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        action()


def allowed_without(drop: str, action) -> None:
    """The control: with the guard gone the same action goes through. All of it is rolled back."""
    with transaction.atomic():
        execute(drop)
        action()
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


CHANGES = [
    (f"{verb} {table}", table)
    for table in (*LEDGER_TABLES, PARTITION)
    for verb in ("UPDATE", "DELETE FROM", "TRUNCATE")
]


def change(statement: str, table: str) -> str:
    if statement.startswith("UPDATE"):
        return f"UPDATE {table} SET id = id"
    return f"{statement} CASCADE" if statement.startswith("TRUNCATE") else statement


def test_a_booked_row_is_never_changed(books):
    for statement, table in CHANGES:
        refused(partial(execute, change(statement, table)), "append-only")


def test_without_the_guard_it_would_be(books):
    for statement, table in CHANGES:
        if not statement.startswith("TRUNCATE"):
            drops = f"DROP TRIGGER settlement_append_only ON {table};"
            if table == "settlement_journal":
                drops += "ALTER TABLE settlement_posting DROP CONSTRAINT settlement_posting_journal_id_fkey;"
            allowed_without(drops, partial(execute, change(statement, table)))


def test_truncate_of_a_partition_needs_its_own_trigger(books):
    refused(lambda: execute(f"TRUNCATE {PARTITION}"), "append-only")
    allowed_without(
        f"DROP TRIGGER settlement_append_only ON {PARTITION}", lambda: execute(f"TRUNCATE {PARTITION}")
    )


NO_BALANCE = (
    "DROP TRIGGER settlement_journal_balance ON settlement_journal;"
    "DROP TRIGGER settlement_postings_check ON settlement_posting"
)


def test_a_journal_that_does_not_balance_is_refused(books):
    refused(unbalanced, "is off by 5 CNY")
    allowed_without(NO_BALANCE, unbalanced)


def test_the_deferred_guard_alone_refuses_it_too(books):
    def at_the_end():
        execute("DROP TRIGGER settlement_postings_check ON settlement_posting")
        unbalanced()
        execute("SET CONSTRAINTS ALL IMMEDIATE")

    refused(at_the_end, "is off by 5 CNY")


def slipped_in() -> None:
    """A balanced journal is checked early; then comes one leg more."""
    journal_id = post("early")
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute("SET CONSTRAINTS ALL DEFERRED")
    add_leg(journal_id)


def test_nothing_slips_in_after_an_early_check(books):
    refused(slipped_in, "is off by 5 CNY")
    allowed_without("DROP TRIGGER settlement_postings_check ON settlement_posting", slipped_in)


def into_the_month(journal_id: int) -> None:
    execute(
        f"INSERT INTO {PARTITION} (journal_id, account_id, amount_fen, channel, business_date)"
        " SELECT %s, min(id), 5, '', %s FROM settlement_ledgeraccount",
        [journal_id, DAY],
    )


def test_a_month_addressed_directly_is_guarded_too(books):
    def after_an_early_check():
        journal_id = post("direct")
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        into_the_month(journal_id)

    refused(after_an_early_check, "is off by 5 CNY")
    refused(lambda: into_the_month(books), "no leg can be added")
    allowed_without(f"DROP TRIGGER settlement_postings_check ON {PARTITION}", after_an_early_check)


def test_a_copy_of_legs_is_guarded_like_an_insert(books):
    def copied():
        journal_id = post("copied")
        row = f"{journal_id}\t1\t5\t\t{DAY}\n"
        with connection.cursor() as cursor:
            cursor.copy_expert(
                "COPY settlement_posting (journal_id, account_id, amount_fen, channel, business_date)"
                " FROM STDIN", io.StringIO(row),
            )  # fmt: skip

    with pytest.raises(psycopg2.Error, match="is off by 5 CNY"), transaction.atomic():
        copied()


def test_a_journal_without_legs_is_refused(books):
    def lonely():
        execute(
            "INSERT INTO settlement_journal"
            " (key, payload_hash, kind, business_date, original_date, booked_at)"
            " VALUES ('lonely', '', 'test', %s, %s, %s)", [DAY, DAY, NOW],
        )  # fmt: skip
        execute("SET CONSTRAINTS ALL IMMEDIATE")

    refused(lonely, "has no postings")
    allowed_without("DROP TRIGGER settlement_journal_balance ON settlement_journal", lonely)


def both_legs(journal_id: int) -> None:
    execute(
        "INSERT INTO settlement_posting (journal_id, account_id, amount_fen, channel, business_date)"
        " SELECT %s, min(id), unnest(ARRAY[7, -7]), '', %s FROM settlement_ledgeraccount",
        [journal_id, DAY],
    )


def test_no_leg_is_added_in_a_later_transaction(books):
    refused(lambda: both_legs(books), "no leg can be added")
    allowed_without("DROP TRIGGER settlement_postings_check ON settlement_posting", lambda: both_legs(books))


def test_a_savepoint_is_still_the_same_transaction(books):
    with transaction.atomic():
        with transaction.atomic():
            journal_id = post("b")
        with transaction.atomic():
            both_legs(journal_id)


def test_posting_and_journal_share_their_day(books):
    def elsewhere():
        add_leg(post("c"), 5, date(2026, 11, 22))

    refused(elsewhere, "differ in their business day")
    allowed_without("DROP TRIGGER settlement_postings_check ON settlement_posting", elsewhere)


def test_a_forged_transaction_id_does_not_help(books):
    def forged():
        execute("UPDATE settlement_journal SET xid = pg_current_xact_id()")

    refused(forged, "append-only")


def test_a_day_that_does_not_exist_takes_no_journal(books):
    def elsewhere():
        post_journal(
            key="d", kind="test", legs=(Leg("bank", None, 1), Leg("suspense", None, -1)),
            business_date=date(2026, 11, 1), original_date=DAY, now=NOW,
        )  # fmt: skip

    refused(elsewhere, "takes no journal")
    allowed_without("DROP TRIGGER settlement_journal_stamp ON settlement_journal", elsewhere)


def a_share(chunk: SettlementChunk, day: date = DAY, institution_id: int | None = None) -> None:
    execute(
        "INSERT INTO settlement_trade (source_key, kind, means, channel, order_number, amount_fen,"
        " occurred_at, booked_at, business_date, original_date, journal_id)"
        " SELECT 's', 'freight', 'none', '', '', 5, %s, %s, %s, %s, min(id) FROM settlement_journal",
        [NOW, NOW, DAY, DAY],
    )
    execute(
        "INSERT INTO settlement_tradeshare (trade_id, chunk_id, business_date, role, account_kind,"
        " institution_id, channel, amount_fen)"
        " SELECT max(id), %s, %s, 'platform', 'revenue', %s, '', 5 FROM settlement_trade",
        [chunk.pk, day, institution_id],
    )


NO_SHARES_CHECK = "DROP TRIGGER settlement_shares_check ON settlement_tradeshare"


def test_shares_come_with_their_chunk_while_it_is_worked_off(books):
    chunk = SettlementChunk.objects.create(business_date=DAY, number=1)
    done = SettlementChunk.objects.create(business_date=DAY, number=2, done_at=NOW)
    nobody = SettlementChunk(pk=99)
    for action in (
        partial(a_share, done),
        partial(a_share, chunk, date(2026, 11, 22)),
        partial(a_share, nobody),
    ):
        refused(action, "takes no share")
        allowed_without(NO_SHARES_CHECK, action)


def test_shares_go_to_institutions_that_exist(books):
    action = partial(a_share, SettlementChunk.objects.create(business_date=DAY, number=1), DAY, 12345)
    refused(action, "institution 12345 does not exist")
    allowed_without(NO_SHARES_CHECK, action)


def test_a_chunk_is_never_deleted(books):
    delete = partial(execute, "DELETE FROM settlement_settlementchunk")
    refused(delete, "append-only")
    allowed_without("DROP TRIGGER settlement_keep_chunks ON settlement_settlementchunk", delete)


def test_months_are_made_ahead(books):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits"
            " WHERE inhparent = 'settlement_posting'::regclass ORDER BY 1"
        )
        months = [name.rpartition("_")[2] for (name,) in cursor.fetchall()]
    assert months == ["202611", "202612", "202701"]


def test_the_same_key_with_other_legs_is_refused(books):
    assert post() == books
    with pytest.raises(JournalDiffers):
        post(amount=101)
    assert Journal.objects.count() == 1


def test_unbalanced_legs_are_refused_before_the_database(books):
    with pytest.raises(NotBalanced):
        post_journal(
            key="e", kind="test", legs=(Leg("bank", None, 5),), business_date=DAY, original_date=DAY, now=NOW
        )


def test_the_applications_role_only_adds_and_reads(books):
    role = "settlement_test_role"
    with transaction.atomic():
        execute(f"CREATE ROLE {role}")
        execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")
        with connection.cursor() as cursor:
            restrict(cursor, role)
        execute("SELECT settlement_ensure_partition('2027-01-05')")
        execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        execute(f"SET LOCAL ROLE {role}")
        post("by the role")
        execute("SELECT settlement_ensure_partition('2027-02-05')")
        for statement in ("UPDATE settlement_journal SET kind = kind", "DELETE FROM settlement_posting",
                          "TRUNCATE settlement_posting", f"SELECT * FROM {PARTITION}",
                          "DELETE FROM settlement_posting_202702",
                          "DROP TRIGGER settlement_append_only ON settlement_journal"):  # fmt: skip
            refused(lambda sql=statement: execute(sql), "permission denied|must be owner")
        transaction.set_rollback(True)
