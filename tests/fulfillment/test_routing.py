"""A paid order finds its goods: the cheapest plan, its trace, refusals, shortages, exceptions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from fulfillment.models import FulfillmentDemand, FulfillmentOrder, Reservation, StockLevel, TariffRate
from fulfillment.queries import trace
from fulfillment.queries.invariants import findings
from fulfillment.services import acceptance, cancellation, exceptions, fulfil, shortage
from fulfillment.services.cancellation import TooLate
from fulfillment.services.route import route
from fulfillment.services.wrong_input import ReasonMissing
from members.actors import SYSTEM, NotYours
from omnichannel.kernel.errors import NotAllowed
from tests.support.goods import follow_up


def parcels(number="o1"):
    rows = FulfillmentOrder.objects.filter(demand__order_number=number).select_related("location")
    return [(fo.location.code, fo.state) for fo in rows.order_by("pk")]


def the_demand(number="o1"):
    return FulfillmentDemand.objects.get(order_number=number)


@pytest.fixture
def at_stores(company):
    """One unit in each of three stores, none in the warehouse."""
    for code in ("st-a", "st-b", "st-c"):
        company.put(code, a=1)
    return company


def test_a_warehouse_starts_at_once(company, now):
    company.put("wh", a=2)
    company.paid("o1", {"a": 2})
    assert parcels() == [("wh", "accepted")]
    fo = FulfillmentOrder.objects.get()
    assert (fo.code, fo.freight_fen, fo.weight_g, fo.lines.get().quantity) == ("o1-1", 800, 200, 2)
    assert fo.events.get().state == "accepted"
    assert the_demand().state == "routed"
    assert findings(now=now) == []


def test_what_left_the_shop_when_it_was_paid_goes_as_it_was_ordered(company, now):
    """Its units are asked for by serial number, its parcel has its weight."""
    company.goods("phone", kind="device", serial_kind="imei")
    company.put_serials("wh", "phone", "imei", ["860000000000017"])
    company.hold("o1", {"phone": 1})
    Product.objects.filter(offering__sku="phone").update(is_public=False)
    fulfil.request(order_number="o1", now=now)
    follow_up()
    fo = FulfillmentOrder.objects.get()
    assert (fo.lines.get().serial_kind, fo.weight_g) == ("imei", 100)


def test_a_store_is_asked_and_answers_in_time(at_stores, now):
    at_stores.paid("o1", {"a": 1})
    fo = FulfillmentOrder.objects.get()
    assert (fo.state, fo.accept_by) == ("awaiting_acceptance", now + timedelta(minutes=30))
    acceptance.accept(fulfillment_id=fo.pk, actor=at_stores.staff("st-a", "clerk"), now=now)
    assert parcels() == [("st-a", "accepted")]


def test_another_stores_staff_cannot_answer(at_stores, now):
    at_stores.paid("o1", {"a": 1})
    with pytest.raises(NotYours):
        acceptance.accept(
            fulfillment_id=FulfillmentOrder.objects.get().pk, actor=at_stores.staff("st-b", "clerk"), now=now
        )


def test_the_route_moves_the_units_when_something_cheaper_came(company, now):
    company.put("st-c", a=1)
    company.hold("o1", {"a": 1})
    company.put("wh", a=1)
    fulfil.request(order_number="o1", now=now)
    follow_up()
    assert parcels() == [("wh", "accepted")]
    assert dict(StockLevel.objects.values_list("location__code", "reserved")) == {"st-c": 0, "wh": 1}
    assert findings(now=now) == []


def test_a_refusal_goes_to_the_next_place_and_keeps_its_trace(at_stores, now):
    at_stores.paid("o1", {"a": 1})
    fo = FulfillmentOrder.objects.get()
    with pytest.raises(ReasonMissing):
        acceptance.refuse(fulfillment_id=fo.pk, actor=at_stores.staff("st-a", "clerk"), reason=" ", now=now)
    acceptance.refuse(fulfillment_id=fo.pk, actor=at_stores.staff("st-a", "clerk"), reason="damaged", now=now)
    follow_up()
    assert parcels() == [("st-a", "declined"), ("st-b", "awaiting_acceptance")]
    last = trace.of_order("o1")[-1]
    assert {"location": "st-a", "reason": "declined_before"} in last.story["dropped"]
    assert last.story["chosen"]["packages"][0]["location"] == "st-b"
    assert findings(now=now) == []


def test_silence_is_a_refusal_and_three_of_them_call_an_operator(at_stores, now):
    at_stores.put("wh", b=1)
    at_stores.paid("o1", {"a": 1})
    later = now
    for _attempt in range(3):
        later += timedelta(minutes=31)
        assert acceptance.refuse_overdue(now=later) == 1
        follow_up()
    assert acceptance.refuse_overdue(now=later + timedelta(days=1)) == 0
    assert [state for _code, state in parcels()] == ["declined"] * 3
    assert (the_demand().state, the_demand().reason) == ("exception", "attempts_used")
    assert Reservation.objects.filter(state="confirmed").count() == 1
    assert findings(now=now) == []


def test_refusals_count_for_the_lines_that_were_refused(company, now):
    """Three stores each decline their own line once: the warehouse has all of them and is asked."""
    stores = {"a": "st-a", "b": "st-b", "x": "st-c"}
    company.goods("x")
    for sku, code in stores.items():
        company.put(code, **{sku: 1})
        company.profile(code, must_accept=False)
    company.paid("o1", dict.fromkeys(stores, 1))
    company.put("wh", a=1, b=1, x=1)
    for pk in list(FulfillmentOrder.objects.values_list("pk", flat=True)):
        acceptance.refuse(fulfillment_id=pk, actor=SYSTEM, reason="busy", now=now)
    follow_up()
    assert the_demand().state == "routed"
    open_parcels = FulfillmentOrder.objects.exclude(state="declined")
    assert {fo.location.code for fo in open_parcels} == {"wh"}
    assert findings(now=now) == []


def test_an_operator_routes_again_or_gives_up(at_stores, now):
    at_stores.profile("st-b", is_open=False)
    at_stores.profile("st-c", is_open=False)
    at_stores.paid("o1", {"a": 1})
    acceptance.refuse_overdue(now=now + timedelta(hours=1))
    follow_up()
    assert (the_demand().state, the_demand().reason) == ("exception", "no_location")
    operator = at_stores.staff("carrier", "operator")
    with pytest.raises(NotAllowed):
        exceptions.re_route(order_number="o1", actor=at_stores.staff("st-a", "clerk"), now=now)
    exceptions.re_route(order_number="o1", actor=operator, now=now)
    follow_up()
    assert parcels()[-1] == ("st-a", "awaiting_acceptance")
    with pytest.raises(exceptions.NotAnException):
        exceptions.cancel(order_number="o1", actor=operator, reason="gone", now=now)


def test_an_operator_gives_an_order_up(at_stores, now):
    at_stores.hold("o1", {"a": 1})
    for code in ("st-a", "st-b", "st-c"):
        at_stores.profile(code, is_open=False)
    fulfil.request(order_number="o1", now=now)
    follow_up()
    exceptions.cancel(
        order_number="o1", actor=at_stores.staff("carrier", "operator"), reason="no goods", now=now
    )
    assert the_demand().state == "cancelled"
    assert StockLevel.objects.filter(reserved__gt=0).count() == 0
    assert findings(now=now) == []


def test_a_pickup_never_moves(at_stores, now):
    place = at_stores.places["st-b"].pk
    for code in ("st-a", "st-c"):
        at_stores.profile(code, is_open=False)
    at_stores.paid("o1", {"a": 1}, way="pickup", pickup_location_id=place, destination=None)
    fo = FulfillmentOrder.objects.get()
    assert (fo.way, fo.freight_fen) == ("pickup", 0)
    acceptance.refuse(fulfillment_id=fo.pk, actor=at_stores.staff("st-b", "clerk"), reason="lost", now=now)
    follow_up()
    assert (the_demand().state, the_demand().reason) == ("exception", "pickup_declined")


def test_a_shortage_at_the_shelf_corrects_the_books_and_routes_again(company, now):
    company.put("wh", a=1, b=1)
    company.put("st-a", a=1, b=1)
    company.paid("o1", {"a": 1, "b": 1})
    fo = FulfillmentOrder.objects.get()
    line = fo.lines.get(sku="a")
    wh = company.staff("wh", "warehouse")
    shortage.report_short(fulfillment_id=fo.pk, actor=wh, now=now, missing={line.pk: 1})
    follow_up()
    assert parcels() == [("wh", "short"), ("st-a", "awaiting_acceptance")]
    assert StockLevel.objects.get(location__code="wh", sku="a").on_hand == 0
    assert StockLevel.objects.get(location__code="wh", sku="b").reserved == 0
    assert findings(now=now) == []


def test_a_merchants_goods_come_from_the_merchant(company, now):
    company.goods("m", kind="merchant_goods", seller="mc")
    company.put("mc", m=3)
    company.put("wh", a=1)
    company.paid("o1", {"a": 1, "m": 2})
    ways = dict(FulfillmentOrder.objects.values_list("location__code", "way"))
    assert ways == {"wh": "ship", "mc": "merchant"}
    assert findings(now=now) == []


def test_cash_on_delivery_is_shared_to_the_fen(company, now):
    company.put("wh", a=1)
    company.put("st-a", b=2)
    company.paid("o1", {"a": 1, "b": 2}, cod_fen=1001)
    shares = dict(FulfillmentOrder.objects.values_list("location__code", "cod_fen"))
    assert shares == {"st-a": 667, "wh": 334}


def test_cancelling_gives_everything_back(company, now):
    company.put("wh", a=1)
    company.put("st-a", b=1)
    company.paid("o1", {"a": 1, "b": 1})
    ids = cancellation.cancel(order_number="o1", now=now)
    assert len(ids) == 2
    assert cancellation.cancel(order_number="o1", now=now) == ids
    assert cancellation.cancel(order_number="never", now=now) == frozenset()
    assert {state for _code, state in parcels()} == {"cancelled"}
    assert StockLevel.objects.filter(reserved__gt=0).count() == 0
    assert findings(now=now) == []


def test_what_left_the_house_cannot_be_cancelled(company, now):
    company.put("wh", a=1)
    company.paid("o1", {"a": 1})
    FulfillmentOrder.objects.update(state="handed_over")
    with pytest.raises(TooLate):
        cancellation.cancel(order_number="o1", now=now)


def test_reasons_are_kept_for_those_that_were_dropped(company, now):
    company.goods("sim", kind="sim", serial_kind="iccid")
    for code in ("st-a", "st-b", "st-c"):
        company.put(code, sim=1)
    company.put("wh", a=1)
    company.profile("st-a", writes_sim=False)
    company.profile("st-b", delivers_to=["浙江"])
    company.hold("o1", {"sim": 1}, accounts=(company.account(1),))
    fulfil.request(order_number="o1", now=now)
    follow_up()
    told = trace.of_order("o1")[0].story
    assert {drop["location"]: drop["reason"] for drop in told["dropped"]} == {
        "st-a": "no_sim_writing",
        "st-b": "outside_franchise_region",
    }
    line = FulfillmentOrder.objects.get().lines.get()
    assert (line.serial_kind, line.msisdn, line.plan_sku) == ("iccid", "8613800000001", "plan-a")


def test_a_closed_store_is_not_asked_and_a_full_one_neither(company, now):
    company.put("st-a", a=1)
    company.put("st-b", a=1)
    company.put("wh", a=1)
    company.profile("st-b", daily_capacity=0)
    company.hold("o1", {"a": 1})
    fulfil.request(order_number="o1", now=now)
    night = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
    route(order_number="o1", now=night)
    told = trace.of_order("o1")[0].story
    dropped = {drop["location"]: drop["reason"] for drop in told["dropped"]}
    # Told at noon that it leaves today: with nobody left it leaves tomorrow, and no closed store is asked.
    assert dropped == {"st-a": "closed", "st-b": "closed", "wh": "cutoff_passed"}
    assert (FulfillmentOrder.objects.get().location.code, told["how"]) == ("wh", "later")


def test_a_tariff_with_a_gap_drops_the_location(company, now):
    company.put("wh", a=1)
    company.hold("o1", {"a": 1})
    TariffRate.objects.update(ends=date(2026, 2, 1))
    fulfil.request(order_number="o1", now=now)
    follow_up()
    assert the_demand().state == "exception"
    assert trace.of_order("o1")[0].story["dropped"] == [{"location": "wh", "reason": "no_tariff"}]


def test_routing_takes_a_constant_handful_of_statements(company, now):
    counts = []
    for number, lines in (("o1", 1), ("o2", 10)):
        skus = [f"{number}s{n}" for n in range(lines)]
        company.goods(*skus)
        company.put("wh", **dict.fromkeys(skus[::2], 1))
        company.put("st-a", **dict.fromkeys(skus[1::2], 1))
        company.hold(number, dict.fromkeys(skus, 1))
        fulfil.request(order_number=number, now=now)
        with CaptureQueriesContext(connection) as captured:
            route(order_number=number, now=now)
        counts.append(len(captured))
    assert max(counts) <= 17, counts


def test_routing_the_same_order_twice_does_nothing(company, now):
    company.put("wh", a=1)
    company.paid("o1", {"a": 1})
    assert route(order_number="o1", now=now) == []
    assert len(parcels()) == 1
