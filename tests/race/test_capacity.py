"""Many routings at once: a location's day takes as many packages as it may, however they meet."""

from threading import Barrier

import pytest
from django.db import transaction

from fulfillment.models import FulfillmentOrder, LocationLoad
from fulfillment.services import capacity, fulfil, route
from tests.support.at_once import at_once, numbered
from tests.support.goods import NOW, Company

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ORDERS, ROOM = 6, 2


@pytest.fixture
def company(freeze_at) -> Company:
    """The cheap store has room for two packages; each order wants something of its own."""
    freeze_at(NOW)
    made = Company()
    skus = [f"s{number}" for number in range(ORDERS)]
    made.goods(*skus)
    for code in ("st-a", "wh"):
        made.put(code, **dict.fromkeys(skus, 1))
    made.profile("st-a", daily_capacity=ROOM, must_accept=False, handling_fen=0)
    for number, sku in enumerate(skus):
        made.hold(f"o{number}", {sku: 1})
        with transaction.atomic():
            fulfil.request(order_number=f"o{number}", now=NOW)
    return made


def route_all_at_once() -> int:
    """Packages that the store has got."""
    at_once(*numbered(lambda number: route.route(order_number=f"o{number}", now=NOW), ORDERS))
    return FulfillmentOrder.objects.filter(location__code="st-a").count()


def test_no_more_leave_than_the_day_takes(company):
    assert route_all_at_once() == ROOM
    assert FulfillmentOrder.objects.count() == ORDERS
    assert LocationLoad.objects.get().packages == ROOM


def test_the_race_is_real_without_the_row(company, monkeypatch):
    """Looked at and not locked, as before: all of them see an empty day."""
    look, all_have_looked = capacity.slots, Barrier(ORDERS)

    def looked(*args, **more):
        look(*args, **more)
        all_have_looked.wait(timeout=20)
        return []

    monkeypatch.setattr(capacity, "slots", looked)
    assert route_all_at_once() > ROOM
