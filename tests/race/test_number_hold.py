"""Eight shoppers press the same number at once: one holds it, seven are told that it is taken."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection

from catalog.models import Number, NumberHold
from catalog.services import numbers
from tests.support.at_once import at_once, numbered
from tests.support.range import a_number, a_pool

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
SHOPPERS = 8

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def press(shopper: int) -> str:
    try:
        numbers.hold(msisdn=a_number(), holder=f"visit:{shopper}", now=NOW)
    except IntegrityError:
        return "refused by the database"
    return "held"


def rush() -> list[str]:
    return sorted(at_once(*numbered(press, SHOPPERS)))


def without_the_row_lock(monkeypatch) -> None:
    """As somebody would write it first: read, look, write, with the others in between."""
    meet = threading.Barrier(SHOPPERS)

    def unlocked(msisdn):
        number = Number.objects.get(pk=msisdn)
        meet.wait(timeout=20)
        return number

    monkeypatch.setattr(numbers, "_locked", unlocked)


def test_one_holds_and_seven_are_told(transactional_db):
    a_pool()
    assert rush() == ["held"] + ["number_taken"] * (SHOPPERS - 1)
    assert NumberHold.objects.filter(ended_at=None).count() == 1


def test_without_the_lock_the_database_still_lets_one_through(transactional_db, monkeypatch):
    a_pool()
    without_the_row_lock(monkeypatch)
    answers = rush()
    assert answers.count("held") == 1
    assert NumberHold.objects.filter(ended_at=None).count() == 1


@pytest.mark.owner
def test_the_race_is_real_without_lock_and_constraint(transactional_db, monkeypatch):
    a_pool()
    without_the_row_lock(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX number_one_hold")
    assert rush().count("held") > 1
