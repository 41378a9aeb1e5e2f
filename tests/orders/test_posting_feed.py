"""A posted parcel that an outside courier carries: its signed news bring it to the receiver."""

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from fulfillment.services import feed_signatures
from fulfillment.simulator import courier
from orders.models import OrderIntake
from tests.support.demo import NOON
from tests.support.ordering import settle
from tests.support.posting import hand_over, post

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]
EVENING = NOON + timedelta(hours=7)


def news_of(fo) -> list[courier.Message]:
    """Everything that its courier tells about it, each message signed with the courier's secret."""
    feed_signatures.new_secret(courier_code=fo.delivery.courier.code, secret="whsec-posted", now=NOON)
    way = courier.route_of(fo.delivery, until=EVENING)
    return [courier.message(event, now=EVENING, event_id=f"evt-{place}") for place, event in enumerate(way)]


def send(sent: courier.Message) -> dict:
    given = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in sent.headers.items()}
    given.pop("HTTP_CONTENT_TYPE")
    path = "/api/v1/courier-events"
    return APIClient().post(path, sent.body, content_type="application/json", **given).json()


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "the end first"])
def test_the_couriers_news_bring_it_to_the_receiver(freeze_at, turned):
    freeze_at(NOON)
    placed = post()
    fo = hand_over(placed)
    freeze_at(EVENING)
    sent = news_of(fo)
    told = [send(each) for each in (reversed(sent) if turned else sent)]
    assert send(sent[-1])["times_received"] == 2
    settle()
    fo.refresh_from_db()
    assert fo.state == "delivered", told
    assert OrderIntake.objects.get(number=placed.order_number).state == "completed"
