"""The provider's call-backs: once, twice, late, forged, never, with another amount."""

import json
from datetime import timedelta

import pytest

from omnichannel.kernel import outbox
from omnichannel.kernel.models import OutboxMessage
from orders.gateways.unipay import CallbackMalformed, SignatureInvalid, TimestampStale
from orders.models import CallbackOutcome, PaymentState, ProviderCallback, Refund, RefundState
from orders.queries.payments import open_mismatches
from orders.services import callbacks, cancellation, cash
from orders.simulator import account, notices, player
from tests.support import paying
from tests.support.paying import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_that_time(freeze_at):
    freeze_at(NOW)


def the_callback() -> ProviderCallback:
    return ProviderCallback.objects.get()


def signed(payment, *, how="now", at=NOW):
    """A paid transaction's call-back as the provider would send it."""
    there = account.find(payment.out_trade_no)
    account.pay(there, now=at)
    return notices.message(notices.record(there, how=how, now=at), now=at)


def test_a_callback_captures_and_confirms():
    intake = paying.order(12345)
    payment = paying.begun(intake)
    assert paying.pay(payment) == [CallbackOutcome.CAPTURED]
    payment.refresh_from_db()
    intake.refresh_from_db()
    assert (payment.state, payment.captured_fen, payment.captured_at) == (PaymentState.CAPTURED, 12345, NOW)
    assert payment.provider_reference == account.find(payment.out_trade_no).transaction_id
    assert intake.state == "completed"  # a subscription has nothing to deliver
    assert (the_callback().verified, the_callback().outcome) == (True, CallbackOutcome.CAPTURED)


def test_a_callback_takes_a_handful_of_queries(django_assert_max_num_queries):
    payment = paying.begun(paying.order(12345))
    headers, body = signed(payment)
    with django_assert_max_num_queries(13):
        callbacks.handle_callback(headers=headers, body=body, now=NOW)


def test_twice_is_once():
    intake = paying.order()
    payment = paying.begun(intake)
    assert paying.pay(payment, how="twice") == [CallbackOutcome.CAPTURED, CallbackOutcome.REPEATED]
    assert the_callback().deliveries == 2
    assert the_callback().outcome == CallbackOutcome.CAPTURED
    assert intake.events.filter(after="confirmed").count() == 1


def test_a_forged_one_is_refused_and_recorded():
    intake = paying.order()
    payment = paying.begun(intake)
    there = account.find(payment.out_trade_no)
    headers, body = notices.message(notices.record(there, how="forged", now=NOW), now=NOW)
    with pytest.raises(SignatureInvalid) as refusal:
        callbacks.handle_callback(headers=headers, body=body, now=NOW)
    assert (refusal.value.code, refusal.value.status) == ("signature_invalid", 401)
    payment.refresh_from_db()
    assert payment.state == PaymentState.PENDING
    assert (the_callback().verified, the_callback().event_id) == (False, None)
    assert the_callback().outcome == CallbackOutcome.SIGNATURE_INVALID


def test_a_forger_cannot_use_up_a_real_events_id():
    payment = paying.begun(paying.order())
    headers, body = signed(payment)
    broken = headers | {"UniPay-Signature": "AAAA"}
    with pytest.raises(SignatureInvalid):
        callbacks.handle_callback(headers=broken, body=body, now=NOW)
    assert callbacks.handle_callback(headers=headers, body=body, now=NOW) == CallbackOutcome.CAPTURED


@pytest.mark.parametrize("name", ["UniPay-Timestamp", "UniPay-Nonce", "UniPay-Signature"])
def test_a_missing_or_odd_header_is_a_wrong_signature(name):
    headers, body = signed(paying.begun(paying.order()))
    for value in ("", "²", "x" * 70):
        with pytest.raises(SignatureInvalid):
            callbacks.handle_callback(headers=headers | {name: value}, body=body, now=NOW)


def test_a_changed_body_is_a_wrong_signature():
    headers, body = signed(paying.begun(paying.order()))
    with pytest.raises(SignatureInvalid):
        callbacks.handle_callback(headers=headers, body=body.replace(b"12345", b"12346"), now=NOW)


def test_an_old_message_played_again_is_stale():
    headers, body = signed(paying.begun(paying.order()))
    with pytest.raises(TimestampStale):
        callbacks.handle_callback(headers=headers, body=body, now=NOW + timedelta(minutes=6))
    assert the_callback().outcome == CallbackOutcome.STALE


def test_rubbish_that_is_well_signed_is_malformed():
    body = json.dumps({"id": "x", "resource": {"amount": 5}}).encode()
    with pytest.raises(CallbackMalformed):
        callbacks.handle_callback(headers=account.signed_headers(body, now=NOW), body=body, now=NOW)


def test_another_amount_captures_nothing_and_waits_for_an_operator():
    intake = paying.order(12345)
    payment = paying.begun(intake)
    with pytest.raises(callbacks.AmountMismatch) as refusal:
        paying.pay(payment, how="amount")
    assert (refusal.value.code, refusal.value.status) == ("amount_mismatch", 422)
    payment.refresh_from_db()
    assert (payment.state, payment.captured_fen) == (PaymentState.PENDING, 0)
    assert open_mismatches() == 1
    callbacks.mark_handled(ids=[the_callback().pk], actor=paying.operator(), now=NOW)
    assert open_mismatches() == 0


def test_an_unknown_payment_is_recorded_and_refused():
    payment = paying.begun(paying.order())
    headers, body = signed(payment)
    payment.delete()
    with pytest.raises(callbacks.PaymentUnknown):
        callbacks.handle_callback(headers=headers, body=body, now=NOW)
    assert the_callback().outcome == CallbackOutcome.UNKNOWN


def test_late_after_the_order_was_cancelled_the_money_goes_back():
    intake = paying.order(10000, 2345, shipping=800)
    payment = paying.begun(intake)
    cancellation.cancel(order_number=intake.number, actor=paying.operator(), reason="changed mind", now=NOW)
    assert paying.pay(payment) == [CallbackOutcome.REFUNDED]
    made = Refund.objects.get()
    assert (made.amount_fen, made.state) == (13145, RefundState.REQUESTED)
    outbox.drain()
    made.refresh_from_db()
    assert made.state == RefundState.SUCCEEDED
    assert sum(amount for _line, amount in made.line_amounts) == 13145
    assert account.find(payment.out_trade_no).refunded_fen == 13145
    intake.refresh_from_db()
    assert intake.state == "cancelled"


def test_a_closed_payment_is_refused_by_the_provider():
    intake = paying.order()
    payment = paying.begun(intake)
    cancellation.cancel(order_number=intake.number, actor=paying.operator(), reason="changed mind", now=NOW)
    outbox.drain()
    assert account.find(payment.out_trade_no).state == "CLOSED"
    with pytest.raises(account.Refusal):
        paying.pay(payment)


def test_paid_between_cancelling_and_closing_goes_back_without_any_callback():
    intake = paying.order()
    payment = paying.begun(intake)
    paying.pay(payment, how="never")
    cancellation.cancel(order_number=intake.number, actor=paying.operator(), reason="changed mind", now=NOW)
    outbox.drain()
    assert account.find(payment.out_trade_no).refunded_fen == payment.amount_fen


def test_a_callback_that_never_comes_is_asked_for():
    intake = paying.order()
    payment = paying.begun(intake)
    assert paying.pay(payment, how="never") == []
    assert callbacks.query_open(now=NOW + timedelta(seconds=59)) == 0
    assert callbacks.query_open(now=NOW + timedelta(seconds=61)) == 1
    payment.refresh_from_db()
    intake.refresh_from_db()
    assert (payment.state, intake.state) == (PaymentState.CAPTURED, "completed")
    assert the_callback().source == "query"
    later = player.tell(out_trade_no=payment.out_trade_no, now=NOW, deliver=paying.deliver_at(NOW), how="now")
    assert later == [CallbackOutcome.REPEATED]


def test_an_unpaid_payment_is_asked_about_once_a_minute():
    payment = paying.begun(paying.order())
    assert callbacks.query_open(now=NOW + timedelta(seconds=61)) == 0
    payment.refresh_from_db()
    assert payment.queried_at == NOW + timedelta(seconds=61)
    assert not type(payment).objects.to_query(before=NOW + timedelta(seconds=60)).exists()


def test_a_failed_payment_can_be_followed_by_another():
    intake = paying.order()
    first = paying.begun(intake)
    there = account.find(first.out_trade_no)
    account.fail(there)
    told = player.tell(out_trade_no=first.out_trade_no, now=NOW, deliver=paying.deliver_at(NOW))
    assert told == [CallbackOutcome.NOT_PAID]
    first.refresh_from_db()
    assert first.state == PaymentState.FAILED
    second = paying.begun(intake)
    assert second.out_trade_no != first.out_trade_no
    assert paying.pay(second) == [CallbackOutcome.CAPTURED]


def test_captured_is_announced_once_to_every_subscriber():
    payment = paying.begun(paying.order())
    paying.pay(payment, how="twice")
    rows = OutboxMessage.objects.filter(topic="orders.payment_captured", key=str(payment.pk))
    assert rows.count() == rows.values("subscriber").distinct().count()


def test_paid_at_the_counter_and_at_the_provider_the_second_payment_goes_back():
    intake, place = paying.order(9900), paying.store()
    payment = paying.begun(intake)
    paying.pay(payment, how="never")
    cash.record_cash(
        order_number=intake.number, actor=paying.clerk_of(place), store_id=place.pk, amount_fen=9900, now=NOW
    )
    outbox.drain()
    assert account.find(payment.out_trade_no).refunded_fen == 9900
    kept = sum(row.refundable_fen for row in intake.payments.all())
    assert kept == intake.total_fen
