"""Fact → service, one line each."""

from omnichannel.kernel import clock, outbox

from .events import FulfillmentCancelled, FulfillmentRequested, ProvisioningRequested
from .services import account_opening, provisioning
from .services.route import route


def _route(fact: FulfillmentRequested) -> None:
    route(order_number=fact.order_number, now=clock.now())


def _provision(fact: ProvisioningRequested, done) -> None:
    provisioning.perform(job_id=fact.job_id, done=done, now=clock.now())


def _close_accounts(fact: FulfillmentCancelled) -> None:
    account_opening.close_accounts_of(fulfillment_id=fact.fulfillment_id, now=clock.now())


outbox.subscribe(FulfillmentRequested, _route, name="fulfillment.route", queue="route")
outbox.subscribe(ProvisioningRequested, _provision, name="fulfillment.provision", outside=True)
outbox.subscribe(FulfillmentCancelled, _close_accounts, name="fulfillment.close_accounts")
