"""Many orders of one member with cash at the door at once: no more of them than the cap."""

from functools import partial
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import transaction

from orders.models import Payment
from orders.services import cod
from tests.support import paying
from tests.support.at_once import at_once

MOST, ORDERS = 2, 8
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def intakes(settings) -> list:
    settings.COD_MOST_OPEN = MOST
    return [paying.order(9900, cod=True) for _ in range(ORDERS)]


def expect(intake) -> str:
    with transaction.atomic():
        cod.expect_cod(order=intake.order, member_id=intake.member_id, amount_fen=9900, now=paying.NOW)
    return "placed"


def expect_all(intakes: list) -> list[str]:
    return at_once(*(partial(expect, intake) for intake in intakes))


def test_no_more_than_the_cap(intakes):
    assert sorted(expect_all(intakes)) == ["placed"] * MOST + ["too_many_cod"] * (ORDERS - MOST)
    assert Payment.objects.filter(means="cod").count() == MOST


def test_the_race_is_real_without_the_lock(intakes, monkeypatch):
    """All have counted before any is written."""
    everybody_counts = Barrier(ORDERS)
    create = Payment.objects.create

    def create_after_all_have_counted(**values):
        try:
            everybody_counts.wait(timeout=20)
        except BrokenBarrierError:
            pytest.fail("not everybody got past the count")
        return create(**values)

    monkeypatch.setattr(cod, "advisory_lock", lambda name: None)
    monkeypatch.setattr(Payment.objects, "create", create_after_all_have_counted)
    assert expect_all(intakes) == ["placed"] * ORDERS
