"""A shopper and a dealer race for a number, two orders of a dealer for the last of its limit: one has it."""

from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import transaction

from catalog.demo_goods.numbers import load_grades
from catalog.models import Number, NumberAllotment, NumberHold
from catalog.services import number_dealers, numbers
from catalog.services.number_pool import stock_block
from fulfillment.models import DealerTerms
from fulfillment.services import dealer_number_limit, dealer_orders
from fulfillment.services.dealer_number_quotes import NumberWish
from members.models import Institution
from tests.support.at_once import at_once, numbered
from tests.support.dealing import Dealing
from tests.support.range import NOW, a_number, a_pool

THREADS = 4
WUXI = NumberWish("江苏", "无锡", "plain")
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dealer_id(transactional_db) -> int:
    a_pool()
    return Institution.objects.create(code="dl", path="dl/", kind="dealer").pk


def shop() -> str:
    try:
        numbers.hold(msisdn=a_number(), holder="visit:1", now=NOW)
    except numbers.NumberTaken:
        return "told"
    return "held"


def allot(dealer_id: int) -> str:
    place = {"province": "上海", "city": "上海", "grade": "plain"}
    until = NOW + timedelta(days=9)
    got = number_dealers.allot(dealer_id=dealer_id, **place, count=1, reference="D", until=until, now=NOW)
    return "allotted" if got else "none"


def owners() -> tuple[bool, bool]:
    """(held by the shopper, with the dealer)"""
    row = Number.objects.get()
    assert NumberHold.objects.filter(ended_at=None).exists() is (row.state == "held")
    assert NumberAllotment.objects.live().exists() is (row.dealer_id is not None)
    return row.state == "held", row.dealer_id is not None


def test_a_number_is_held_by_a_shopper_or_goes_to_a_dealer(dealer_id):
    answers = at_once(shop, partial(allot, dealer_id))
    assert answers in (["held", "none"], ["told", "allotted"])
    assert owners() in ((True, False), (False, True))


def test_the_race_is_real_without_the_row_lock(dealer_id, monkeypatch):
    """The shopper reads without locking, the dealer gets the number, and then the shopper writes."""
    has_read, is_allotted = Barrier(2), Barrier(2)

    def unlocked(msisdn):
        number = Number.objects.get(pk=msisdn)
        has_read.wait(timeout=20)
        is_allotted.wait(timeout=20)
        return number

    def allot_in_between() -> str:
        has_read.wait(timeout=20)
        with transaction.atomic():
            answer = allot(dealer_id)
        is_allotted.wait(timeout=20)
        return answer

    monkeypatch.setattr(numbers, "_locked", unlocked)
    assert at_once(shop, allot_in_between) == ["held", "allotted"]
    assert owners() == (True, True)


def pay_late(dealer_id: int) -> str:
    """A web order's hold ran out, the dealer got the number, and the money comes after all."""
    numbers.hold(msisdn=a_number(), holder="order:W", now=NOW)
    later = NOW + timedelta(minutes=31)
    number_dealers.allot(
        dealer_id=dealer_id, province="上海", city="上海", grade="plain", count=1, reference="D",
        until=later + timedelta(days=9), now=later,
    )  # fmt: skip
    try:
        numbers.allocate(msisdn=a_number(), holder="order:W", reference="W", now=later)
    except numbers.NumberOfDealer as refusal:
        return refusal.code
    return "sold"


def test_a_late_payment_does_not_sell_a_dealers_number(dealer_id):
    assert pay_late(dealer_id) == "number_of_dealer"
    assert Number.objects.get().reference == ""


def test_without_the_guard_a_late_payment_sells_it(dealer_id, monkeypatch):
    monkeypatch.setattr(numbers, "_must_be_sold_by", lambda seller, number: None)
    assert pay_late(dealer_id) == "sold"
    assert Number.objects.get().dealer_id == dealer_id


def test_two_branches_do_not_get_the_same_numbers(dealer_id):
    other = Institution.objects.create(code="dl2", path="dl2/", kind="dealer").pk
    answers = at_once(partial(allot, dealer_id), partial(allot, other))
    assert sorted(answers) == ["allotted", "none"]
    assert NumberAllotment.objects.count() == 1


@pytest.fixture
def dealing(freeze_at) -> Dealing:
    """Three unsold numbers are agreed; each order wants two."""
    freeze_at(NOW)
    load_grades()
    stock_block(prefix="1381265", province="江苏", city="无锡", lines=range(9000, 9080))
    made = Dealing()
    DealerTerms.objects.filter(pk=made.shop.pk).update(number_limit=3)
    return made


def order_at_once(dealing: Dealing) -> list[str]:
    def order(number: int) -> str:
        return dealing.order({}, numbers={WUXI: 2}, key=f"k{number}").state

    return sorted(at_once(*numbered(order, THREADS)))


def on_order(dealing: Dealing) -> int:
    return dealer_number_limit.standing_of(DealerTerms.objects.get(pk=dealing.shop.pk)).on_order


def test_the_last_of_the_limit_is_given_once(dealing):
    assert order_at_once(dealing) == ["on_hold"] * (THREADS - 1) + ["submitted"]
    assert on_order(dealing) == 2


def test_the_limit_is_passed_without_the_lock_of_the_terms(dealing, monkeypatch):
    """The terms are read without a lock and all look before any writes."""
    all_have_looked = Barrier(THREADS)
    look = dealer_number_limit.standing_of

    def look_and_wait(terms):
        found = look(terms)
        all_have_looked.wait(timeout=20)
        return found

    def without_lock(dealer_id):
        return DealerTerms.objects.select_related("dealer", "branch").get(pk=dealer_id)

    monkeypatch.setattr(dealer_orders, "locked_terms", without_lock)
    monkeypatch.setattr(dealer_number_limit, "standing_of", look_and_wait)
    assert order_at_once(dealing) == ["submitted"] * THREADS
    monkeypatch.undo()
    assert on_order(dealing) == 2 * THREADS
