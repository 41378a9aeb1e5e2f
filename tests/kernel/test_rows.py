"""Rows of several models in one statement: the same rows as Django writes, and the same refusals."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from omnichannel.kernel import prepared, rows
from omnichannel.kernel.models import IdempotencyRecord, OutboxMessage

TRICKY = ["plain", 'with "quotes" and \\ and {braces}, commas', "", "NULL", "两个\n词 😀", " edge "]


def record(key: str, **values) -> IdempotencyRecord:
    given = {"caller": "t", "route": "t", "body_hash": "h", "status": 1, "answer": {"a": [key, None]}}
    return IdempotencyRecord(key=key, created_at=datetime(2026, 11, 22, 3, 4, 5, 6, UTC), **given | values)


def message(key: str) -> OutboxMessage:
    return OutboxMessage(
        topic="t", key=key, subscriber="s", payload={"k": key}, dedupe=key, occurred_at=timezone.now(),
        run_at=timezone.now(),
    )  # fmt: skip


@pytest.mark.django_db
def test_two_models_in_one_statement_read_as_they_were_written(django_assert_num_queries):
    records, messages = [record(key) for key in TRICKY], [message("one"), message("two")]
    rows.write(records, messages)
    with django_assert_num_queries(1):
        rows.write([record("a"), record("b")], [message("three"), message("four")])
    assert all(not each._state.adding for each in (*records, *messages))
    for key in TRICKY:
        found = IdempotencyRecord.objects.get(key=key)
        assert (found.answer, found.created_at) == ({"a": [key, None]}, records[0].created_at)
    assert [OutboxMessage.objects.get(key=each.key).pk for each in messages] == [m.pk for m in messages]
    assert messages[0].created_at is not None


@pytest.mark.django_db
def test_what_breaks_a_constraint_is_refused_or_left_out():
    rows.write([message("one")])
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.write([record("a")], [message("one")])
    assert not IdempotencyRecord.objects.exists()
    rows.write([message("one"), message("two")], skip_known=True)
    assert OutboxMessage.objects.count() == 2


@pytest.mark.django_db
def test_a_text_too_long_is_refused_and_not_cut():
    with pytest.raises(DataError), transaction.atomic():
        rows.write([record("a", caller="c" * 81)])


@pytest.mark.django_db
def test_nothing_is_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        rows.write([], [])


@pytest.mark.django_db
def test_an_array_is_read_as_it_was_meant():
    values = [*TRICKY, None]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[], %s::numeric[], %s::bool[]", [
            rows.literal(values), rows.literal([Decimal("1.50"), 2, None]), rows.literal([True, False, None]),
        ])  # fmt: skip
        assert cursor.fetchone() == (values, [Decimal("1.50"), 2, None], [True, False, None])


@pytest.mark.django_db
def test_without_prepared_statements_it_is_the_same(settings):
    settings.PREPARED_STATEMENTS = False
    rows.write([record("a")], [message("one")])
    found = prepared.instances(IdempotencyRecord, "WHERE key = %(key)s", {"key": "a"})
    assert [(each.answer, each.status) for each in found] == [({"a": ["a", None]}, 1)]


@pytest.fixture
def waiting(transactional_db):
    """A session whose commits wait for the disk, also on a server that is made for tests."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO on")
        yield
        cursor.execute("RESET synchronous_commit")


def test_what_may_be_lost_does_not_wait_for_the_disk_and_nothing_else_is_hurried(waiting):
    how = "SELECT current_setting(%(name)s) AS now"
    name = {"name": "synchronous_commit"}
    assert prepared.rows(prepared.later(f"{how} WHERE {{later}}"), name) == [{"now": "off"}]
    assert prepared.rows(how, name) == [{"now": "on"}]
    with transaction.atomic():
        assert rows.write([record("a")], later=True) == 1
        assert prepared.rows(how, name) == [{"now": "on"}]
