"""The audit trail: what is written stays, stands in an unbroken chain, and names nobody's phone."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from members.actors import SYSTEM, Actor, Grant
from settlement.grants import restrict
from settlement.models import AuditEntry, AuditLink
from settlement.queries import audit_trail as trail
from settlement.services import audit_trail

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
TABLES = ("settlement_auditentry", "settlement_auditlink", "settlement_costimport", "settlement_costline")


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def keep(subject: str = "transfer T1", **more) -> AuditEntry:
    return audit_trail.record(
        actor=SYSTEM, action="transfer.confirmed", subject=subject, details=more, now=NOW
    )


def refused(action, match: str) -> None:
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        action()


def allowed_without(drop: str, action) -> None:
    """The control: with the guard gone the same statement goes through; all of it is rolled back."""
    with transaction.atomic():
        execute(drop)
        action()
        transaction.set_rollback(True)


@pytest.mark.owner
@pytest.mark.parametrize("table", TABLES)
def test_nobody_edits_what_is_written(transactional_db, table):
    keep()
    key = "number" if table == "settlement_auditlink" else "id"
    for verb in (f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"):
        refused(partial(execute, verb), "append-only")
        allowed_without(f"DROP TRIGGER settlement_append_only ON {table}", partial(execute, verb))
    refused(partial(execute, f"TRUNCATE {table} CASCADE"), "append-only")


@pytest.mark.owner
def test_the_applications_role_adds_and_reads_and_never_links(transactional_db):
    role = "settlement_audit_role"
    with transaction.atomic():
        execute(f"CREATE ROLE {role}")
        execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")
        with connection.cursor() as cursor:
            restrict(cursor, role)
        execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        execute(f"SET LOCAL ROLE {role}")
        kept = keep()
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert AuditLink.objects.get(entry=kept).number == 1
        for statement in (
            "UPDATE settlement_auditentry SET role = ''", "DELETE FROM settlement_auditentry",
            "TRUNCATE settlement_auditentry CASCADE", "INSERT INTO settlement_auditlink VALUES (9, '', 1)",
            "DROP TRIGGER settlement_audit_link ON settlement_auditentry",
            "ALTER TABLE settlement_auditentry DISABLE TRIGGER ALL",
        ):  # fmt: skip
            refused(partial(execute, statement), "permission denied|must be owner")
        transaction.set_rollback(True)


def test_entries_stand_in_a_chain(transactional_db):
    for number in range(3):
        keep(f"transfer T{number}", amount_fen=number)
    assert list(AuditLink.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert len(set(AuditLink.objects.values_list("hash", flat=True))) == 3
    assert trail.verify() == trail.Verified(entries=3, broken=())


TAMPERED = {
    "changed": "UPDATE settlement_auditentry SET details = '{}' WHERE subject = 'transfer T1'",
    "missing": "DELETE FROM settlement_auditlink WHERE number = 2; DELETE FROM settlement_auditentry"
    " WHERE subject = 'transfer T1'",
    "slipped in": "INSERT INTO settlement_auditentry (at, actor_name, role, action, subject, details)"
    " VALUES (now(), 'x', '', 'x', 'x', '{}')",
}


@pytest.mark.owner
@pytest.mark.parametrize("how", TAMPERED)
def test_whoever_drops_the_guards_is_found(transactional_db, how):
    for number in range(3):
        keep(f"transfer T{number}", amount_fen=number)
    with transaction.atomic():
        execute(
            "DROP TRIGGER settlement_append_only ON settlement_auditentry;"
            "DROP TRIGGER settlement_append_only ON settlement_auditlink;"
            "DROP TRIGGER settlement_audit_link ON settlement_auditentry"
        )
        execute(TAMPERED[how])
        assert trail.verify().broken
        transaction.set_rollback(True)


def test_a_refused_deed_leaves_no_entry(transactional_db):
    with transaction.atomic():
        keep()
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_who_in_which_role(db):
    actor = Actor(
        user_id=None,
        name="Li Na",
        grants=frozenset({Grant("partner", 1, "a/"), Grant("finance_lead", 1, "a/")}),
    )
    kept = audit_trail.record(
        actor=actor,
        action="file.exported",
        subject="q=13812345678",
        details={"q": ["13812345678", 7]},
        now=NOW,
    )
    assert (kept.actor_name, kept.role) == ("Li Na", "finance_lead")
    assert kept.subject == "q=138****5678"
    assert kept.details == {"q": ["138****5678", 7]}
