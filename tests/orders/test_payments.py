"""Taking money for an order over the provider, at the counter and at the door."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fulfillment.models import DealerTerms
from members.actors import Actor, NotYours
from members.queries import points_balance
from omnichannel.kernel.errors import NotAllowed
from omnichannel.kernel.models import OutboxMessage
from orders.events import PaymentCaptured
from orders.gateways import unipay
from orders.models import Payment, PaymentState
from orders.services import captured, cash, cod, payments, progress
from orders.simulator.models import SimTransaction
from tests.support import paying
from tests.support.paying import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_that_time(freeze_at):
    freeze_at(NOW)


@pytest.fixture
def announced(monkeypatch):
    """The PaymentCaptured facts that were published."""
    seen, publish = [], captured.outbox.publish

    def keep(*facts, **options):
        seen.extend(fact for fact in facts if isinstance(fact, PaymentCaptured))
        publish(*facts, **options)

    monkeypatch.setattr(captured.outbox, "publish", keep)
    return seen


def test_a_payment_begins_at_the_provider_with_what_is_due():
    intake = paying.order(10000, shipping=800)
    payment = paying.begun(intake)
    assert (payment.state, payment.amount_fen) == (PaymentState.PENDING, 10800)
    assert payment.provider_id == paying.provider().pk
    there = SimTransaction.objects.get(out_trade_no=payment.out_trade_no)
    assert (there.amount_fen, there.state) == (10800, "NOTPAY")
    assert there.token in payment.cashier_url


def test_beginning_twice_is_one_payment():
    intake = paying.order()
    assert paying.begun(intake) == paying.begun(intake)
    assert SimTransaction.objects.count() == 1


def test_points_are_taken_off():
    intake = paying.order(10000, points_fen=2500)
    paying.with_points(intake, 2500)
    assert paying.begun(intake).amount_fen == 7500


def test_another_person_cannot_pay_or_see_that_there_is_an_order():
    intake = paying.order()
    with pytest.raises(NotYours) as refusal:
        payments.start_unipay(order_number=intake.number, actor=Actor(user_id=12), now=NOW)
    assert (refusal.value.code, refusal.value.status) == ("not_found", 404)


def test_a_paid_order_has_nothing_to_pay():
    intake = paying.paid()
    with pytest.raises(payments.NotPayable):
        paying.begun(intake)


def test_after_the_time_to_pay_none_begins():
    intake = paying.order()
    with pytest.raises(payments.PaymentTimeOver):
        paying.begun(intake, at=NOW + timedelta(minutes=30))


def test_a_provider_that_does_not_answer_leaves_a_payment_that_can_be_begun_again(monkeypatch):
    intake = paying.order()

    class Silent:
        def send(self, **_):
            raise unipay.ProviderUnreachable()

    with monkeypatch.context() as patch:
        patch.setattr(unipay, "provider", lambda: unipay.Unipay(Silent()))
        with pytest.raises(unipay.ProviderUnreachable):
            paying.begun(intake)
    assert Payment.objects.get().state == PaymentState.CREATED
    assert paying.begun(intake).state == PaymentState.PENDING
    assert Payment.objects.count() == 1


def test_an_unsigned_answer_of_the_provider_is_not_believed(monkeypatch):
    class Stranger:
        def send(self, **_):
            return unipay.Answer(200, {}, b'{"cashier_url": "https://example.org/"}')

    monkeypatch.setattr(unipay, "provider", lambda: unipay.Unipay(Stranger()))
    with pytest.raises(unipay.ProviderUnreachable):
        paying.begun(paying.order())


def test_a_clerk_takes_exactly_what_is_due(announced):
    intake, place = paying.order(9900), paying.store()
    sale = {"order_number": intake.number, "store_id": place.pk, "now": NOW}
    with pytest.raises(captured.AmountDiffers):
        cash.record_cash(actor=paying.clerk_of(place), amount_fen=9800, **sale)
    payment = cash.record_cash(actor=paying.clerk_of(place), amount_fen=9900, **sale)
    intake.refresh_from_db()
    assert (payment.collector_id, intake.state) == (place.pk, "completed")
    assert [(fact.means, fact.collector_id, fact.amount_fen) for fact in announced] == [
        ("cash", place.pk, 9900)
    ]
    with pytest.raises(payments.NotPayable):
        cash.record_cash(actor=paying.clerk_of(place), amount_fen=9900, **sale)


def test_a_clerk_of_another_store_and_a_stranger_may_not():
    intake, place = paying.order(9900), paying.store()
    for actor in (paying.clerk_of(paying.store("st-gz-01")), paying.actor_of(intake.member)):
        with pytest.raises(NotAllowed):
            cash.record_cash(
                order_number=intake.number, actor=actor, store_id=place.pk, amount_fen=9900, now=NOW
            )


def test_a_channel_collects_for_its_own_orders_only():
    intake, dealer = paying.order(9900), paying.institution("dl-lantian", "dealer")
    DealerTerms.objects.create(
        dealer=dealer, branch=paying.store(), credit_limit_fen=9900, counts_from=NOW.date()
    )
    actor = Actor(name="Lantian", channel="dealer", institution_id=dealer.pk)
    taking = {"order_number": intake.number, "collector_id": dealer.pk, "amount_fen": 9900, "now": NOW}
    with pytest.raises(NotYours):
        cash.record_collected(actor=actor, **taking)
    type(intake).objects.filter(pk=intake.pk).update(caller="Lantian")
    assert cash.record_collected(actor=actor, **taking).collector_id == dealer.pk


def test_cash_at_the_counter_closes_the_payment_that_was_begun_at_the_provider():
    intake, place = paying.order(9900), paying.store()
    begun = paying.begun(intake)
    cash.record_cash(
        order_number=intake.number, actor=paying.clerk_of(place), store_id=place.pk, amount_fen=9900, now=NOW
    )
    begun.refresh_from_db()
    assert begun.state == PaymentState.CLOSED
    assert OutboxMessage.objects.filter(topic="orders.payment_closed", key=str(begun.pk)).exists()


def test_the_courier_collects_at_the_door(announced):
    intake, courier = paying.order(9900, cod=True), paying.institution("cr-swift", "courier")
    cod.expect_cod(order=intake.order, member_id=intake.member_id, amount_fen=9900, now=NOW)
    with pytest.raises(captured.AmountDiffers), transaction.atomic():
        cod.collect_cod(order_number=intake.number, courier_id=courier.pk, amount_fen=9901, now=NOW)
    cod.collect_cod(order_number=intake.number, courier_id=courier.pk, amount_fen=9900, now=NOW)
    assert [(fact.means, fact.collector_id) for fact in announced] == [("cod", courier.pk)]
    with pytest.raises(cod.NothingToCollect):
        cod.collect_cod(order_number=intake.number, courier_id=courier.pk, amount_fen=9900, now=NOW)


def test_two_parcels_are_collected_one_by_one(announced):
    intake, courier = paying.order(9900, cod=True), paying.institution("cr-swift", "courier")
    cod.expect_cod(order=intake.order, member_id=intake.member_id, amount_fen=9900, now=NOW)
    cod.collect_cod(order_number=intake.number, courier_id=courier.pk, amount_fen=4000, now=NOW)
    cod.collect_cod(order_number=intake.number, courier_id=courier.pk, amount_fen=5900, now=NOW)
    assert [fact.amount_fen for fact in announced] == [4000, 5900]
    assert sum(Payment.objects.values_list("captured_fen", flat=True)) == 9900
    assert not Payment.objects.open().exists()


@pytest.mark.parametrize(
    "wrong", [{"captured_fen": -1}, {"captured_fen": 12346}, {"refunded_fen": 12346}, {"captured_fen": 12000}]
)
def test_the_database_refuses_amounts_that_cannot_be(wrong):
    payment = paying.paid().payments.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(**wrong)


def test_a_parcel_that_is_refused_is_not_collected_any_more():
    intake, courier = paying.order(4000, 5900, cod=True), paying.institution("cr-swift", "courier")
    type(intake).objects.filter(pk=intake.pk).update(state="shipped")
    cod.expect_cod(order=intake.order, member_id=intake.member_id, amount_fen=9900, now=NOW)
    first, second = intake.terms.order_by("pk")
    progress.delivered(
        order_number=intake.number,
        quantities=[(first.pk, 1)],
        cod_fen=4000,
        courier_id=courier.pk,
        now=NOW,
    )
    progress.refused_at_door(
        order_number=intake.number, quantities=[(second.pk, 1)], reason="not at home", now=NOW
    )
    intake.refresh_from_db()
    assert intake.state == "completed"
    assert sorted(intake.payments.values_list("state", "captured_fen")) == [("captured", 4000), ("closed", 0)]


def test_points_come_back_when_a_cash_order_is_refused_whole():
    intake = paying.order(9900, cod=True, points_fen=900)
    paying.with_points(intake, 900)
    type(intake).objects.filter(pk=intake.pk).update(state="shipped")
    cod.expect_cod(order=intake.order, member_id=intake.member_id, amount_fen=9000, now=NOW)
    line = intake.terms.get()
    progress.refused_at_door(
        order_number=intake.number, quantities=[(line.pk, 1)], reason="changed mind", now=NOW
    )
    assert points_balance(intake.member_id, day=NOW.date()).spendable == 900
    assert not Payment.objects.open().exists()
