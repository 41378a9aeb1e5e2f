"""A count: blind figures, a second person, movements; promises give way to what is on the shelf."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from catalog.models import Product
from fulfillment.models import (
    CountLine,
    FulfillmentDemand,
    FulfillmentOrder,
    Reservation,
    SerialEvent,
    SerialUnit,
    StockCount,
    StockLevel,
    StockMovement,
)
from fulfillment.queries.invariants import findings
from fulfillment.services import acceptance, count_opening, count_posting, counts, picking, serial_care, stock
from fulfillment.services.claims import SerialOfOther
from fulfillment.services.serials import SerialUnknown
from fulfillment.services.wrong_input import SkuUnknown
from members.actors import Actor, Grant
from omnichannel.kernel.errors import NotAllowed
from tests.support.goods import follow_up

IMEIS = ["860000000000017", "860000000000025", "860000000000033"]


@pytest.fixture
def shop(company):
    company.put("st-a", a=10, b=4)
    company.goods("phone", kind="device", serial_kind="imei")
    return company


def someone(company, user_id: int, role="store_manager", code="st-a") -> Actor:
    place = company.places[code]
    return Actor(
        user_id=user_id, name=f"{role}-{user_id}", grants=frozenset([Grant(role, place.pk, place.path)])
    )


@pytest.fixture
def counter(shop):
    return someone(shop, 1, "clerk")


@pytest.fixture
def boss(shop):
    return someone(shop, 2)


def on_hand(sku="a", code="st-a") -> int:
    return StockLevel.objects.get(sku=sku, location__code=code).on_hand


def opened(shop, counter, now, *skus) -> str:
    place = shop.places["st-a"]
    return count_opening.open_count(actor=counter, location_id=place.pk, skus=skus, now=now).code


def counted(shop, counter, now, **figures) -> str:
    code = opened(shop, counter, now, *figures)
    for sku, units in figures.items():
        counts.record(actor=counter, code=code, sku=sku, counted=units, now=now)
    counts.finish(actor=counter, code=code, now=now)
    return code


def test_a_difference_is_posted_by_a_second_person(shop, counter, boss, now):
    code = counted(shop, counter, now, a=8, b=5)
    assert on_hand() == 10
    with pytest.raises(NotAllowed):
        count_posting.approve(actor=counter, code=code, now=now)
    with pytest.raises(count_posting.CountUnknown):
        count_posting.approve(actor=someone(shop, 3, code="st-b"), code=code, now=now)
    count_posting.approve(actor=boss, code=code, now=now)
    assert (on_hand(), on_hand("b")) == (8, 5)
    moved = StockMovement.objects.filter(reference=code).order_by("sku")
    assert list(moved.values_list("sku", "quantity", "reason", "from_place", "to_place")) == [
        ("a", 2, "count_missing", "location", "loss"),
        ("b", 1, "count_found", "loss", "location"),
    ]
    assert findings(now=now) == []


def test_who_counted_one_line_does_not_approve(shop, counter, boss, now):
    code = opened(shop, counter, now, "a", "b")
    counts.record(actor=boss, code=code, sku="a", counted=8, now=now)
    counts.record(actor=counter, code=code, sku="b", counted=4, now=now)
    counts.finish(actor=counter, code=code, now=now)
    with pytest.raises(count_posting.OwnCount):
        count_posting.approve(actor=boss, code=code, now=now)
    assert on_hand() == 10


def test_the_database_refuses_an_own_approval(shop, counter, now):
    code = counted(shop, counter, now, a=8)
    with pytest.raises(IntegrityError), transaction.atomic():
        StockCount.objects.filter(code=code).update(approved_by_user=counter.user_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        StockCount.objects.filter(code=code).update(state="posted")
    with pytest.raises(IntegrityError), transaction.atomic():
        CountLine.objects.filter(count__code=code).update(approved_by_user=counter.user_id)


def test_what_was_sold_since_the_count_stays_sold(shop, counter, boss, now):
    code = counted(shop, counter, now, a=9)
    stock.book(
        sku="a",
        location_id=shop.places["st-a"].pk,
        units=-3,
        place="customer",
        reason="till",
        reference="t1",
        now=now,
    )
    count_posting.approve(actor=boss, code=code, now=now)
    assert on_hand() == 6


def test_units_in_picked_parcels_are_not_on_the_shelf(shop, counter, boss, now):
    shop.paid("O1", {"a": 2})
    fo = FulfillmentOrder.objects.get()
    acceptance.accept(fulfillment_id=fo.pk, actor=counter, now=now)
    picking.pick_at_counter(actor=counter, location_id=fo.location_id, code=fo.code, serials={}, now=now)
    code = counted(shop, counter, now, a=8)
    assert CountLine.objects.get().difference == 0
    count_posting.approve(actor=boss, code=code, now=now)
    assert on_hand() == 10
    assert findings(now=now) == []


def test_an_unpicked_order_gives_way_and_is_routed_elsewhere(shop, counter, boss, now):
    shop.put("wh", a=5)
    shop.profile("wh", is_open=False)
    shop.paid("O1", {"a": 2})
    shop.paid("O2", {"a": 2})
    shop.profile("wh", is_open=True)
    code = counted(shop, counter, now, a=3)
    count_posting.approve(actor=boss, code=code, now=now)
    follow_up()
    level = StockLevel.objects.get(sku="a", location__code="st-a")
    assert (level.on_hand, level.reserved) == (3, 2)
    where = FulfillmentOrder.objects.exclude(state="declined").order_by("demand__order_number")
    assert list(where.values_list("demand__order_number", "location__code")) == [("O1", "st-a"), ("O2", "wh")]
    assert findings(now=now) == []


def test_an_unpaid_hold_is_taken_elsewhere_or_lapses(shop, counter, boss, now):
    shop.put("wh", a=1)
    shop.profile("wh", is_open=False)
    shop.hold("O1", {"a": 6})
    shop.hold("O2", {"a": 1})
    shop.profile("wh", is_open=True)
    code = counted(shop, counter, now, a=6)
    count_posting.approve(actor=boss, code=code, now=now)
    assert dict(FulfillmentDemand.objects.values_list("order_number", "state")) == {
        "O1": "held",
        "O2": "held",
    }
    held = Reservation.objects.filter(state="held").order_by("pk")
    assert list(held.values_list("demand__order_number", "location__code")) == [("O1", "st-a"), ("O2", "wh")]
    code = counted(shop, counter, now, a=1)
    count_posting.approve(actor=boss, code=code, now=now)
    assert FulfillmentDemand.objects.get(order_number="O1").state == "released"
    assert findings(now=now) == []


def test_a_picked_parcel_keeps_its_goods(shop, counter, boss, now):
    shop.paid("O1", {"a": 10})
    code = counted(shop, counter, now, a=4)
    fo = FulfillmentOrder.objects.get()
    acceptance.accept(fulfillment_id=fo.pk, actor=counter, now=now)
    picking.pick_at_counter(actor=counter, location_id=fo.location_id, code=fo.code, serials={}, now=now)
    with pytest.raises(stock.StockPromised):
        count_posting.approve(actor=boss, code=code, now=now)
    count_posting.send_back(actor=boss, code=code, note="it is in the parcel", now=now)
    assert CountLine.objects.get().counted is None
    assert on_hand() == 10


def test_serial_units_are_counted_by_scanning(shop, counter, boss, now):
    shop.put_serials("st-a", "phone", "imei", IMEIS)
    SerialUnit.objects.filter(serial=IMEIS[2]).update(state="quarantine")
    stock.book(
        sku="phone",
        location_id=shop.places["st-a"].pk,
        units=-1,
        place="loss",
        reason="quarantine",
        reference="q1",
        now=now,
    )
    later = now + timedelta(minutes=1)
    code = opened(shop, counter, later, "phone")
    with pytest.raises(counts.SerialsWanted):
        counts.record(actor=counter, code=code, sku="phone", counted=2, now=later)
    with pytest.raises(SerialUnknown):
        counts.scan(actor=counter, code=code, serial="860000000000041", now=later)
    for serial in (IMEIS[0], IMEIS[2], IMEIS[0]):
        counts.scan(actor=counter, code=code, serial=serial, now=later)
    counts.finish(actor=counter, code=code, now=later)
    assert CountLine.objects.get().difference == 0
    count_posting.approve(actor=boss, code=code, now=later)
    assert dict(SerialUnit.objects.values_list("serial", "state")) == {
        IMEIS[0]: "free",
        IMEIS[1]: "quarantine",
        IMEIS[2]: "free",
    }
    assert findings(now=later) == []
    told = SerialEvent.objects.values_list("unit__serial", "kind", "reference", "who")
    who = f"{counter.label}, {boss.label}"
    assert set(told) == {(IMEIS[1], "not_found", code, who), (IMEIS[2], "found", code, who)}


def test_serial_units_that_left_the_shop_are_counted_by_scanning(shop, counter, now):
    shop.put_serials("st-a", "phone", "imei", IMEIS)
    Product.objects.filter(offering__sku="phone").update(is_public=False)
    with pytest.raises(counts.SerialsWanted):
        counted(shop, counter, now, phone=3)


def test_what_was_put_aside_for_its_condition_is_not_counted_back_onto_the_shelf(shop, counter, now):
    shop.put_serials("st-a", "phone", "imei", IMEIS)
    serial_care.quarantine(actor=counter, serial=IMEIS[0], reason="damaged", now=now)
    code = opened(shop, counter, now, "phone")
    with pytest.raises(counts.SerialGone):
        counts.scan(actor=counter, code=code, serial=IMEIS[0], now=now)


def test_serials_of_elsewhere_and_sold_ones_are_refused(shop, counter, now):
    shop.put_serials("wh", "phone", "imei", IMEIS[:1])
    shop.put_serials("st-a", "phone", "imei", IMEIS[1:])
    SerialUnit.objects.filter(serial=IMEIS[1]).update(state="sold")
    code = opened(shop, counter, now, "a")
    for serial, refusal in (
        (IMEIS[0], counts.SerialElsewhere),
        (IMEIS[1], counts.SerialGone),
        (IMEIS[2], SerialOfOther),
    ):
        with pytest.raises(refusal):
            counts.scan(actor=counter, code=code, serial=serial, now=now)


def test_an_empty_shelf_of_serial_units_is_counted_as_nothing(shop, counter, boss, now):
    shop.put_serials("st-a", "phone", "imei", IMEIS[:2])
    code = opened(shop, counter, now, "phone")
    counts.record(actor=counter, code=code, sku="phone", counted=0, now=now)
    counts.finish(actor=counter, code=code, now=now)
    count_posting.approve(actor=boss, code=code, now=now)
    assert on_hand("phone") == 0
    assert findings(now=now) == []


def test_an_article_is_in_one_open_count(shop, counter, now):
    opened(shop, counter, now, "a")
    with pytest.raises(count_opening.CountedElsewhere):
        opened(shop, counter, now, "a", "b")
    counts.cancel(actor=counter, code=StockCount.objects.get().code, now=now)
    opened(shop, counter, now, "a", "b")


@pytest.mark.parametrize("figure", [-1, 1_000_001])
def test_impossible_figures_are_refused(shop, counter, now, figure):
    code = opened(shop, counter, now, "a")
    with pytest.raises(counts.FigureInvalid):
        counts.record(actor=counter, code=code, sku="a", counted=figure, now=now)
    with pytest.raises(counts.NotAllCounted):
        counts.finish(actor=counter, code=code, now=now)
    with pytest.raises(SkuUnknown):
        counts.record(actor=counter, code=code, sku="b", counted=1, now=now)


def test_what_is_not_there_is_not_counted(shop, counter, now):
    place = shop.places["st-a"]
    with pytest.raises(SkuUnknown):
        count_opening.open_count(actor=counter, location_id=place.pk, skus=["nothing"], now=now)
    with pytest.raises(count_opening.NothingToCount):
        count_opening.open_count(actor=counter, location_id=place.pk, bins="Z-", now=now)
    with pytest.raises(NotAllowed):
        count_opening.open_count(actor=counter, location_id=shop.places["wh"].pk, now=now)


def test_a_hot_level_in_parts_is_counted_as_one(shop, counter, boss, now):
    shop.put("st-a", a=30)
    level = StockLevel.objects.get(sku="a", location__code="st-a")
    with connection.cursor() as cursor:
        cursor.execute("SELECT fulfillment_divide(%s, 4, 1, %s)", [level.pk, now])
    code = counted(shop, counter, now, a=12)
    assert CountLine.objects.get().expected == 40
    count_posting.approve(actor=boss, code=code, now=now)
    assert on_hand() == 12
    assert findings(now=now) == []
