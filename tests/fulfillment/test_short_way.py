"""One line from one level is reserved the short way: as the long way does it, or not at all."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fulfillment.models import Campaign, CampaignItem, FulfillmentDemand, Reservation, StockBucket, StockLevel
from fulfillment.queries.invariants import findings
from fulfillment.queries.stock import salable_total
from fulfillment.services import hot, reservation_promise
from tests.support.goods import HOLD

UNITS = 80


@pytest.fixture
def level(company, settings) -> StockLevel:
    settings.HOT_BUCKETS, settings.HOT_BUCKET_LEAST = 4, 5
    company.put("wh", a=UNITS)
    hot.forget()
    return StockLevel.objects.get()


def ways_of(hold) -> list[str]:
    """The functions of the database that a reservation asked, in their order."""
    with CaptureQueriesContext(connection) as captured:
        hold()
    names = {"fulfillment_reserve_one(": "short", "fulfillment_reserve(": "long"}
    prepared = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, statement FROM pg_prepared_statements")
        prepared = dict(cursor.fetchall())
    asked = [prepared.get(each["sql"].split(" ")[1], "") for each in captured.captured_queries]
    return [way for text in asked for name, way in names.items() if name in text]


def written() -> tuple:
    demand = FulfillmentDemand.objects.values(
        "channel", "way", "state", "wish", "customer", "reason", "expires_at", "promised_on", "placed_at",
        "changed_at",
    ).get()  # fmt: skip
    demand["wish"].pop("order_number")
    rows = Reservation.objects.values(
        "line_id", "level", "sku", "location", "quantity", "state", "changed_at"
    )
    return demand, list(rows), StockLevel.objects.values("on_hand", "reserved", "buckets").get()


def test_both_ways_write_the_same(company, level, monkeypatch):
    with transaction.atomic():
        assert ways_of(lambda: company.hold("o1", {"a": 3})) == ["short"]
        short = written()
        transaction.set_rollback(True)
    monkeypatch.setattr(reservation_promise, "_one", lambda *_: None)
    assert ways_of(lambda: company.hold("o2", {"a": 3})) == ["long"]
    assert written() == short


def test_two_lines_go_the_long_way(company, level):
    company.put("wh", b=1)
    assert ways_of(lambda: company.hold("o1", {"a": 1, "b": 1})) == ["long"]


def test_an_order_that_is_known_is_held_once(company, level):
    first = company.hold("o1", {"a": 1})
    assert ways_of(lambda: company.hold("o1", {"a": 1})) == ["short", "long"]
    assert company.hold("o1", {"a": 1}).demand_id == first.demand_id
    assert salable_total(["a"], "web") == {"a": UNITS - 1}


def test_a_level_that_was_divided_elsewhere_is_noticed_once(company, level, now):
    with connection.cursor() as cursor:
        cursor.execute("SELECT fulfillment_divide(%s, 4, 5, %s)", [level.pk, now])
    assert ways_of(lambda: company.hold("o1", {"a": 1})) == ["short", "long"]
    assert ways_of(lambda: company.hold("o2", {"a": 1})) == ["short"]
    assert sum(StockBucket.objects.values_list("free", flat=True)) == UNITS - 2
    assert findings(now=now) == []


def test_a_level_that_was_made_whole_elsewhere_is_noticed_once(company, level, now):
    hot.divide(level_id=level.pk, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fulfillment_divide(%s, 0, 5, %s)", [level.pk, now])
    assert ways_of(lambda: company.hold("o1", {"a": 1})) == ["short", "long"]
    assert ways_of(lambda: company.hold("o2", {"a": 1})) == ["short"]
    level.refresh_from_db()
    assert level.reserved == 2
    assert findings(now=now) == []


def test_what_one_bucket_has_not_comes_from_all(company, level, now):
    hot.divide(level_id=level.pk, now=now)
    assert ways_of(lambda: company.hold("o1", {"a": UNITS // 2})) == ["short", "long"]
    assert salable_total(["a"], "web") == {"a": UNITS // 2}
    assert findings(now=now) == []


def test_the_short_way_does_nothing_where_it_fails(company, level, now):
    """Asked for more than there is, of another SKU's level, of a level that is not there."""
    wish = {"order_number": "o1", "channel": "web", "way": "ship", "placed_at": now.isoformat()}
    call = "SELECT fulfillment_reserve_one(%s, '', NULL, %s, %s, %s, 0, %s, 0, 10, 10)"
    for sku, level_id, units, parts in (
        ("a", level.pk, UNITS + 1, 0),
        ("a", level.pk, 1, 4),
        ("b", level.pk, 1, 0),
        ("a", 0, 1, 0),
    ):
        asked = connection.ops.adapt_json_value(wish | {"lines": [{"line_id": 1, "sku": sku}]}, None)
        with connection.cursor() as cursor:
            cursor.execute(call, [asked, now, level_id, units, parts])
            assert cursor.fetchone() == (None,)
    assert not FulfillmentDemand.objects.exists()
    assert salable_total(["a"], "web") == {"a": UNITS}


def test_an_article_of_a_flash_sale_is_not_tried_again_and_again(company, level, now):
    sale = Campaign.objects.create(
        code="flash", title="抢购", title_en="Sale", starts_at=now + HOLD, ends_at=now + 2 * HOLD
    )
    CampaignItem.objects.create(campaign=sale, sku="a", quantity=10, per_customer=2)
    assert ways_of(lambda: company.hold("o1", {"a": 1})) == ["short", "long"]
    assert ways_of(lambda: company.hold("o2", {"a": 1})) == ["long"]
    company.put("wh", b=1)
    assert ways_of(lambda: company.hold("o3", {"b": 1})) == ["short"]


@pytest.mark.parametrize("change", [{"sku": "b"}, {"location": "st-a"}, {"level": 0}])
def test_a_reservation_names_its_level_s_sku_and_location(company, level, change):
    company.hold("o1", {"a": 1})
    if "location" in change:
        change = {"location": company.places[change["location"]]}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="reservation_of_level"), transaction.atomic():
        Reservation.objects.update(**change)


@pytest.mark.parametrize(
    ("index", "where"),
    [
        ("reservation_of_parcel", "fulfillment_id = 1"),
        ("reservation_live", "level_id = 1 AND state IN ('held', 'confirmed')"),
        ("demand_id", "demand_id = 1 AND fulfillment_id IS NULL"),
    ],
)
def test_every_way_to_a_reservation_has_its_index(db, index, where):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT id FROM fulfillment_reservation WHERE {where}")
        assert index in "\n".join(line for (line,) in cursor.fetchall())


def test_any_customers_unpaid_orders_are_found_by_their_index(db):
    """Also by the plan that the server keeps, which is made without knowing the customer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'fulfillment_check_holds'")
        body = cursor.fetchone()[0]
        where = re.search(r"count\(\*\) INTO v_orders (FROM .*?);", body, re.DOTALL)[1]
        kept = where.replace("p_customer", "$1").replace("p_demand", "$2")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (GENERIC_PLAN) SELECT count(*) {kept}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "demand_unpaid_of" in plan
