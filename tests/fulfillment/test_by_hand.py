"""What routing could not do an operator does by hand: force, split, give up; each leaves its trace."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentDemand, FulfillmentOrder, LocationDay, StockLevel
from fulfillment.queries import trace
from fulfillment.queries.given_up import of_parcel
from fulfillment.queries.invariants import findings
from fulfillment.services import acceptance, by_hand, exceptions, fulfil
from fulfillment.services.by_hand import Share
from members.actors import Actor
from omnichannel.kernel.errors import NotAllowed
from omnichannel.kernel.models import OutboxMessage
from tests.support.goods import follow_up


def live(number="o1"):
    rows = FulfillmentOrder.objects.live().filter(demand__order_number=number).select_related("location")
    return sorted((fo.location.code, fo.state) for fo in rows)


def demand(number="o1"):
    return FulfillmentDemand.objects.get(order_number=number)


@pytest.fixture
def operator(company):
    return company.staff("carrier", "operator")


def stuck(company, lines, now, number="o1", **more):
    """Nobody takes part while it is routed."""
    for code in company.places:
        company.profile(code, is_open=False)
    fulfil.request(order_number=number, now=now)
    follow_up()
    assert demand(number).state == "exception"


@pytest.fixture
def two_stores(company, now):
    """Two a in st-a, one b in st-b; the order wants two a and one b."""
    company.put("st-a", a=2)
    company.put("st-b", a=1, b=1)
    company.hold("o1", {"a": 2, "b": 1})
    stuck(company, {"a": 2, "b": 1}, now)
    return company


def test_force_sends_all_of_it_from_one_place_at_once(company, operator, now):
    company.put("st-a", a=2)
    company.put("st-c", a=2)
    company.profile("st-c", delivers_to=["西藏"], daily_capacity=0)
    company.hold("o1", {"a": 2})
    stuck(company, {"a": 2}, now)
    made = by_hand.force(
        order_number="o1", location_code="st-c", reason="promised by phone", actor=operator, now=now
    )
    assert live() == [("st-c", "accepted")]
    assert made[0].accept_by is None
    last = trace.of_order("o1")[-1]
    assert (last.outcome, last.story["how"]) == ("forced", "forced")
    assert (last.story["by"], last.story["why"]) == ("operator", "promised by phone")
    assert demand().state == "routed"
    assert findings(now=now) == []


@pytest.mark.parametrize(
    ("code", "reason", "refusal"),
    [
        ("st-a", " ", "reason_missing"),
        ("wh", "x", "location_cannot_serve"),
        ("st-a", "x", "location_short"),
        ("nowhere", "x", "institution_unknown"),
    ],
)
def test_force_says_what_it_cannot_do(two_stores, operator, now, code, reason, refusal):
    with pytest.raises(by_hand.DomainError) as refused:
        by_hand.force(order_number="o1", location_code=code, reason=reason, actor=operator, now=now)
    assert refused.value.code == refusal
    assert live() == []
    assert demand().state == "exception"


def test_only_an_operator_forces_and_only_exceptions(two_stores, now):
    with pytest.raises(NotAllowed):
        by_hand.force(
            order_number="o1", location_code="st-a", reason="x",
            actor=two_stores.staff("st-a", "store_manager"), now=now,
        )  # fmt: skip
    exceptions.re_route(order_number="o1", actor=two_stores.staff("carrier", "operator"), now=now)
    with pytest.raises(exceptions.NotAnException):
        by_hand.force(
            order_number="o1", location_code="st-a", reason="x",
            actor=two_stores.staff("carrier", "operator"), now=now,
        )  # fmt: skip


def test_cards_are_forced_only_where_they_are_written(company, operator, now):
    company.goods("sim", kind="sim", serial_kind="iccid")
    company.put("st-a", sim=1)
    company.profile("st-a", home_province="浙江")
    company.put("st-b", sim=1)
    account = company.account(1, number_province="上海")
    company.hold("o1", {"sim": 1}, accounts=(account,))
    stuck(company, {"sim": 1}, now)
    with pytest.raises(by_hand.LocationCannot) as refused:
        by_hand.force(order_number="o1", location_code="st-a", reason="x", actor=operator, now=now)
    assert str(refused.value.facts["reason"])
    by_hand.force(order_number="o1", location_code="st-b", reason="x", actor=operator, now=now)
    assert live() == [("st-b", "accepted")]


def test_split_shares_the_units_out_as_told(two_stores, operator, now):
    shares = [Share(1, "st-a", 1), Share(1, "st-b", 1), Share(2, "st-b", 1)]
    by_hand.split(order_number="o1", shares=shares, reason="both near", actor=operator, now=now)
    units = {
        fo.location.code: dict(fo.lines.values_list("sku", "quantity"))
        for fo in FulfillmentOrder.objects.all()
    }
    assert units == {"st-a": {"a": 1}, "st-b": {"a": 1, "b": 1}}
    assert trace.of_order("o1")[-1].outcome == "split"
    assert findings(now=now) == []


@pytest.mark.parametrize("shares", [[Share(1, "st-a", 2)], [Share(1, "st-a", 3), Share(2, "st-b", 1)]])
def test_split_has_to_share_out_exactly_what_is_open(two_stores, operator, now, shares):
    with pytest.raises(by_hand.SharesWrong):
        by_hand.split(order_number="o1", shares=shares, reason="x", actor=operator, now=now)
    assert live() == []
    assert findings(now=now) == []


def test_cash_is_shared_among_the_parcels_by_hand_too(company, operator, now):
    company.put("st-a", a=1)
    company.put("st-b", b=2)
    company.hold("o1", {"a": 1, "b": 2}, cod_fen=1001)
    stuck(company, {}, now)
    shares = [Share(1, "st-a", 1), Share(2, "st-b", 2)]
    by_hand.split(order_number="o1", shares=shares, reason="x", actor=operator, now=now)
    assert sum(FulfillmentOrder.objects.values_list("cod_fen", flat=True)) == 1001


@pytest.fixture
def half_declined(company, now):
    """a is accepted in st-a; b was declined by its only store."""
    company.put("st-a", a=1)
    company.put("st-b", b=1)
    company.paid("o1", {"a": 1, "b": 1})
    for code, answer in (("st-a", acceptance.accept), ("st-b", acceptance.refuse)):
        fo = FulfillmentOrder.objects.get(location__code=code)
        more = {"reason": "damaged"} if code == "st-b" else {}
        answer(fulfillment_id=fo.pk, actor=company.staff(code, "clerk"), now=now, **more)
    follow_up()
    assert demand().state == "exception"
    return company


def test_the_rest_is_given_up_and_what_is_under_way_goes_on(half_declined, operator, now):
    ids = exceptions.cancel(order_number="o1", actor=operator, reason="sold out", now=now)
    assert ids == frozenset()
    assert live() == [("st-a", "accepted")]
    assert demand().state == "routed"
    assert trace.of_order("o1")[-1].outcome == "rest_given_up"
    assert StockLevel.objects.get(sku="b").reserved == 0
    gone = of_parcel("o1", 0)
    assert (gone.units, gone.nothing_left) == ({2: 1}, False)
    assert OutboxMessage.objects.filter(topic="fulfillment.cancelled").exists()
    assert findings(now=now) == []


def test_the_rest_can_be_given_up_even_when_a_parcel_left(half_declined, operator, now):
    FulfillmentOrder.objects.live().update(state="delivered")
    exceptions.cancel(order_number="o1", actor=operator, reason="sold out", now=now)
    assert demand().state == "done"


def test_the_candidates_are_told_with_what_stands_against_them(two_stores, operator, now):
    told = {
        place.code: why
        for place, _name, why in by_hand.candidates(order_number="o1", actor=operator, now=now)
    }
    assert told == {"st-a": "not_taking_part", "st-b": "not_taking_part"}
    with pytest.raises(NotAllowed):
        by_hand.candidates(order_number="o1", actor=Actor(user_id=3), now=now)


def test_a_location_is_left_out_on_its_special_day(company, now):
    company.put("wh", a=1)
    company.put("st-a", a=1)
    LocationDay.objects.create(location=company.places["wh"], day=now.date(), is_closed=True)
    company.paid("o1", {"a": 1})
    told = trace.of_order("o1")[0].story
    assert {"location": "wh", "reason": "closed"} in told["dropped"]
    LocationDay.objects.update(is_closed=False, capacity=0)
    company.put("st-a", a=1)
    company.paid("o2", {"a": 1})
    assert {"location": "wh", "reason": "capacity_used"} in trace.of_order("o2")[0].story["dropped"]
    LocationDay.objects.update(capacity=None, cutoff_hour=1)
    company.paid("o3", {"a": 1})
    days = [p["packages"][0]["days"] for p in trace.of_order("o3")[0].story["compared"]]
    assert days == [3]
    assert demand("o3").promised_on == now.date() + timedelta(days=3)


def test_declined_parcels_free_their_place_in_the_day(company, now):
    company.put("st-a", a=2)
    company.profile("st-a", daily_capacity=1)
    company.paid("o1", {"a": 1})
    fo = FulfillmentOrder.objects.get()
    acceptance.refuse(fulfillment_id=fo.pk, actor=company.staff("st-a", "clerk"), reason="x", now=now)
    follow_up()
    company.paid("o2", {"a": 1})
    assert live("o2") == [("st-a", "awaiting_acceptance")]
