"""The queue of a flash sale is fair, lets in as many as can order, and is not what keeps the promise."""

from datetime import timedelta

import pytest
from redis.exceptions import ConnectionError

from fulfillment.gateways import waiting_room
from fulfillment.models import Campaign, CampaignItem
from fulfillment.queries import campaigns as sales
from fulfillment.services import campaigns, reservation
from fulfillment.services.reservation_promise import Holder
from fulfillment.values import Admission
from members.actors import SYSTEM
from tests.support.goods import NOW

SECOND = timedelta(seconds=1)


@pytest.fixture
def sale(db, now):
    """Three units; one person is let in at the start, and one more every ten seconds."""
    made = Campaign.objects.create(
        code="flash",
        title="抢购",
        title_en="Sale",
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        admit_per_minute=6,
        admission_minutes=2,
        secret="known",
    )
    CampaignItem.objects.create(campaign=made, sku="a", quantity=3)
    campaigns.share_out(actor=SYSTEM, campaign_id=made.pk)
    return sales.sale("flash")


def asks(sale, *tickets: str, at=0) -> list[bool]:
    """Who of these is inside, each asking once, `at` seconds after the start."""
    return [bool(campaigns.stand(sale, ticket, now=NOW + at * SECOND).token) for ticket in tickets]


def test_the_first_is_let_in_and_the_others_wait_in_order(sale):
    assert asks(sale, "a", "b", "c") == [True, False, False]
    waiting = campaigns.stand(sale, "c", now=NOW + SECOND)
    assert (waiting.ahead, waiting.waiting, waiting.wait_seconds) == (1, 2, 20)
    assert asks(sale, "c", "b", at=10) == [False, True]
    assert asks(sale, "c", at=20) == [True]


def test_nobody_is_let_in_before_the_start_and_places_are_drawn(sale):
    early = [f"t{number}" for number in range(12)]
    assert not any(asks(sale, *early, at=-5))
    ranks = [campaigns.stand(sale, ticket, now=NOW - SECOND).ahead for ticket in early]
    assert sorted(ranks) == list(range(12))
    assert ranks != list(range(12))
    assert asks(sale, "late", at=0) == [False]
    assert campaigns.stand(sale, "late", now=NOW).ahead == 11  # one of the early ones is inside


def test_asking_again_keeps_the_place(sale):
    asks(sale, "a", "b", "c")
    for _again in range(3):
        assert campaigns.stand(sale, "b", now=NOW + SECOND).ahead == 0


def test_no_more_are_inside_than_units_are_left(sale):
    early = list("abcde")
    for at in range(0, 100, 10):
        asks(sale, *early, at=at)
    assert asks(sale, *early, at=100) == [True, True, True, False, False]
    campaigns.leave(sale, "a")
    assert asks(sale, *early[1:], at=101)[2:] == [True, False]


def test_whoever_closed_the_page_is_passed_over(sale):
    asks(sale, "a", "gone", "c")
    assert asks(sale, "c", at=25) == [False]
    assert asks(sale, "c", at=40) == [True]


def test_an_admission_ends(sale):
    token = campaigns.stand(sale, "a", now=NOW).token
    assert campaigns.admissions([token], now=NOW + timedelta(minutes=2)) == (Admission(sale.id, "a"),)
    assert campaigns.admissions([token], now=NOW + timedelta(minutes=2, seconds=1)) == ()
    assert campaigns.admissions([token + "x", "", "a:b"], now=NOW) == ()


def test_without_redis_everybody_is_let_in_and_the_database_decides(sale, monkeypatch):
    def broken():
        raise ConnectionError("gone")

    monkeypatch.setattr(waiting_room, "_client", broken)
    assert asks(sale, "a", "b", "c", "d") == [True] * 4
    assert not campaigns.stand(sale, "e", now=NOW - SECOND).token
    campaigns.leave(sale, "a")


def test_whoever_leaves_the_queue_takes_no_turn(sale):
    asks(sale, "a", "b", "c")
    campaigns.leave(sale, "b")
    assert campaigns.crowd("flash") == (1, 1)
    assert asks(sale, "c", at=10) == [True]


def test_whoever_has_ordered_makes_way_at_once(sale, company):
    """Who is inside and has not ordered keeps the turn."""
    company.put("wh", a=3)
    asks(sale, "a", "b", "c", "d")
    asks(sale, "b", "c", "d", at=10), asks(sale, "c", "d", at=20)
    assert campaigns.crowd("flash") == (1, 3)
    used = [Admission(sale.id, "a"), Admission(sale.id, "b")]
    holder = Holder("member:1", used[:1])
    reservation.reserve(demand=company.wish("o1", {"a": 1}), expires_at=None, holder=holder, now=NOW)
    campaigns.make_way(used)
    assert campaigns.crowd("flash") == (1, 2)
