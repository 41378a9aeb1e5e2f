"""Money comes for a number that somebody else has by then: it is recorded, the order ends, it goes back."""

from datetime import timedelta

import pytest

from catalog.models import Number
from catalog.services import number_dealers, numbers
from members.actors import Actor
from orders.models import CallbackOutcome, Payment, PaymentState, Refund, RefundState
from orders.services import callbacks, cash, payments
from orders.simulator import account, notices
from tests.support import accepting, ordering
from tests.support.demo import NOON
from tests.support.ordering import order, refused

LATE = NOON + timedelta(minutes=31)
pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


def paid_there(placed) -> Payment:
    """Begun in time and paid at the provider; its call-back is on the way."""
    found = ordering.intake(placed)
    owner = Actor(user_id=found.member_id, name="林晓")
    begun = payments.start_unipay(order_number=found.number, actor=owner, now=NOON)
    account.pay(account.find(begun.out_trade_no), now=NOON)
    return begun


def call_back(payment: Payment, *, at=LATE) -> str:
    there = account.find(payment.out_trade_no)
    headers, body = notices.message(notices.record(there, how="now", now=at), now=at)
    return callbacks.handle_callback(headers=headers, body=body, now=at)


def must_be_given_back(placed, payment: Payment) -> None:
    """Recorded and on its way back, all of it; the order is ended and says why."""
    payment.refresh_from_db()
    assert (payment.state, payment.captured_fen) == (PaymentState.CAPTURED, payment.amount_fen)
    ended = ordering.intake(placed)
    assert ended.state == "cancelled"
    assert ordering.events(placed)[-1][-1] == "number_gone"
    assert sum(ended.refunds.values_list("amount_fen", flat=True)) == ended.total_fen
    ordering.settle()
    assert set(ended.refunds.values_list("state", flat=True)) == {RefundState.SUCCEEDED}


def test_another_customer_keeps_the_number_by_then():
    msisdn = ordering.a_number()
    before = ordering.reserved(ordering.SIM)
    placed = order(ordering.sim(msisdn=msisdn), points_fen=10_00)
    payment = paid_there(placed)
    numbers.hold(msisdn=msisdn, holder="visit:2", now=LATE)
    assert call_back(payment) == CallbackOutcome.REFUNDED
    must_be_given_back(placed, payment)
    assert call_back(payment) == CallbackOutcome.REPEATED
    assert Number.objects.get(pk=msisdn).state == "held"
    assert ordering.reserved(ordering.SIM) == before


def test_a_dealer_has_got_the_number_by_then():
    msisdn = ordering.a_number(city="杭州")
    placed = order(ordering.sim(msisdn=msisdn))
    payment = paid_there(placed)
    grade = Number.objects.get(pk=msisdn).grade.code
    got = number_dealers.allot(
        dealer_id=accepting.place().id, province="浙江", city="杭州", grade=grade, count=100_000,
        reference="DP1", until=LATE + timedelta(days=9), now=LATE,
    )  # fmt: skip
    assert msisdn in got
    assert call_back(payment) == CallbackOutcome.REFUNDED
    must_be_given_back(placed, payment)
    assert Number.objects.get(pk=msisdn).reference == ""


def test_a_number_that_nobody_took_is_sold_though_its_hold_ran_out():
    placed = order(ordering.sim())
    assert call_back(paid_there(placed)) == CallbackOutcome.CAPTURED
    assert ordering.intake(placed).state == "confirmed"
    assert not Refund.objects.exists()


def a_fifth_and_a_sixth():
    """Two orders that are placed while their person owns four numbers."""
    for _nth in range(4):
        ordering.pay(order(ordering.sim()))
    return order(ordering.sim()), order(ordering.sim())


def test_a_person_who_owns_as_many_as_one_may_gets_the_money_back_at_once():
    fifth, sixth = a_fifth_and_a_sixth()
    ordering.pay(fifth)
    payment = paid_there(sixth)
    assert call_back(payment, at=NOON) == CallbackOutcome.REFUNDED
    must_be_given_back(sixth, payment)


def test_asking_the_provider_goes_on_with_the_next_payment():
    """What a lost call-back would have told is asked for, and one number that is gone stops nobody else."""
    fifth, sixth = a_fifth_and_a_sixth()
    paid = [paid_there(each) for each in (fifth, sixth)]
    ordinary = paid_there(order(ordering.CHARGER))
    assert callbacks.query_open(now=NOON + timedelta(minutes=2)) == 3
    ordinary.refresh_from_db()
    assert ordinary.state == PaymentState.CAPTURED
    states = sorted(ordering.intake(each).state for each in (fifth, sixth))
    assert states == ["cancelled", "confirmed"]
    assert all(Payment.objects.get(pk=each.pk).state == PaymentState.CAPTURED for each in paid)


def test_cash_for_it_is_not_taken():
    fifth, sixth = a_fifth_and_a_sixth()
    ordering.pay(fifth)
    clerk, waiting = ordering.staff("clerk1"), ordering.intake(sixth)
    with refused(numbers.IdentityNumberCap):
        cash.record_cash(
            order_number=waiting.number,
            actor=clerk,
            store_id=accepting.place(ordering.STORE).id,
            amount_fen=waiting.total_fen,
            now=NOON,
        )
    assert ordering.captured(sixth) == 0
    assert ordering.intake(sixth).state == "awaiting_payment"
