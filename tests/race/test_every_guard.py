"""Every trigger of settlement has its control: with it the database refuses, without it alone it does not.

Tables that are only added to are found in the database itself; each of the other guards names its control,
and a guard without one fails the test that lists them. pgtrigger's triggers are no guards: with them
pghistory notes what the admin changed.
"""

import re
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from settlement.models import (
    Adjustment,
    FundTransfer,
    ReconBatch,
    ReconBreak,
    ReconEvent,
    Statement,
    TransferEvent,
)
from settlement.services import adjustments, business_day, night, transfers
from settlement.services.posting import Leg
from settlement.services.reconciliation import breaks, signing
from tests.settlement.conftest import world  # noqa: F401
from tests.settlement.statements import Desk
from tests.settlement.world import NOON

# The guards hold for the owner of the tables too.
pytestmark = pytest.mark.owner

DAY = business_day.business_day_of(NOON)
FOLDER = Path(__file__).resolve().parent.parent
DELETE, UPDATE, TRUNCATE = 8, 16, 32  # bits of pg_trigger.tgtype
_TRIGGERS = """
SELECT c.relname, t.tgname, p.proname, t.tgtype FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relname LIKE 'settlement%' AND t.tgname NOT LIKE 'pgtrigger%' ORDER BY 1, 2
"""
_FIRST_COLUMN = """
SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
ORDER BY attnum LIMIT 1
"""
LEDGER, RULES = "race/test_ledger_guards.py", "race/test_rule_guards.py"
AUDIT, HERE = "settlement/test_audit_trail.py", "race/test_every_guard.py"
# (table, trigger): the test that shows the refusal, and that nothing is refused once the guard is gone.
CONTROLS = {
    ("journal", "journal_stamp"): (LEDGER, "test_a_day_that_does_not_exist_takes_no_journal"),
    ("journal", "journal_balance"): (LEDGER, "test_a_journal_without_legs_is_refused"),
    ("posting", "postings_check"): (LEDGER, "test_no_leg_is_added_in_a_later_transaction"),
    ("posting_month", "postings_check"): (LEDGER, "test_a_month_addressed_directly_is_guarded_too"),
    ("tradeshare", "shares_check"): (LEDGER, "test_shares_come_with_their_chunk_while_it_is_worked_off"),
    ("splitrule", "keep_rule"): (RULES, "test_refused_with_the_guard_and_done_without"),
    ("splitruleline", "keep_rule_line"): (RULES, "test_a_line_comes_only_with_its_version"),
    ("splitruleversion", "keep_decided"): (RULES, "test_refused_with_the_guard_and_done_without"),
    ("fundingterm", "keep_decided"): (RULES, "test_refused_with_the_guard_and_done_without"),
    ("providerlimit", "keep_decided"): (RULES, "test_refused_with_the_guard_and_done_without"),
    ("auditentry", "audit_link"): (AUDIT, "test_entries_stand_in_a_chain"),
    ("adjustment", "keep_adjustment"): (HERE, "test_an_adjustment_stays_as_it_was_proposed_and_decided"),
    ("fundtransfer", "guard_transfer"): (HERE, "test_a_transfer_stays_what_it_is"),
    ("fundtransfer", "transfer_history"): (HERE, "test_transfers_write_their_own_history"),
    ("reconbatch", "keep_signed_off"): (HERE, "test_a_signed_comparison_is_final"),
    ("statement", "statement_in_time"): (HERE, "test_a_signed_comparison_takes_no_further_file"),
    ("reconbreak", "guard_break"): (HERE, "test_a_break_stays_what_it_is_about"),
    ("reconbreak", "break_history"): (HERE, "test_breaks_and_comparisons_write_their_own_history"),
    ("reconbatch", "batch_history"): (HERE, "test_breaks_and_comparisons_write_their_own_history"),
    ("reconbatch", "batch_history_change"): (HERE, "test_breaks_and_comparisons_write_their_own_history"),
}


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def triggers() -> list[tuple[str, str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS)
        return cursor.fetchall()


def test_every_guard_has_a_control(db):
    business_day.ensure_partitions(DAY)
    named = set()
    for table, trigger, function, _events in triggers():
        if function != "settlement_refuse_change":
            short = re.sub(r"_\d{6}$", "_month", table.removeprefix("settlement_"))
            named.add((short, trigger.removeprefix("settlement_")))
    assert named == set(CONTROLS)
    for file, test in CONTROLS.values():
        assert f"def {test}(" in (FOLDER / file).read_text(), (file, test)


def statements(table: str, events: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_COLUMN, [table])
        column = cursor.fetchone()[0]
    verbs = {
        UPDATE: f"UPDATE {table} SET {column} = {column}",
        DELETE: f"DELETE FROM {table}",
        TRUNCATE: f"TRUNCATE {table} CASCADE",
    }
    return [verb for bit, verb in verbs.items() if events & bit]


@contextmanager
def alone(table: str, trigger: str, *, armed: bool):
    """No trigger of settlement but this one, or not even this one; all are back afterwards."""
    with transaction.atomic():
        for other in {name for name, *_rest in triggers()}:
            execute(f"ALTER TABLE {other} DISABLE TRIGGER USER")
        if armed:
            execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
        yield
        transaction.set_rollback(True)


def test_what_is_only_added_to_refuses_every_change_by_its_own_trigger(db):
    business_day.ensure_partitions(DAY)
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    kept = [row for row in triggers() if row[2] == "settlement_refuse_change"]
    assert len(kept) > 20
    for table, trigger, _function, events in kept:
        asked = statements(table, events)
        assert asked, (table, trigger)
        with alone(table, trigger, armed=True):
            for statement in asked:
                with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                    execute(statement)
        with alone(table, trigger, armed=False):
            for statement in asked:
                execute(statement)


@contextmanager
def without(table: str, *names: str):
    """These guards of a table are gone; they and whatever was done come back afterwards."""
    with transaction.atomic():
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            execute(f"ALTER TABLE settlement_{table} DISABLE TRIGGER settlement_{name}")
        yield
        transaction.set_rollback(True)


def kept_by(table: str, name: str, actions, match: str) -> None:
    for action in actions:
        with pytest.raises(DatabaseError, match=match), transaction.atomic():
            action()
        with without(table, name):
            action()


def sql(*texts: str) -> list:
    return [partial(execute, text) for text in texts]


def test_an_adjustment_stays_as_it_was_proposed_and_decided(world):  # noqa: F811
    made = adjustments.propose(
        actor=world.clerk, legs=(Leg("bank", None, 5), Leg("suspense", None, -5)), reason="interest",
        original_date=DAY, now=NOON,
    )  # fmt: skip
    mine = f"WHERE id = {made.pk}"
    bare = Adjustment.objects.create(
        reason="x", original_date=DAY, proposed_by_id=world.clerk.user_id, proposed_at=NOON
    )
    proposed = sql(
        f"UPDATE settlement_adjustment SET reason = 'other' {mine}",
        f"UPDATE settlement_adjustment SET original_date = original_date - 1 {mine}",
        f"UPDATE settlement_adjustment SET proposed_by_id = {world.lead.user_id} {mine}",
        f"DELETE FROM settlement_adjustment WHERE id = {bare.pk}",
    )
    kept_by("adjustment", "keep_adjustment", proposed, "is kept as it is")
    adjustments.confirm(actor=world.lead, adjustment_id=made.pk, now=NOON)
    decided = sql(f"UPDATE settlement_adjustment SET answer = 'no' {mine}")
    kept_by("adjustment", "keep_adjustment", decided, "is kept as it is")


@pytest.fixture
def netted(world):  # noqa: F811
    for code in ("st-1", "st-2"):
        number = world.order(("merchant_goods", "mc", 400_00), store=code)
        world.confirm(number)
        world.pay(number)
    night.run_due(now=world.tomorrow())
    return world


def propose(company) -> None:
    transfers.propose_transfers(actor=company.clerk, day=DAY, now=company.now)


def test_a_transfer_stays_what_it_is(netted):
    propose(netted)
    actions = sql(
        "UPDATE settlement_fundtransfer SET amount_fen = amount_fen + 1",
        "UPDATE settlement_fundtransfer SET account_number = '6222'",
        f"UPDATE settlement_fundtransfer SET state = 'confirmed', confirmed_by_id = {netted.lead.user_id}",
    )
    assert FundTransfer.objects.exists()
    kept_by("fundtransfer", "guard_transfer", actions, "transfer")


def test_transfers_write_their_own_history(netted):
    with without("fundtransfer", "transfer_history"):
        propose(netted)
        assert not TransferEvent.objects.exists()
    propose(netted)
    assert TransferEvent.objects.count() == FundTransfer.objects.count() > 0


@pytest.fixture
def lost(world):  # noqa: F811
    """A payment that the provider's bill does not show: one break."""
    desk = Desk(world)
    desk.pay(50_00)
    desk.load("wechat", [])
    desk.found = ReconBreak.objects.get()
    return desk


def signed(desk) -> ReconBatch:
    now = desk.world.tomorrow()
    breaks.resolve(actor=desk.world.clerk, ids=[desk.found.pk], how="claim", note="asked", now=now)
    night.run_due(now=now)
    return signing.sign_off(actor=desk.world.lead, batch_id=desk.found.batch_id, now=now)


def test_a_signed_comparison_is_final(lost):
    batch = signed(lost)
    change = sql(f"UPDATE settlement_reconbatch SET changed_by = 'x' WHERE id = {batch.pk}")
    kept_by("reconbatch", "keep_signed_off", change, "is kept as it was signed off")


def test_a_signed_comparison_takes_no_further_file(lost):
    batch = signed(lost)
    known = Statement.objects.get(batch=batch)

    def another() -> None:
        known.pk, known.sha256, known.format = None, "0" * 64, "wechat_success"
        known.save(force_insert=True)

    kept_by("statement", "statement_in_time", [another], "takes no file")


def test_a_break_stays_what_it_is_about(lost):
    actions = sql(
        "UPDATE settlement_reconbreak SET ours_fen = ours_fen + 1",
        "UPDATE settlement_reconbreak SET bill_date = bill_date - 1",
    )
    kept_by("reconbreak", "guard_break", actions, "cannot change")


def test_breaks_and_comparisons_write_their_own_history(lost):
    batch = ReconBatch.objects.get()
    for table, names, change, is_told in (
        ("reconbreak", ["break_history"], "UPDATE settlement_reconbreak SET note = 'x'", True),
        ("reconbatch", ["batch_history_change"], "UPDATE settlement_reconbatch SET state = 'matched'", True),
    ):
        before = ReconEvent.objects.count()
        with without(table, *names):
            execute(change)
            assert ReconEvent.objects.count() == before
        execute(change)
        assert (ReconEvent.objects.count() > before) is is_told

    def another(number: int) -> None:
        copy = ReconBatch.objects.get(pk=batch.pk)
        copy.pk, copy.bill_date = None, copy.bill_date.replace(day=number)
        copy.save(force_insert=True)

    before = ReconEvent.objects.count()
    with without("reconbatch", "batch_history"):
        another(1)
        assert ReconEvent.objects.count() == before
    another(2)
    assert ReconEvent.objects.count() == before + 1
