"""What a counter is told about goods: its own shelf first, and no dealer what lies at another dealer's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fulfillment.models import SafetyStock, StockLevel
from orders.views import clerk as console
from tests.support import accepting, ordering
from tests.support.accepting import DEALER, OTHER, PERSON, place
from tests.support.demo import NOON
from tests.support.ordering import CHARGER, STORE

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]
UNITS = {STORE: 5, DEALER: 2, OTHER: 7}


@pytest.fixture(autouse=True)
def shelves(freeze_at):
    """Chargers at one store of ours and at two dealers', nowhere else."""
    freeze_at(NOON)
    SafetyStock.objects.all().delete()
    StockLevel.objects.filter(sku=CHARGER).update(on_hand=0, reserved=0)
    for code, units in UNITS.items():
        StockLevel.objects.update_or_create(
            sku=CHARGER, location_id=place(code).id, defaults={"on_hand": units, "reserved": 0}
        )


@pytest.fixture
def at(client):
    def open_for(username: str):
        client.force_login(ordering.user_named(username))
        return client

    return open_for


def found(counter) -> dict[str, int]:
    (row,) = [
        row
        for row in counter.get("/clerk/search/", {"q": CHARGER}).context["rows"]
        if row["offering"].sku == CHARGER
    ]
    return {"here": row["here"], "elsewhere": row["elsewhere"]}


def in_hand(counter) -> dict[str, int]:
    """Units by place, as the line in the hand lists them."""
    page = counter.post("/clerk/take/", {"sku": CHARGER})
    return {each.code: each.salable for each, _when in page.context["lines"][0]["stock"]}


def everywhere(counter) -> dict[str, int]:
    page = counter.get("/stock/everywhere/", {"q": CHARGER})
    (hit,) = [hit for hit in page.context["hits"] if hit["facts"].sku == CHARGER]
    assert hit["units"] == sum(row.stock.salable for row in hit["rows"])
    return {row.stock.code: row.stock.salable for row in hit["rows"]}


def by_query(client) -> dict[str, int]:
    (answer,) = client.get("/api/v1/stock", {"sku": CHARGER}).json()["stock"]
    return {each["location"]: each["salable"] for each in answer["locations"]}


def by_order_api(client) -> dict[str, int]:
    rows = client.get("/api/v1/availability", {"sku": CHARGER}).json()["stock"]
    return {each["location"]: each["salable"] for each in rows}


@pytest.mark.parametrize("told", [in_hand, everywhere, by_query])
def test_no_dealer_sees_what_lies_at_another_s(at, told):
    assert told(at(PERSON)) == {STORE: 5, DEALER: 2}
    assert told(at(accepting.STRANGER)) == {STORE: 5, OTHER: 7}


@pytest.mark.parametrize("told", [in_hand, everywhere, by_query])
def test_our_people_see_all_of_it(at, told):
    assert told(at("clerk1")) == UNITS


@pytest.mark.parametrize("told", [by_query, by_order_api])
def test_a_dealer_s_system_sees_as_much_as_its_people_and_ours_all(told):
    assert told(ordering.channel("dealer")) == {STORE: 5, OTHER: 7}
    assert told(ordering.channel("app")) == UNITS


def test_a_hit_counts_what_the_counter_may_see(at):
    assert found(at(PERSON)) == {"here": 2, "elsewhere": 5}
    assert found(at("clerk1")) == {"here": 5, "elsewhere": 9}


def test_the_page_of_all_places_is_offered_to_our_people(at):
    link = "/stock/everywhere/?q="
    for username, offered in ((PERSON, False), ("clerk1", True)):
        assert (link in at(username).post("/clerk/take/", {"sku": CHARGER}).content.decode()) is offered


def test_goods_are_asked_for_where_they_may_be_moved(at):
    """Between our own places: a dealer orders what is ours, and we do not take what is a dealer's."""

    def asked_of(username: str) -> set[str]:
        page = at(username).get("/stock/everywhere/", {"q": CHARGER}).content.decode()
        return {code for code in UNITS if f"?from={code}&amp;" in page}

    assert asked_of("clerk2") == set()  # a clerk asks nobody
    assert asked_of("lead1") == {STORE}
    assert asked_of(PERSON) == set()


def test_who_looks_after_all_shelves_sees_them_and_who_has_none_nothing(at):
    for username in ("operator1", "auditor"):
        assert everywhere(at(username)) == UNITS
    for username in ("supplier1", "courier1", "fclerk"):
        assert at(username).get("/stock/everywhere/", {"q": CHARGER}).status_code == 403


def test_a_button_reads_one_shelf_and_counts_the_rest_for_what_it_shows(at, monkeypatch):
    """Not a row for each place in the country: few statements, and sums for the hits alone."""
    asked = []
    totals = console.stock.salable_total
    monkeypatch.setattr(
        console.stock,
        "salable_total",
        lambda skus, *args, **kw: asked.append(list(skus)) or totals(skus, *args, **kw),
    )
    monkeypatch.setattr(console, "MOST_OF_KIND", 3)
    counter = at("clerk1")
    counter.get("/clerk/search/", {"kind": "device"})
    asked.clear()
    with CaptureQueriesContext(connection) as statements:
        rows = counter.get("/clerk/search/", {"kind": "device"}).context["rows"]
    assert [[row["offering"].sku for row in rows]] == asked
    assert len(rows) == 3
    assert len(statements) <= 8
    assert all(row["here"] for row in rows)
    assert [row["tag"].amount for row in rows] == sorted(row["tag"].amount for row in rows)


def test_what_lies_on_the_shelf_is_asked_of_the_shelf(at):
    """Two statements about stock for the hand: the shelf, for the way; the places, for the list."""
    counter = at(PERSON)
    assert counter.post("/clerk/take/", {"sku": CHARGER}).context["way"] == "pickup"
    three = [counter.post("/clerk/take/", {"sku": CHARGER}) for _unit in range(2)][-1]
    assert three.context["way"] == "ship"
