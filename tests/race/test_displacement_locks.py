"""What displaces promises locks parcels and levels in the order of their keys, whatever it found them in."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from fulfillment.models import FulfillmentOrder, Reservation, StockLevel
from fulfillment.services import displacement, fulfil, stock
from fulfillment.services.displacement import Shortfall
from members.actors import SYSTEM
from tests.support.goods import NOW, Company, follow_up

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

WAITING = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@pytest.fixture
def company(freeze_at) -> Company:
    """One store with a, b and c, each promised to an order of its own: parcels in the order b, a."""
    freeze_at(NOW)
    made = Company()
    made.goods("a", "b", "c")
    made.put("st-a", a=1, b=1, c=1)
    for number, sku in (("o1", "b"), ("o2", "a")):
        with transaction.atomic():
            made.hold(number, {sku: 1})
            fulfil.request(order_number=number, now=NOW)
        follow_up()
    return made


def parcels() -> list[int]:
    return list(FulfillmentOrder.objects.order_by("pk").values_list("pk", flat=True))


def against(rows, work) -> str:
    """`work` runs while somebody locks these rows, which are two, one after the other in their order."""

    def run() -> str:
        try:
            with transaction.atomic():
                work()
            return "done"
        except OperationalError as error:
            return "deadlock" if "deadlock" in str(error) else str(error)
        finally:
            connection.close()

    first, second = rows.order_by("pk").values_list("pk", flat=True)
    with ThreadPoolExecutor(1) as pool:
        try:
            with transaction.atomic():
                rows.select_for_update().get(pk=first)
                running = pool.submit(run)
                _until_one_waits()
                rows.select_for_update().get(pk=second)
        except OperationalError as error:
            running.result(timeout=30)
            return "deadlock" if "deadlock" in str(error) else str(error)
        return running.result(timeout=30)


def _until_one_waits() -> None:
    end = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_stat_clear_snapshot()")
    raise AssertionError("somebody should be waiting")


def shortfalls(company, *skus: str) -> list[Shortfall]:
    return [Shortfall(sku, company.places["st-a"].pk, 1) for sku in skus]


def test_two_articles_displace_parcels_in_key_order(company):
    wanted = shortfalls(company, "a", "b")
    outcome = against(
        FulfillmentOrder.objects.all(), lambda: displacement.make_room(wanted, actor=SYSTEM, now=NOW)
    )
    assert outcome == "done"
    assert set(FulfillmentOrder.objects.values_list("state", flat=True)) == {"declined"}


def test_one_article_after_the_other_would_deadlock(company):
    """The control: what a surplus of two articles did."""

    def work():
        for short in shortfalls(company, "a", "b"):
            displacement.make_room([short], actor=SYSTEM, now=NOW)

    assert against(FulfillmentOrder.objects.all(), work) == "deadlock"


def test_the_parcel_in_hand_is_locked_with_those_that_it_displaces(company):
    _displaced, in_hand = parcels()
    outcome = against(
        FulfillmentOrder.objects.all(),
        lambda: displacement.lock(shortfalls(company, "b"), parcels=[in_hand]),
    )
    assert outcome == "done"


def test_the_parcel_in_hand_locked_first_would_deadlock(company):
    _displaced, in_hand = parcels()

    def work():
        FulfillmentOrder.objects.select_for_update().get(pk=in_hand)
        displacement.lock(shortfalls(company, "b"))

    assert against(FulfillmentOrder.objects.all(), work) == "deadlock"


@pytest.fixture
def held(company) -> Company:
    """c is held at the store for an unpaid order; another shelf, older than the store's, has one too."""
    company.put("wh", c=1)
    store = StockLevel.objects.get(sku="c", location=company.places["st-a"])
    other = StockLevel.objects.get(sku="c", location=company.places["wh"])
    assert store.pk < other.pk
    company.hold("o3", {"c": 1})
    row = Reservation.objects.get(demand__order_number="o3")
    if row.level_id == store.pk:  # held at the older of the two shelves: the younger one is where it goes
        StockLevel.objects.filter(pk=row.level_id).update(reserved=0)
        StockLevel.objects.filter(pk=other.pk).update(reserved=1)
        Reservation.objects.filter(pk=row.pk).update(level=other, location=company.places["wh"])
    return company


def sell_what_is_held(company) -> None:
    """The unit leaves the books, as at a till; its hold is taken anew where there is one more."""
    shelf = {"sku": "c", "location_id": company.places["wh"].pk}
    displaced = displacement.make_room([Shortfall(**shelf, units=1)], actor=SYSTEM, now=NOW)
    stock.book(**shelf, units=-1, place="loss", reason="sold", reference="till", now=NOW)
    assert displacement.take_anew(displaced, now=NOW) == []


def test_a_hold_looks_for_another_shelf_in_key_order(held):
    levels = StockLevel.objects.filter(sku="c")
    assert against(levels, lambda: sell_what_is_held(held)) == "done"
    assert Reservation.objects.get(state="held").location == held.places["st-a"]


def test_levels_locked_as_they_are_found_would_deadlock(held, monkeypatch):
    monkeypatch.setattr(displacement, "_lock_levels", lambda shelves, demands: None)
    assert against(StockLevel.objects.filter(sku="c"), lambda: sell_what_is_held(held)) == "deadlock"
