"""A posted parcel is called off at the counter while its courier takes it: one of the two, never both."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event

import pytest
from django.db import IntegrityError, connection, transaction

from fulfillment.models import FulfillmentOrder, Posting
from fulfillment.services import handover
from orders.models import Refund
from orders.services import cancellation
from tests.support.at_once import at_once
from tests.support.demo import NOON
from tests.support.ordering import intake, staff
from tests.support.posting import parcel_of, post

pytestmark = [
    pytest.mark.race,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def placed():
    return post()


def give_to_courier(placed) -> str:
    fo = parcel_of(placed)
    handover.hand_over(location_id=fo.location_id, ids=[fo.pk], actor=staff("manager1"), now=NOON)
    return "handed over"


def call_off(placed) -> str:
    who = {"actor": staff("clerk1"), "reason": "changed my mind", "now": NOON}
    cancellation.cancel(order_number=placed.order_number, **who)
    return "called off"


def test_one_of_them_wins(placed):
    outcomes = set(at_once(partial(give_to_courier, placed), partial(call_off, placed)))
    state, refunds = parcel_of(placed).state, Refund.objects.count()
    assert (outcomes, state, refunds) in [
        ({"handed over", "already_handed_over"}, "handed_over", 0),
        ({"fulfillment_wrong_state", "called off"}, "cancelled", 1),
    ]


def test_the_race_is_real_without_the_parcel_s_lock(placed, monkeypatch):
    """The ramp has looked at the parcel, then the counter calls it off, then the ramp goes on: both."""
    looked, called_off = Event(), Event()

    def unlocked(actor, ids, *, location_id):
        found = list(FulfillmentOrder.objects.filter(pk__in=ids).select_related("demand", "location"))
        looked.set()
        assert called_off.wait(timeout=20)
        return found

    def ramp() -> str:
        try:
            return give_to_courier(placed)
        finally:
            connection.close()

    monkeypatch.setattr(handover, "parcels", unlocked)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(ramp)
        assert looked.wait(timeout=20)
        assert call_off(placed) == "called off"
        called_off.set()
        assert running.result(timeout=30) == "handed over"
    assert (intake(placed).state, parcel_of(placed).state) == ("cancelled", "handed_over")


@pytest.mark.owner
@pytest.mark.parametrize("armed", [True, False], ids=["guarded", "without the guard"])
def test_what_was_agreed_is_kept_by_the_database(placed, armed):
    posted = Posting.objects.filter(demand__order_number=placed.order_number)
    with transaction.atomic():
        if not armed:
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE fulfillment_posting DISABLE TRIGGER posting_keep")
            assert posted.update(postage_fen=1) == 1
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                posted.update(postage_fen=1)
        transaction.set_rollback(True)
