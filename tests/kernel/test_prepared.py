"""Statements planned once per connection: same answer as cursor.execute, one PREPARE, safe to roll back."""

import pytest
from django.db import connection, transaction

from omnichannel.kernel import prepared

SUM = "SELECT %(a)s::int + %(b)s::int AS sum, %(a)s::int AS first, '5%%' AS share"
KNOWN = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"


def kept(text: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [f"%{text}%"])
        return cursor.fetchone()[0]


@pytest.fixture(autouse=True)
def _on(settings, db):
    settings.PREPARED_STATEMENTS = True


def test_named_values_are_found_by_name_and_a_percent_sign_stays():
    assert prepared.rows(SUM, {"b": 2, "a": 40}) == [{"sum": 42, "first": 40, "share": "5%"}]


def test_a_connection_prepares_a_statement_once():
    sql = "SELECT %(n)s::int AS once_only"
    for number in (1, 2, 3):
        assert prepared.rows(sql, {"n": number}) == [{"once_only": number}]
    assert kept("AS once_only") == 1


def test_switched_off_nothing_is_prepared(settings):
    settings.PREPARED_STATEMENTS = False
    assert prepared.rows("SELECT %(n)s::int AS unprepared", {"n": 7}) == [{"unprepared": 7}]
    assert kept("AS unprepared") == 0


def test_a_statement_first_run_in_a_transaction_that_was_rolled_back_is_known_and_runs_again():
    sql = "SELECT %(n)s::int AS after_rollback"
    with transaction.atomic():
        prepared.rows(sql, {"n": 1})
        transaction.set_rollback(True)
    assert prepared.rows(sql, {"n": 2}) == [{"after_rollback": 2}]
    assert kept("AS after_rollback") == 1


def test_a_value_is_never_part_of_the_statement():
    assert prepared.rows("SELECT %(word)s::text AS word", {"word": "'); DROP TABLE x; --"}) == [
        {"word": "'); DROP TABLE x; --"}
    ]
