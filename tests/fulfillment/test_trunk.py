"""A trunk run to a hub and its last five kilometres, beside the direct way."""

import pytest

from fulfillment.models import FulfillmentOrder, TariffRate, TrunkLine
from fulfillment.queries.invariants import findings
from fulfillment.services.route import decide
from fulfillment.services.waves import by_courier
from members.models import Institution


@pytest.fixture
def hub(company):
    """A dealer 1 km from the customer of Shanghai; a run of 100 kg costs 200 yuan."""
    dealer = Institution.objects.create(
        code="dl", path="dl/", kind="dealer", name="dl", province="上海", city="上海",
        latitude=31.24, longitude=121.48,
    )  # fmt: skip
    TrunkLine.objects.create(
        origin=company.places["wh"], hub=dealer, run_fen=20_000, run_kg=100, last_km_fen=250, days=1
    )
    company.put("wh", a=20)
    return dealer


def test_the_run_is_shared_by_weight_and_the_hub_earns_its_fee(company, hub, now):
    company.paid("o1", {"a": 12})
    fo = FulfillmentOrder.objects.get()
    assert (fo.location.code, fo.via_id, fo.freight_fen, fo.trunk_fen) == ("wh", hub.pk, 250, 400)
    company.put("wh", a=20)
    told = decide(company.wish("o2", {"a": 12}), now=now).story
    ways = {p["packages"][0]["via"]: p["packages"][0]["freight_fen"] for p in told["compared"]}
    assert ways == {"dl": 650, "": 1000}
    assert by_courier(fo.location_id, [fo]) == {hub.pk: [fo]}
    assert findings(now=now) == []


def test_beyond_its_reach_the_hub_is_no_way(company, hub, now):
    TrunkLine.objects.update(reach_km=1)
    Institution.objects.filter(pk=hub.pk).update(latitude=31.30)
    company.paid("o1", {"a": 1})
    assert FulfillmentOrder.objects.get().via_id is None


def test_a_hub_collects_no_cash(company, hub, now):
    company.paid("o1", {"a": 1}, cod_fen=1000)
    assert FulfillmentOrder.objects.get().via_id is None


def test_the_same_goods_are_not_sent_two_ways(company, hub, now):
    """Twenty lie there; nobody can send thirty, twenty each way."""
    plan = company.hold("o1", {"a": 20})
    assert [package.units for package in plan.packages] == [(("a", 20),)]
    company.put("st-a", a=20)
    company.paid("o2", {"a": 20})
    assert FulfillmentOrder.objects.get().location.code == "st-a"
    assert findings(now=now) == []


def test_where_no_tariff_reaches_the_run_still_does(company, hub, now):
    company.hold("o1", {"a": 1})
    TariffRate.objects.all().delete()
    company.paid("o2", {"a": 1})
    assert FulfillmentOrder.objects.get().via_id == hub.pk
