"""Points are lots: earned, spent oldest first, returned, taken back, lapsed; never spent twice."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from members import queries
from members.models import PointsAllocation, PointsLot, PointsTxn
from members.services import points
from members.services.points_book import expiry
from omnichannel.kernel import clock, outbox
from orders.queries import invariants

pytestmark = pytest.mark.django_db
MONTHS = 24


@pytest.fixture
def facts(monkeypatch):
    """What was published."""
    seen = []
    monkeypatch.setattr(outbox, "publish", lambda *news: seen.extend(news))
    return seen


def balance(member, at):
    return queries.points_balance(member.pk, day=clock.local_day(at))


def holds(member) -> bool:
    """The books agree: changes add up to what is left less the debt."""
    lots = sum(PointsLot.objects.filter(account=member.pk).values_list("remaining", flat=True))
    changes = PointsTxn.objects.filter(account=member.pk).values_list("points", "debt_change")
    debt = member.points_account.__class__.objects.get(pk=member.pk).debt
    return sum(row[0] for row in changes) == lots - debt and sum(row[1] for row in changes) == debt


def later(now, months=0, days=0):
    return now + timedelta(days=30.5 * months + days)


def test_earned_points_can_be_spent(member, now, facts):
    points.earn(member_id=member.pk, points=500, reference="o1", now=now)
    points.burn(member_id=member.pk, points=200, reference="o2", now=now)
    assert balance(member, now).spendable == 300
    assert [type(fact).__name__ for fact in facts] == ["PointsEarned", "PointsBurned"]
    assert (facts[1].points, facts[1].value_fen, facts[1].reference) == (200, 200, "o2")
    assert holds(member)


def test_more_than_there_is_is_refused_whole(member, now):
    points.earn(member_id=member.pk, points=500, reference="o1", now=now)
    with pytest.raises(points.NotEnoughPoints) as refusal:
        points.burn(member_id=member.pk, points=501, reference="o2", now=now)
    assert (refusal.value.code, refusal.value.facts) == (
        "not_enough_points",
        {"spendable": 500, "wanted": 501},
    )
    assert balance(member, now).balance == 500


@pytest.mark.parametrize("wrong", [0, -5, 2**40, True])
def test_a_number_of_points_is_above_zero(member, now, wrong):
    with pytest.raises(points.PointsInvalid):
        points.earn(member_id=member.pk, points=wrong, reference="o1", now=now)


def test_a_reference_counts_once(member, now, facts):
    first = points.earn(member_id=member.pk, points=500, reference="o1", now=now)
    assert points.earn(member_id=member.pk, points=500, reference="o1", now=now) == first
    spent = points.burn(member_id=member.pk, points=100, reference="o2", now=now)
    assert points.burn(member_id=member.pk, points=100, reference="o2", now=now) == spent
    back = points.return_burn(reference="o2", now=now)
    assert points.return_burn(reference="o2", now=now) == back
    taken = points.claw_back(reference="o1", now=now)
    assert points.claw_back(reference="o1", now=now) == taken
    assert balance(member, now).balance == 0
    assert len(facts) == 4


def test_what_lapses_first_is_spent_first(member, now):
    points.earn(member_id=member.pk, points=100, reference="new", now=later(now, months=2))
    points.earn(member_id=member.pk, points=100, reference="old", now=now)
    points.burn(member_id=member.pk, points=150, reference="b", now=later(now, months=2))
    left = dict(PointsLot.objects.values_list("txn__reference", "remaining"))
    assert left == {"old": 0, "new": 50}


def test_points_wait_for_their_day(member, now):
    points.earn(member_id=member.pk, points=100, reference="o1", available_from=date(2026, 12, 1), now=now)
    assert (balance(member, now).balance, balance(member, now).spendable) == (100, 0)
    with pytest.raises(points.NotEnoughPoints):
        points.burn(member_id=member.pk, points=1, reference="b", now=now)
    points.burn(member_id=member.pk, points=1, reference="b", now=later(now, days=10))


def test_the_last_day_counts_and_the_day_after_does_not(member, now, facts):
    points.earn(member_id=member.pk, points=100, reference="o1", now=now)
    last = PointsLot.objects.get().expires_on
    assert last == date(2028, 11, 21)
    _begin, end = clock.day_bounds(last)
    assert balance(member, end - timedelta(seconds=1)).balance == 100
    assert balance(member, end).balance == 0
    assert points.lapse_due(now=end - timedelta(seconds=1)) == 0
    assert points.lapse_due(now=end) == 1
    assert points.lapse_due(now=end) == 0
    assert type(facts[-1]).__name__ == "PointsLapsed"
    assert holds(member)


def test_months_end_where_the_month_ends():
    assert expiry(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert expiry(date(2026, 12, 31), 2) == date(2027, 2, 28)


def test_a_return_goes_back_to_its_lots(member, now):
    points.earn(member_id=member.pk, points=100, reference="a", now=now)
    points.earn(member_id=member.pk, points=100, reference="b", now=later(now, months=1))
    points.burn(member_id=member.pk, points=150, reference="o", now=later(now, months=1))
    points.return_burn(reference="o", points=70, return_reference="r1", now=later(now, months=1))
    assert dict(PointsLot.objects.values_list("txn__reference", "remaining")) == {"a": 20, "b": 100}
    points.return_burn(reference="o", return_reference="r2", now=later(now, months=1))
    assert dict(PointsLot.objects.values_list("txn__reference", "remaining")) == {"a": 100, "b": 100}
    assert points.return_burn(reference="o", return_reference="r3", now=later(now, months=1)) is None
    assert holds(member)


def test_a_return_is_never_more_than_was_spent(member, now):
    points.earn(member_id=member.pk, points=100, reference="a", now=now)
    points.burn(member_id=member.pk, points=50, reference="o", now=now)
    with pytest.raises(points.ReturnTooLarge):
        points.return_burn(reference="o", points=51, now=now)
    with pytest.raises(points.BurnUnknown):
        points.return_burn(reference="never", now=now)


def test_a_late_return_gets_thirty_days_of_grace(member, now):
    points.earn(member_id=member.pk, points=100, reference="a", now=now)
    points.burn(member_id=member.pk, points=80, reference="o", now=now)
    late = later(now, months=MONTHS, days=5)
    points.return_burn(reference="o", now=late)
    lot = PointsLot.objects.get(remaining=80)
    assert lot.expires_on == clock.local_day(late) + timedelta(days=30)
    assert balance(member, late).balance == 80
    assert holds(member)


def test_a_claw_back_takes_its_own_lot_then_others_then_becomes_a_debt(member, now):
    points.earn(member_id=member.pk, points=100, reference="a", now=now)
    points.earn(member_id=member.pk, points=30, reference="b", now=later(now, days=1))
    points.burn(member_id=member.pk, points=90, reference="o", now=later(now, days=1))
    points.claw_back(reference="a", now=later(now, days=2))
    assert dict(PointsLot.objects.values_list("txn__reference", "remaining")) == {"a": 0, "b": 0}
    assert balance(member, later(now, days=2)).debt == 60
    assert balance(member, later(now, days=2)).balance == -60
    assert holds(member)


def test_the_next_points_repay_a_debt(member, now):
    points.earn(member_id=member.pk, points=100, reference="a", now=now)
    points.burn(member_id=member.pk, points=100, reference="o", now=now)
    points.claw_back(reference="a", now=now)
    points.earn(member_id=member.pk, points=70, reference="b", now=now)
    assert (balance(member, now).debt, balance(member, now).spendable) == (30, 0)
    points.earn(member_id=member.pk, points=70, reference="c", now=now)
    assert (balance(member, now).debt, balance(member, now).spendable) == (0, 40)
    assert holds(member)


def test_returned_points_repay_a_debt_too(member, now):
    points.earn(member_id=member.pk, points=100, reference="a", now=now)
    points.burn(member_id=member.pk, points=100, reference="o", now=now)
    points.claw_back(reference="a", now=now)
    points.return_burn(reference="o", now=now)
    assert (balance(member, now).debt, balance(member, now).balance) == (0, 0)
    assert holds(member)


def test_a_partial_claw_back_and_then_the_rest(member, now):
    points.earn(member_id=member.pk, points=100, reference="a", now=now)
    points.claw_back(reference="a", points=40, claw_reference="r1", now=now)
    points.claw_back(reference="a", claw_reference="r2", now=now)
    assert points.claw_back(reference="a", claw_reference="r3", now=now) is None
    assert balance(member, now).balance == 0
    assert points.claw_back(reference="never awarded", now=now) is None


def test_what_lapsed_unused_is_not_taken_again(member, now):
    points.earn(member_id=member.pk, points=100, reference="a", now=now)
    late = later(now, months=MONTHS, days=5)
    assert points.claw_back(reference="a", now=late) is None
    assert balance(member, late).debt == 0


def test_the_database_refuses_wrong_books(member, now):
    points.earn(member_id=member.pk, points=100, reference="a", now=now)
    points.burn(member_id=member.pk, points=40, reference="o", now=now)
    lot = PointsLot.objects.get()
    for wrong in ({"remaining": 101}, {"remaining": -1}, {"expires_on": date(2020, 1, 1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PointsLot.objects.filter(pk=lot.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        PointsAllocation.objects.update(returned=41)
    for statement in ("UPDATE members_pointstxn SET points = 1", "DELETE FROM members_pointstxn"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_finance_sees_the_liability_by_month(member, now):
    points.earn(member_id=member.pk, points=100, reference="a", now=now)
    points.earn(member_id=member.pk, points=50, reference="b", now=later(now, months=1))
    months = queries.points_liability_by_month(day=clock.local_day(now))
    assert months == [(date(2028, 11, 1), 100), (date(2028, 12, 1), 50)]


def test_the_promise_about_lots_holds_through_a_return_and_sees_a_wrong_lot(member, now):
    points.earn(member_id=member.pk, points=500, reference="o1", now=now)
    points.burn(member_id=member.pk, points=200, reference="o2", now=now)
    points.return_burn(reference="o2", points=150, return_reference="r", now=now)
    assert [check for check, _what in invariants.broken() if check == "points_add_up"] == []
    lot = PointsLot.objects.get(account=member.pk)
    PointsLot.objects.filter(pk=lot.pk).update(remaining=lot.remaining - 1)
    assert ("points_add_up", f"lot {lot.pk}") in invariants.broken()
