"""Money comes late while somebody takes the number: one has it, and the other's money is not lost."""

from functools import partial

import pytest

from catalog.models import Number
from catalog.services import numbers
from orders.models import CallbackOutcome, Payment, ProviderCallback, Refund
from orders.services import callbacks, payments
from tests.orders.test_number_gone import LATE, call_back, paid_there
from tests.support import ordering
from tests.support.at_once import at_once
from tests.support.demo import NOON

pytestmark = [
    pytest.mark.race,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def late(freeze_at) -> tuple[str, Payment]:
    """The order, and its payment of which we are told after the number's hold ran out."""
    freeze_at(NOON)
    placed = ordering.order(ordering.sim(msisdn=ordering.a_number()))
    return placed.order_number, paid_there(placed)


def number_of(order_number: str) -> Number:
    return Number.objects.get(pk=ordering.intake(order_number).terms.exclude(msisdn="").first().msisdn)


def taken(msisdn: str) -> str:
    try:
        numbers.hold(msisdn=msisdn, holder="visit:2", now=LATE)
    except numbers.NumberTaken:
        return "told"
    return "held"


def test_late_money_and_another_customer_at_once(late):
    order_number, payment = late
    msisdn = number_of(order_number).pk
    answers = at_once(partial(call_back, payment), partial(taken, msisdn))
    payment.refresh_from_db()
    assert (payment.state, payment.captured_fen) == ("captured", payment.amount_fen)
    state, number = ordering.intake(order_number).state, number_of(order_number)
    if answers == [CallbackOutcome.CAPTURED, "told"]:
        assert (state, number.reference) == ("confirmed", order_number)
    else:
        assert answers == [CallbackOutcome.REFUNDED, "held"]
        assert (state, number.state, number.reference) == ("cancelled", "held", "")
        assert Refund.objects.get().amount_fen == payment.amount_fen


def test_without_coping_the_money_is_not_recorded(late, monkeypatch):
    """The control: the refusal leaves the call-back, and with it goes what the provider told."""
    order_number, payment = late
    monkeypatch.setattr(
        callbacks,
        "_capture",
        lambda payment, *, now: payments.capture(payment=payment, intake=payment.intake, now=now),
    )
    assert taken(number_of(order_number).pk) == "held"
    with pytest.raises(numbers.NumberTaken):
        call_back(payment)
    payment.refresh_from_db()
    assert payment.captured_fen == 0
    assert not ProviderCallback.objects.exists()
