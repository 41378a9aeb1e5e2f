"""Fact → service, one line each."""

from omnichannel.kernel import clock, outbox

from .events import FulfillmentRequested
from .services.route import route


def _route(fact: FulfillmentRequested) -> None:
    route(order_number=fact.order_number, now=clock.now())


outbox.subscribe(FulfillmentRequested, _route, name="fulfillment.route", queue="route")
