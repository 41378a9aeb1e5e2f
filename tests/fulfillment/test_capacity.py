"""A day's capacity: counted when a parcel is planned, counted out when it is given up, never exceeded."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentOrder, LocationDay, LocationLoad
from fulfillment.queries import trace
from fulfillment.services import acceptance, cancellation, capacity, fulfil
from fulfillment.services.capacity import Slot
from omnichannel.kernel import clock
from tests.support.goods import NOW, follow_up

TODAY = clock.local_day(NOW)


@pytest.fixture
def full(company):
    """One package a day from the store, which is cheapest; the warehouse has no limit."""
    company.put("st-a", a=9)
    company.put("wh", a=9)
    company.profile("st-a", daily_capacity=1, must_accept=False, handling_fen=0)
    return company


def where() -> dict[str, str]:
    rows = FulfillmentOrder.objects.live().order_by("pk")
    return dict(rows.values_list("demand__order_number", "location__code"))


def load(day=TODAY) -> int:
    return LocationLoad.objects.get(location__code="st-a", day=day).packages


def test_the_next_one_goes_elsewhere(full):
    full.paid("o1", {"a": 1})
    full.paid("o2", {"a": 1})
    assert where() == {"o1": "st-a", "o2": "wh"}
    assert load() == 1
    assert not LocationLoad.objects.filter(location__code="wh").exists()


@pytest.mark.parametrize("way", ["refused", "cancelled"])
def test_a_parcel_given_up_makes_room(full, now, way):
    full.profile("st-a", must_accept=True)
    full.paid("o1", {"a": 1})
    fo = FulfillmentOrder.objects.get()
    if way == "refused":
        acceptance.refuse(fulfillment_id=fo.pk, actor=full.staff("st-a", "clerk"), reason="x", now=now)
        follow_up()
    else:
        cancellation.cancel(order_number="o1", now=now)
    assert load() == 0
    full.paid("o2", {"a": 1})
    assert (where()["o2"], load()) == ("st-a", 1)


def test_a_limit_set_at_noon_counts_what_the_morning_planned(full):
    full.profile("st-a", daily_capacity=None)
    full.paid("o1", {"a": 1})
    full.profile("st-a", daily_capacity=1)
    full.paid("o2", {"a": 1})
    assert where() == {"o1": "st-a", "o2": "wh"}
    assert load() == 1


def test_after_the_cut_off_the_next_day_s_capacity_is_used(full, freeze_at, settings):
    settings.ROUTING_LATE_DAY_FEN = 5000
    evening = freeze_at(NOW + timedelta(hours=6))
    for number in ("o1", "o2"):
        full.hold(number, {"a": 1}, placed_at=evening)
        fulfil.request(order_number=number, now=evening)
        follow_up()
    assert load(TODAY + timedelta(days=1)) == 1
    assert sorted(where().values()) == ["st-a", "wh"]
    assert set(FulfillmentOrder.objects.values_list("leaves_on", flat=True)) == {TODAY + timedelta(days=1)}


def test_where_everybody_is_full_the_order_leaves_on_the_next_day_with_room(full):
    full.profile("wh", is_open=False)
    LocationDay.objects.create(location=full.places["st-a"], day=TODAY + timedelta(days=1), is_closed=True)
    full.paid("o1", {"a": 1})
    full.paid("o2", {"a": 1})
    late = FulfillmentOrder.objects.get(demand__order_number="o2")
    assert (late.location.code, late.leaves_on) == ("st-a", TODAY + timedelta(days=2))
    assert late.demand.promised_on == TODAY + timedelta(days=4)
    told = trace.of_order("o2")[0].story
    assert told["how"] == "later"
    assert {"location": "st-a", "reason": "capacity_used"} in told["dropped"]


def test_what_a_person_sends_is_counted_and_not_refused(full):
    place = full.places["st-a"].pk
    assert capacity.hold([Slot(place, TODAY, 1)])
    assert not capacity.hold([Slot(place, TODAY, 1)])
    assert capacity.hold([Slot(place, TODAY, None)])
    assert load() == 2
