"""The operators' first page counts what waits, and says since when."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from omnichannel import admin_home
from tests.support import paying
from tests.support.paying import NOW

pytestmark = pytest.mark.django_db
EARLIER = NOW - timedelta(minutes=20)


@pytest.fixture
def tiles(rf):
    request = rf.get("/admin/")
    request.user, request.actor = get_user_model()(is_superuser=True), paying.operator()
    return lambda: {tile["href"]: tile for tile in admin_home.dashboard(request, {})["tiles"]}


def test_a_heap_has_its_size_and_the_age_of_the_oldest(tiles):
    paying.order(at=NOW)
    paying.order(at=EARLIER)
    tile = tiles()["/admin/order/orderintake/?state=awaiting_payment"]
    assert (tile["count"], tile["oldest"], tile["alarm"]) == (2, EARLIER, False)


def test_an_empty_heap_alarms_nobody(tiles):
    assert not any(tile["alarm"] or tile["count"] or tile["oldest"] for tile in tiles().values())


def test_one_statement_a_heap(tiles, django_assert_num_queries):
    with django_assert_num_queries(7 + len(("stuck", "newest", "refused units still out"))):
        tiles()
