"""Two identical call-backs at once capture once; without our guards they capture twice."""

import threading
from functools import partial

import pytest

from orders.models import CallbackOutcome, Payment, PaymentState
from orders.services import callbacks, payments, refunds
from orders.simulator import account, notices
from tests.support import paying
from tests.support.at_once import at_once
from tests.support.paying import NOW

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

BUYERS = 4


@pytest.fixture(autouse=True)
def _at_that_time(freeze_at):
    freeze_at(NOW)


@pytest.fixture
def captures(monkeypatch):
    """How often the consequences of a capture were set going."""
    seen, capture = [], payments.capture

    def count(**facts):
        seen.append(facts["payment"].pk)
        return capture(**facts)

    monkeypatch.setattr(payments, "capture", count)
    return seen


def a_callback():
    payment = paying.begun(paying.order(12345))
    there = account.find(payment.out_trade_no)
    account.pay(there, now=NOW)
    return notices.message(notices.record(there, how="now", now=NOW), now=NOW)


def deliver_together(headers, body):
    return at_once(*[partial(paying.deliver_at(NOW), headers, body)] * BUYERS)


def test_identical_callbacks_at_once_capture_once(captures):
    outcomes = deliver_together(*a_callback())
    assert sorted(outcomes) == [CallbackOutcome.CAPTURED] + [CallbackOutcome.REPEATED] * (BUYERS - 1)
    assert len(captures) == 1
    assert Payment.objects.get().state == PaymentState.CAPTURED


def test_without_lock_and_guard_they_capture_more_than_once(captures, monkeypatch):
    """The control: read, wait for the others, write."""
    together = threading.Barrier(BUYERS)

    def unlocked(out_trade_no):
        return Payment.objects.select_related("intake").get(out_trade_no=out_trade_no)

    def unguarded(payment, notice, *, now):
        together.wait(timeout=10)
        payment.state, payment.captured_fen = PaymentState.CAPTURED, notice.amount_fen
        payment.captured_at, payment.provider_reference = now, notice.transaction_id
        payment.save()
        return True

    monkeypatch.setattr(callbacks, "_locked_payment", unlocked)
    monkeypatch.setattr(callbacks, "_mark_captured", unguarded)
    deliver_together(*a_callback())
    assert len(captures) > 1


def test_beginning_at_once_is_one_payment():
    intake = paying.order()
    begun = at_once(*[partial(paying.begun, intake)] * BUYERS)
    assert {payment.pk for payment in begun} == {Payment.objects.get().pk}


def test_refunds_at_once_never_exceed_what_was_captured():
    intake = paying.paid(9000)
    line_id = intake.terms.get().pk

    def give_back():
        return refunds.refund(
            order_number=intake.number,
            line_amounts=[(line_id, 4000)],
            reason="twice",
            actor=paying.operator(),
            now=NOW,
        )

    results = at_once(*[give_back] * BUYERS)
    assert results.count("refund_exceeds_paid") == BUYERS - 2
    assert Payment.objects.get().refunded_fen == 8000
