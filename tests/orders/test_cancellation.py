"""Cancelling: goods, number, points and money go back, once, and only while the goods are in the house."""

from datetime import timedelta

import pytest

from catalog.models import Number, NumberHold
from fulfillment.models import FulfillmentDemand
from members.actors import NotYours
from members.queries import points_balance
from orders.models import Payment, Refund
from orders.services import cancellation, progress
from tests.support import ordering
from tests.support.demo import DAY, NOON
from tests.support.ordering import CHARGER, NOTHING, STRANGER, TEA, intake, order, pay, refused, settle

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


def cancel(placed, *, by=None, now=NOON):
    return cancellation.cancel(
        order_number=placed.order_number, actor=by or ordering.member(), reason="changed my mind", now=now
    )


def test_before_payment_the_goods_are_free_again():
    before = ordering.reserved(TEA)
    placed = order(TEA)
    cancel(placed)
    assert ordering.reserved(TEA) == before
    assert intake(placed).state == "cancelled"
    assert not Refund.objects.exists()


def test_the_history_says_who_cancelled_and_why():
    placed = order(TEA)
    cancel(placed)
    assert ordering.events(placed)[-1] == (
        "awaiting_payment",
        "cancelled",
        str(ordering.user()),
        "web",
        "changed my mind",
    )


def test_after_payment_everything_comes_back_over_the_same_means():
    before = ordering.reserved(TEA)
    placed = order(TEA)
    pay(placed)
    cancel(placed)
    settle()
    refund = Refund.objects.get(intake__number=placed.order_number)
    assert (refund.state, refund.amount_fen, refund.payment.means) == (
        "succeeded",
        placed.total_fen,
        "unipay",
    )
    assert ordering.reserved(TEA) == before
    assert FulfillmentDemand.objects.get(order_number=placed.order_number).state == "cancelled"


def test_points_come_back_beside_the_money():
    before = points_balance(ordering.user().pk, day=DAY).spendable
    placed = order(TEA, points_fen=2000)
    pay(placed)
    cancel(placed)
    settle()
    back = dict(Refund.objects.values_list("payment__means", "amount_fen"))
    assert back == {"points": 2000, "unipay": placed.total_fen - 2000}
    assert points_balance(ordering.user().pk, day=DAY).spendable == before


def test_cancelling_twice_is_once():
    placed = order(TEA)
    pay(placed)
    assert cancel(placed).state == cancel(placed).state == "cancelled"
    assert Refund.objects.count() == 1


@pytest.mark.parametrize("paid", [False, True], ids=["unpaid", "paid"])
def test_the_number_is_free_again(paid):
    wish = ordering.sim()
    placed = order(wish)
    if paid:
        pay(placed)
    cancel(placed)
    number = Number.objects.get(pk=wish.msisdn)
    assert (number.state, number.reference) == ("available", "")
    assert not NumberHold.objects.filter(number=number, ended_at=None).exists()


def test_cash_on_delivery_is_not_expected_any_more():
    placed = order(TEA, means="cod")
    cancel(placed)
    assert Payment.objects.get(intake__number=placed.order_number).state == "closed"


def test_a_stranger_cannot_cancel():
    placed = order(TEA)
    with refused(NotYours):
        cancel(placed, by=ordering.member(STRANGER))
    with refused(NotYours):
        cancel(placed, by=ordering.clerk_elsewhere())
    assert intake(placed).state == "awaiting_payment"


@pytest.mark.parametrize("username", ["operator1", "clerk1", "manager1"])
def test_the_store_that_sold_and_operators_may_cancel(username):
    placed = ordering.sell(TEA)
    assert cancel(placed, by=ordering.staff(username)).state == "cancelled"


def test_too_late_once_it_is_on_its_way():
    placed = order(TEA)
    pay(placed)
    progress.on_its_way(order_number=placed.order_number, now=NOON)
    with refused(cancellation.TooLateToCancel):
        cancel(placed)


def test_what_was_provided_at_once_is_not_cancelled():
    placed = order(ordering.top_up(), TEA)
    pay(placed)
    settle()
    with refused(cancellation.AlreadyProvided):
        cancel(placed)


def test_an_order_that_nobody_pays_for_ends_after_its_half_hour():
    before, wish = ordering.reserved(ordering.SIM), ordering.sim()
    placed = order(wish, CHARGER, points_fen=500)
    assert cancellation.expire_unpaid(now=NOON + timedelta(minutes=29, seconds=59)) == 0
    assert cancellation.expire_unpaid(now=NOON + timedelta(minutes=30)) == 1
    assert ordering.events(placed)[-1] == ("awaiting_payment", "cancelled", "system", "", "not_paid_in_time")
    assert ordering.reserved(ordering.SIM) == before
    assert Number.objects.get(pk=wish.msisdn).state == "available"
    assert Refund.objects.get().payment.means == "points"


def test_expiry_leaves_paid_orders_alone():
    pay(order(TEA))
    order(TEA, means="cod")
    assert cancellation.expire_unpaid(now=NOON + timedelta(days=1)) == 0


def test_nothing_at_all_to_deliver_can_be_cancelled_before_payment():
    placed = order("MAGAZINE-LIFE", delivery=NOTHING)
    assert cancel(placed).state == "cancelled"
