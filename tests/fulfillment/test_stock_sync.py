"""Snapshots of stores' systems: once, in order, row by row, of the moment they were taken."""

from datetime import timedelta

import pytest
from django.db import transaction

from fulfillment.models import FulfillmentOrder, StockLevel, StockMovement, StockSync
from fulfillment.queries.invariants import findings
from fulfillment.services import acceptance, displacement, picking, stock, stock_sync
from fulfillment.services.stock_sync import Row, Snapshot
from members.actors import Actor
from omnichannel.kernel.idempotency import KeyReused
from tests.support.goods import follow_up


@pytest.fixture
def shop(company):
    for code in ("st-a", "st-b"):
        place = company.places[code]
        place.path, place.parent = f"carrier/{code}/", company.carrier
        place.save()
    company.put("st-a", a=10)
    return company


def told(shop, now, *rows, sequence=1, basis="on_hand", taken_at=None, institution="carrier"):
    owner = shop.carrier if institution == "carrier" else shop.places[institution]
    actor = Actor(name="channel:erp", channel="store", institution_id=owner.pk)
    cells = tuple(Row(*row) for row in rows)
    snapshot = Snapshot("erp", sequence, basis, taken_at or now, cells)
    return stock_sync.apply(actor=actor, snapshot=snapshot, now=now)


def outcomes(answer) -> list[str]:
    return [row["outcome"] for row in answer[0]["rows"]]


def level(sku="a", code="st-a") -> tuple[int, int]:
    return StockLevel.objects.values_list("on_hand", "reserved").get(sku=sku, location__code=code)


def test_good_rows_are_kept_beside_bad_ones(shop, now):
    shop.goods("phone", kind="device", serial_kind="imei")
    answer = told(
        shop,
        now,
        ("st-a", "a", 7),
        ("st-b", "b", 4),
        ("nowhere", "a", 1),
        ("wh", "a", 1),
        ("st-a", "nothing", 1),
        ("st-a", "phone", 2),
        ("st-a", "b", -1),
        ("st-b", "c", 10**9),
        ("st-a", "c", None),
    )
    assert outcomes(answer) == [
        "taken",
        "taken",
        "unknown_location",
        "unknown_location",
        "unknown_sku",
        "serialised",
        "quantity_invalid",
        "quantity_invalid",
        "quantity_invalid",
    ]
    assert (level(), level("b", "st-b")) == ((7, 0), (4, 0))
    assert answer[0]["rows"][0]["difference"] == -3
    assert findings(now=now) == []


def test_an_article_stated_twice_is_not_guessed(shop, now):
    assert outcomes(told(shop, now, ("st-a", "a", 7), ("st-a", "a", 8))) == ["doubled", "doubled"]
    assert level() == (10, 0)


def test_the_same_number_counts_once(shop, now):
    first = told(shop, now, ("st-a", "a", 7))
    stock.book(
        sku="a", location_id=shop.places["st-a"].pk, units=-1, place="customer", reason="till",
        reference="t1", now=now,
    )  # fmt: skip
    assert told(shop, now, ("st-a", "a", 7)) == (first[0], True)
    assert level() == (6, 0)
    with pytest.raises(KeyReused):
        told(shop, now, ("st-a", "a", 8))


def test_an_older_snapshot_changes_only_shelves_without_newer_news(shop, now):
    told(shop, now, ("st-a", "a", 7), sequence=5)
    assert outcomes(told(shop, now, ("st-a", "a", 9), ("st-b", "a", 2), sequence=4)) == ["stale", "taken"]
    assert (level(), level("a", "st-b")) == ((7, 0), (2, 0))


def test_what_left_since_the_snapshot_stays_left(shop, now):
    later = now + timedelta(minutes=10)
    stock.book(
        sku="a", location_id=shop.places["st-a"].pk, units=-2, place="customer", reason="till",
        reference="t1", now=later,
    )  # fmt: skip
    answer = told(shop, later, ("st-a", "a", 10), taken_at=now + timedelta(minutes=5))
    assert outcomes(answer) == ["unchanged"]
    assert level() == (8, 0)


def test_salable_leaves_promises_out(shop, now):
    shop.paid("O1", {"a": 3})
    assert outcomes(told(shop, now, ("st-a", "a", 7), basis="salable")) == ["unchanged"]
    assert level() == (10, 3)
    assert outcomes(told(shop, now, ("st-a", "a", 5), sequence=2, basis="salable")) == ["taken"]
    assert level() == (8, 3)
    assert outcomes(told(shop, now, ("st-a", "a", 8), sequence=3)) == ["unchanged"]


def test_salable_of_before_an_order_counts_its_units_once(shop, now):
    """The order came after the snapshot: its units were still salable then."""
    later = now + timedelta(minutes=10)
    shop.paid("O1", {"a": 3}, placed_at=later)
    answer = told(shop, later, ("st-a", "a", 10), basis="salable", taken_at=now + timedelta(minutes=5))
    assert outcomes(answer) == ["unchanged"]
    assert level() == (10, 3)


def test_orders_give_way_to_what_the_store_states(shop, now):
    shop.put("wh", a=5)
    shop.profile("wh", is_open=False)
    shop.paid("O1", {"a": 4})
    shop.profile("wh", is_open=True)
    assert outcomes(told(shop, now, ("st-a", "a", 1))) == ["taken"]
    follow_up()
    assert level() == (1, 0)
    assert FulfillmentOrder.objects.exclude(state="declined").get().location.code == "wh"
    assert findings(now=now) == []


def test_a_picked_parcel_is_not_taken_apart(shop, now):
    shop.paid("O1", {"a": 4})
    fo, clerk = FulfillmentOrder.objects.get(), shop.staff("st-a", "clerk")
    acceptance.accept(fulfillment_id=fo.pk, actor=clerk, now=now)
    picking.pick_at_counter(actor=clerk, location_id=fo.location_id, code=fo.code, serials={}, now=now)
    assert outcomes(told(shop, now, ("st-a", "a", 1), ("st-b", "a", 1))) == ["promised", "taken"]
    assert level() == (10, 4)


def test_a_store_s_own_system_tells_of_that_store_only(shop, now):
    answer = told(shop, now, ("st-a", "a", 9), ("st-b", "a", 9), institution="st-a")
    assert outcomes(answer) == ["taken", "unknown_location"]


@pytest.mark.parametrize("hours", [-49, 1])
def test_a_snapshot_of_another_time_is_refused(shop, now, hours):
    with pytest.raises(stock_sync.SnapshotTime):
        told(shop, now, ("st-a", "a", 9), taken_at=now + timedelta(hours=hours))
    with pytest.raises(stock_sync.TooManyRows):
        told(shop, now)
    assert not StockSync.objects.exists()
    assert StockMovement.objects.filter(reason__startswith="sync").count() == 0


def test_what_another_snapshot_put_right_did_not_move_goods(shop, now):
    """Taken before the first one arrived, the second tells of the same shelf."""
    read, came = now + timedelta(minutes=1), now + timedelta(minutes=10)
    first = told(shop, came, ("st-a", "a", 7), taken_at=read)
    second = told(shop, came, ("st-a", "a", 7), sequence=2, taken_at=read + timedelta(minutes=1))
    assert (outcomes(first), outcomes(second), level()) == (["taken"], ["unchanged"], (7, 0))


def test_goods_that_move_between_look_and_lock_are_not_counted_wrong(shop, now, monkeypatch):
    def sold_meanwhile(*asked, **more):
        stock.book(
            sku="a", location_id=shop.places["st-a"].pk, units=-1, place="customer", reason="till",
            reference="t1", now=now + timedelta(seconds=1),
        )  # fmt: skip
        return displacement.lock(*asked, **more)

    monkeypatch.setattr(stock_sync, "lock", sold_meanwhile)
    with pytest.raises(stock_sync.SnapshotCrossed), transaction.atomic():
        told(shop, now + timedelta(minutes=1), ("st-a", "a", 7))
    monkeypatch.undo()
    assert (StockSync.objects.count(), level()) == (0, (10, 0))
    assert outcomes(told(shop, now + timedelta(minutes=1), ("st-a", "a", 7))) == ["taken"]
