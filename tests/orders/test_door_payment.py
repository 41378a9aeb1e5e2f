"""Cash on delivery paid by QR at the door: through the provider, once; what comes too late goes back."""

import pytest

from fulfillment.models import Delivery, FulfillmentOrder
from fulfillment.services import cod as doors
from fulfillment.services import delivery
from fulfillment.services.doors import ParcelUnknown, StepOrder
from members.actors import Actor
from omnichannel.demo_day.rounds import courier_actor, signature
from omnichannel.kernel import outbox
from orders.models import Payment, Refund
from orders.services import callbacks, door_payment
from orders.simulator import account
from orders.simulator.models import SimTransaction
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import TEA, intake, order
from tests.support.walking import hand_to_couriers

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at, settings, tmp_path):
    freeze_at(NOON)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def door():
    """A signed parcel at the door, with money as its next step."""
    placed = order(TEA, means="cod")
    hand_to_couriers()
    fo = FulfillmentOrder.objects.get(demand__order_number=placed.order_number)
    row = Delivery.objects.get(fulfillment=fo)
    actor = courier_actor(row.courier_id)
    delivery.arrive(actor=actor, code=fo.code, now=NOON)
    delivery.sign(actor=actor, code=fo.code, signature=signature(), now=NOON)
    return placed, fo, actor


def start(door) -> Payment:
    _placed, fo, actor = door
    return door_payment.start(parcel=fo.code, actor=actor, now=NOON)


def pay(payment: Payment) -> str | None:
    account.pay(SimTransaction.objects.get(out_trade_no=payment.out_trade_no), now=NOON)
    return callbacks.ask_provider(payment=payment, now=NOON)


def money(placed) -> dict[str, tuple]:
    rows = Payment.objects.filter(intake__number=placed.order_number)
    return {row.means: (row.state, row.captured_fen) for row in rows}


def test_paid_by_the_customers_phone_it_is_delivered(door):
    placed, fo, _actor = door
    payment = start(door)
    assert payment.amount_fen == placed.due_fen
    assert pay(payment) == "captured"
    outbox.drain()
    row = Delivery.objects.get(fulfillment=fo)
    assert (row.next_step, row.cod_means, row.cod_collected_fen) == ("", "qr", placed.due_fen)
    assert intake(placed).state == "completed"
    assert money(placed) == {"cod": ("closed", 0), "unipay": ("captured", placed.due_fen)}
    assert not Delivery.objects.cod_outstanding().exists()
    assert not Refund.objects.exists()


def test_asked_twice_it_is_one_payment_and_a_second_callback_changes_nothing(door):
    payment = start(door)
    assert start(door).pk == payment.pk
    pay(payment)
    payment.refresh_from_db()
    assert callbacks.ask_provider(payment=payment, now=NOON) == "repeated"
    outbox.drain()
    assert Payment.objects.filter(means="unipay", state="captured").count() == 1


def test_cash_was_faster_and_the_qr_money_goes_back(door):
    placed, fo, actor = door
    payment = start(door)
    account.pay(SimTransaction.objects.get(out_trade_no=payment.out_trade_no), now=NOON)
    delivery.collect(actor=actor, code=fo.code, amount_fen=placed.due_fen, now=NOON)
    assert callbacks.ask_provider(payment=payment, now=NOON) == "late_refunded"
    outbox.drain()
    assert Delivery.objects.get(fulfillment=fo).cod_means == "cash"
    assert money(placed)["cod"] == ("captured", placed.due_fen)
    assert Refund.objects.get().amount_fen == placed.due_fen


def test_a_code_that_ran_out_gives_way_to_a_new_one(door, settings):
    payment = start(door)
    settings.COD_QR_MINUTES = 0
    fresh = start(door)
    payment.refresh_from_db()
    assert (fresh.pk != payment.pk, payment.state) == (True, "closed")
    assert Delivery.objects.get(qr_reference=fresh.out_trade_no)


def test_only_the_courier_of_the_parcel_and_only_when_money_is_due(door):
    placed, fo, actor = door
    with pytest.raises(ParcelUnknown):
        door_payment.start(parcel=fo.code, actor=Actor(name="stranger"), now=NOON)
    delivery.collect(actor=actor, code=fo.code, amount_fen=placed.due_fen, now=NOON)
    with pytest.raises(StepOrder):
        door_payment.start(parcel=fo.code, actor=actor, now=NOON)
    assert not doors.paid_by_qr(reference="nobody", amount_fen=1, now=NOON)


def test_the_page_waits_and_then_says_that_it_is_paid(door, client):
    _placed, fo, _actor = door
    company = Delivery.objects.get(fulfillment=fo).courier.code
    user = {"cr-swift": "courier1", "cr-star": "courier2"}[company]
    client.force_login(ordering.user_named(user))
    client.cookies["django_language"] = "en"
    assert client.get(f"/door/{fo.code}/qr/").status_code == 302
    assert client.post(f"/door/{fo.code}/qr/start/").status_code == 302
    page = client.get(f"/door/{fo.code}/qr/").content.decode()
    assert "<svg" in page
    pay(Payment.objects.get(means="unipay"))
    part = client.get(f"/door/{fo.code}/qr/", headers={"HX-Request": "true"}).content.decode()
    assert "Paid, and delivered" in part


def told(client, payment: Payment) -> str:
    """What the payer's own phone shows when the provider sends it back."""
    back = SimTransaction.objects.get(out_trade_no=payment.out_trade_no).return_url
    client.cookies["django_language"] = "en"
    return client.get(back).content.decode()


def test_the_payer_is_told_what_became_of_the_payment(door, client):
    payment = start(door)
    assert "One moment" in told(client, payment)
    account.fail(SimTransaction.objects.get(out_trade_no=payment.out_trade_no))
    callbacks.ask_provider(payment=payment, now=NOON)
    assert "It was not paid" in told(client, payment)
    fresh = start(door)
    pay(fresh)
    assert "Thank you" in told(client, fresh)
    assert "It was not paid" in told(client, payment)


def test_who_pays_by_qr_after_the_cash_is_told_that_it_goes_back(door, client):
    placed, fo, actor = door
    payment = start(door)
    account.pay(SimTransaction.objects.get(out_trade_no=payment.out_trade_no), now=NOON)
    delivery.collect(actor=actor, code=fo.code, amount_fen=placed.due_fen, now=NOON)
    callbacks.ask_provider(payment=payment, now=NOON)
    assert "Your money goes back" in told(client, payment)


def test_a_made_up_reference_tells_nothing(client, door):
    payment = start(door)
    assert "One moment" not in client.get(f"/door/paid/?pay={payment.out_trade_no}").content.decode()
