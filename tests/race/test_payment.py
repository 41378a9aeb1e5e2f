"""Two identical call-backs at once capture once; without our guards they capture twice."""

import threading

import pytest
from django.db import connection, connections

from orders.models import CallbackOutcome, Payment, PaymentState
from orders.services import callbacks, payments, refunds
from orders.services.refunds import RefundTooLarge
from orders.simulator import account, notices
from tests.support import paying
from tests.support.paying import NOW

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

BUYERS = 4


@pytest.fixture(autouse=True)
def _at_that_time(freeze_at):
    freeze_at(NOW)


def at_once(*works):
    """Run each in its own thread and connection, begun together; their results or exceptions."""
    results, gate = [None] * len(works), threading.Barrier(len(works))

    def run(index, work):
        try:
            connection.ensure_connection()
            gate.wait()
            results[index] = work()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


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
    handle = paying.deliver_at(NOW)
    return at_once(*[lambda: handle(headers, body)] * BUYERS)


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
    begun = at_once(*[lambda: paying.begun(intake)] * BUYERS)
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
    assert sum(isinstance(result, RefundTooLarge) for result in results) == BUYERS - 2
    assert Payment.objects.get().refunded_fen == 8000
