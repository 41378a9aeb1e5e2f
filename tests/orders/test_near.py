"""What a product page says about the places that have the article."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils.translation import override

from fulfillment.queries.promised import Promised
from fulfillment.queries.stock import LocationStock
from orders.views.shop.near import near_store, to_door

NOON, NINE_IN_THE_EVENING = (datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in (4, 13))


def a_store(*, salable: int = 5, closes_at: time | None = time(20)) -> LocationStock:
    return LocationStock(
        location_id=1, code="st-1", label="Nanjing Road", city="上海", distance_km=1.25,
        salable=salable, closes_at=closes_at, kind="store",
    )  # fmt: skip


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_a_store_says_how_far_until_when_and_when_it_is_ready():
    terms = Promised(ready_at=datetime(2026, 11, 20, 4, 30, tzinfo=UTC))
    shown = near_store(a_store(), terms, now=NOON)
    assert shown.about == "1.2 km away · today until 20:00 · ready to collect from 2026-11-20 12:30"


@pytest.mark.parametrize("store", [a_store(), a_store(closes_at=None)])
def test_a_closed_store_says_tomorrow(store):
    shown = near_store(store, Promised(), now=NINE_IN_THE_EVENING)
    assert shown.about == "1.2 km away · closed now, open tomorrow"


@pytest.mark.parametrize(("salable", "words", "is_low"), [(2, "only 2 left", True), (3, "in stock", False)])
def test_few_are_counted(salable, words, is_low):
    shown = near_store(a_store(salable=salable), Promised(), now=NOON)
    assert (shown.left, shown.is_low) == (words, is_low)


def test_the_door_says_from_where_and_when_if_known():
    assert to_door(a_store(), Promised()) == "sent from Nanjing Road"
    known = Promised(arrives_on=date(2026, 11, 22))
    assert to_door(a_store(), known) == "sent from Nanjing Road · with you on 2026-11-22 if ordered now"
