"""Fact → service, one line each."""

from celery import current_app
from django.db import transaction

from omnichannel.kernel import clock, outbox

from .events import (
    CentreReckoningAsked,
    DealerCreditEased,
    FulfillmentCancelled,
    FulfillmentRequested,
    HandedOver,
    ProvisioningRequested,
    RefusedAtDoor,
    SerialImportRequested,
    SupplierGoodsReceived,
    SupplierOrderDeclined,
    SuppliesReceived,
    WaveGiven,
    for_a_customer,
    for_a_dealer,
)
from .services import (
    account_closing,
    automation,
    dealer_holds,
    dealer_progress,
    dealer_sourcing,
    dealer_waiting,
    provisioning,
    serial_import,
    tracking_news,
)
from .services.route import route


def _route(fact: FulfillmentRequested) -> None:
    route(order_number=fact.order_number, now=clock.now())


def _provision(fact: ProvisioningRequested, done) -> None:
    provisioning.perform(job_id=fact.job_id, done=done, now=clock.now())


def _close_accounts(fact: FulfillmentCancelled) -> None:
    account_closing.close_accounts_of(fulfillment_id=fact.fulfillment_id, now=clock.now())


def _read_serials(fact: SerialImportRequested, done) -> None:
    serial_import.run(import_id=fact.import_id, done=done, now=clock.now())


def _note_supplies(fact: SuppliesReceived) -> None:
    dealer_sourcing.note_supplies(import_id=fact.import_id, now=clock.now())


def _go_on(fact: SupplierGoodsReceived | SupplierOrderDeclined) -> None:
    dealer_waiting.goods_came(number=fact.dealer_order, now=clock.now())


def _look_again(fact: DealerCreditEased) -> None:
    dealer_holds.look_again(dealer_id=fact.dealer_id, now=clock.now())


def _reckon_dealer_order(fact: RefusedAtDoor | FulfillmentCancelled) -> None:
    dealer_progress.reckon(number=fact.order_number, now=clock.now())


def _give_wave(fact: WaveGiven, done) -> None:
    automation.send(job_id=fact.job_id, done=done, now=clock.now())


def _tell_on_its_way(fact: HandedOver) -> None:
    tracking_news.tell(fulfillment_id=fact.fulfillment_id, now=clock.now())


def _reckon_centres(fact: CentreReckoningAsked, done) -> None:
    """By name: the task brings the solver along, which no page loads. Sent twice is once."""
    current_app.send_task("fulfillment.reckon_centres", args=[fact.reckoning_id], queue="report")
    with transaction.atomic():
        done()


outbox.subscribe(FulfillmentRequested, _route, name="fulfillment.route", queue="route")
outbox.subscribe(ProvisioningRequested, _provision, name="fulfillment.provision", outside=True)
outbox.subscribe(FulfillmentCancelled, _close_accounts, name="fulfillment.close_accounts")
outbox.subscribe(
    SerialImportRequested, _read_serials, name="fulfillment.read_serials", queue="report", outside=True
)
outbox.subscribe(SuppliesReceived, _note_supplies, name="fulfillment.note_supplies")
outbox.subscribe(SupplierGoodsReceived, _go_on, name="fulfillment.dealer_goods_came", queue="route")
outbox.subscribe(SupplierOrderDeclined, _go_on, name="fulfillment.dealer_goods_declined", queue="route")
outbox.subscribe(DealerCreditEased, _look_again, name="fulfillment.dealer_holds", queue="route")
outbox.subscribe(RefusedAtDoor, _reckon_dealer_order, name="fulfillment.dealer_refused", only=for_a_dealer)
outbox.subscribe(
    FulfillmentCancelled, _reckon_dealer_order, name="fulfillment.dealer_given_up", only=for_a_dealer
)
outbox.subscribe(
    HandedOver, _tell_on_its_way, name="fulfillment.tell_on_its_way", queue="notify", only=for_a_customer
)
outbox.subscribe(WaveGiven, _give_wave, name="fulfillment.give_wave", outside=True)
outbox.subscribe(
    CentreReckoningAsked, _reckon_centres, name="fulfillment.reckon_centres", queue="report", outside=True
)
