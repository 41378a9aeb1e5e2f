"""Entries of the audit trail that commit at the same instant stand one after the other in the chain."""

from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from members.actors import SYSTEM
from settlement.models import AuditLink
from settlement.queries import audit_trail as trail
from settlement.services import audit_trail
from tests.support.at_once import at_once, numbered

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
WRITERS, ROUNDS = 6, 8
UNLOCKED = """
CREATE OR REPLACE FUNCTION settlement_link_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    latest record;
BEGIN
    SELECT number, hash INTO latest FROM settlement_auditlink ORDER BY number DESC LIMIT 1;
    PERFORM pg_sleep(0.005);
    INSERT INTO settlement_auditlink (number, entry_id, hash) VALUES (
        coalesce(latest.number, 0) + 1, NEW.id, settlement_audit_hash(coalesce(latest.hash, ''), NEW));
    RETURN NULL;
END $$;
"""


def write_together() -> list[Exception]:
    """Every writer's refusals; they meet before each round."""
    barrier, refused = Barrier(WRITERS), []

    def write(number: int) -> None:
        for turn in range(ROUNDS):
            barrier.wait(timeout=20)
            try:
                with transaction.atomic():
                    audit_trail.record(actor=SYSTEM, action="day.closed", subject=f"{number} {turn}", now=NOW)
            except IntegrityError as error:
                refused.append(error)

    at_once(*numbered(write, WRITERS))
    return refused


def test_no_two_entries_take_the_same_place(transactional_db):
    assert write_together() == []
    numbers = list(AuditLink.objects.values_list("number", flat=True))
    assert numbers == list(range(1, WRITERS * ROUNDS + 1))
    assert trail.verify().broken == ()


@pytest.mark.owner
def test_the_race_is_real_without_the_lock(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute(UNLOCKED)
    assert write_together()
