"""Two payments at once with the last points: one of them gets them."""

from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from members.models import PointsAccount, PointsLot, PointsTxn
from members.services import points, points_book
from members.services.membership import join
from tests.support.at_once import at_once, numbered

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
THREADS = 4
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def member_id() -> int:
    member_id = join(phone="13812345678", channel="web", now=NOW)
    points.earn(member_id=member_id, points=100, reference="o1", now=NOW)
    return member_id


def burn_at_once(member_id: int) -> list[str]:
    def burn(number: int) -> str:
        points.burn(member_id=member_id, points=100, reference=f"b{number}", now=NOW)
        return "spent"

    return at_once(*numbered(burn, THREADS))


def spent() -> int:
    return -sum(PointsTxn.objects.filter(kind="burn").values_list("points", flat=True))


def test_the_last_points_are_spent_once(member_id):
    outcomes = burn_at_once(member_id)
    assert sorted(outcomes) == ["not_enough_points"] * (THREADS - 1) + ["spent"]
    assert spent() == 100
    assert PointsLot.objects.get().remaining == 0


@pytest.mark.owner
def test_the_race_is_real_without_our_guards(member_id, monkeypatch):
    """No account lock and no CHECK: more than one payment gets the same points."""
    both_have_looked = Barrier(THREADS)
    take = points_book.take

    def take_after_all_have_looked(*args) -> None:
        both_have_looked.wait(timeout=20)
        take(*args)

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE members_pointslot DROP CONSTRAINT points_lot_remaining")
        cursor.execute("ALTER TABLE members_pointslot DROP CONSTRAINT members_pointslot_remaining_check")
    monkeypatch.setattr(points, "locked_account", lambda member_id: PointsAccount.objects.get(pk=member_id))
    monkeypatch.setattr(points, "take", take_after_all_have_looked)
    assert burn_at_once(member_id) == ["spent"] * THREADS
    assert spent() == 100 * THREADS
