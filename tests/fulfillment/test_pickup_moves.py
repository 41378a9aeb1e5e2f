"""A pick-up moves to another store with the customer's word, and only with it."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentDemand, FulfillmentOrder, PickupProposal, Reservation
from fulfillment.queries import operator_queue
from fulfillment.queries.invariants import findings
from fulfillment.queries.progress import of_order
from fulfillment.queries.proposals import open_proposal
from fulfillment.services import acceptance, by_hand, cancellation, exceptions, pickup_consent, shortage
from members.models import Message
from members.services.messages import text_of
from tests.support.goods import follow_up


def demand():
    return FulfillmentDemand.objects.get()


def parcels():
    rows = FulfillmentOrder.objects.order_by("pk").select_related("location")
    return [(fo.location.code, fo.state) for fo in rows]


@pytest.fixture
def asked(company, now):
    """st-a declined; st-b, 8 km away, has it too, and st-c 170 km away."""
    for code in ("st-a", "st-b", "st-c"):
        company.put(code, a=1)
    place = company.places["st-a"].pk
    company.paid(
        "o1", {"a": 1}, way="pickup", pickup_location_id=place, destination=None, contact_phone="13812345678"
    )
    fo = FulfillmentOrder.objects.get()
    acceptance.refuse(fulfillment_id=fo.pk, actor=company.staff("st-a", "clerk"), reason="damaged", now=now)
    follow_up()
    return company


def test_the_customer_is_asked_and_the_units_wait_there(asked, now):
    assert (demand().state, demand().reason) == ("exception", "asking_customer")
    assert Reservation.objects.get(state="confirmed").location.code == "st-b"
    told = open_proposal("o1", now=now)
    assert (told.before, told.store) == ("st-a", "st-b")
    assert 7 < told.distance_km < 10
    assert of_order("o1").asks
    text = text_of(Message.objects.get(kind="pickup"))
    assert "st-b" in text
    assert "/orders/o1/" in text
    assert findings(now=now) == []


def test_with_the_customers_word_it_moves(asked, now):
    store = pickup_consent.answer(order_number="o1", agrees=True, who="林晓", now=now)
    follow_up()
    assert store == asked.places["st-b"].pk
    assert parcels() == [("st-a", "declined"), ("st-b", "awaiting_acceptance")]
    assert FulfillmentOrder.objects.last().way == "pickup"
    assert PickupProposal.objects.get().state == "accepted"
    assert open_proposal("o1", now=now) is None
    with pytest.raises(pickup_consent.ProposalClosed):
        pickup_consent.answer(order_number="o1", agrees=False, who="林晓", now=now)
    assert findings(now=now) == []


def test_without_it_the_operators_decide(asked, now):
    pickup_consent.answer(order_number="o1", agrees=False, who="林晓", now=now)
    follow_up()
    assert (demand().state, demand().reason) == ("exception", "customer_no")
    assert parcels() == [("st-a", "declined")]


def test_silence_is_no_consent(asked, now):
    assert pickup_consent.lapse(now=now + timedelta(hours=23)) == 0
    later = now + timedelta(hours=24)
    with pytest.raises(pickup_consent.ProposalClosed):
        pickup_consent.answer(order_number="o1", agrees=True, who="林晓", now=later)
    assert pickup_consent.lapse(now=later) == 1
    assert pickup_consent.lapse(now=later) == 0
    assert demand().reason == "customer_silent"
    assert parcels() == [("st-a", "declined")]


def test_no_operator_forces_a_pickup_elsewhere(asked, now):
    operator = asked.staff("carrier", "operator")
    with pytest.raises(by_hand.CustomerMustAgree):
        by_hand.force(order_number="o1", location_code="st-b", reason="near", actor=operator, now=now)


def test_an_operator_asks_about_a_store_of_choice(asked, now):
    operator = asked.staff("carrier", "operator")
    pickup_consent.ask(order_number="o1", location_code="st-c", actor=operator, now=now)
    assert sorted(PickupProposal.objects.values_list("to_location__code", "state")) == [
        ("st-b", "withdrawn"),
        ("st-c", "asked"),
    ]
    assert Reservation.objects.get(state="confirmed").location.code == "st-c"
    with pytest.raises(pickup_consent.StoreCannot):
        pickup_consent.ask(order_number="o1", location_code="wh", actor=operator, now=now)
    assert findings(now=now) == []


def test_routing_again_withdraws_the_question(asked, now):
    exceptions.re_route(order_number="o1", actor=asked.staff("carrier", "operator"), now=now)
    follow_up()
    assert PickupProposal.objects.get().state == "withdrawn"
    assert parcels()[-1] == ("st-a", "awaiting_acceptance")


def test_a_cancelled_order_asks_nothing_any_more(asked, now):
    cancellation.cancel(order_number="o1", now=now)
    with pytest.raises(pickup_consent.ProposalClosed):
        pickup_consent.answer(order_number="o1", agrees=True, who="林晓", now=now)
    assert pickup_consent.lapse(now=now + timedelta(days=2)) == 1
    assert demand().state == "cancelled"


@pytest.fixture
def partly(company, now):
    """st-a has three of four a and both b; st-b has what lacks."""
    company.put("st-a", a=4, b=2)
    company.put("st-b", a=1, b=1)
    place = company.places["st-a"].pk
    wish = {"way": "pickup", "pickup_location_id": place, "destination": None}
    company.paid("o1", {"a": 4, "b": 2}, contact_phone="13812345678", **wish)
    fo = FulfillmentOrder.objects.get()
    clerk = company.staff("st-a", "clerk")
    acceptance.accept(fulfillment_id=fo.pk, actor=clerk, now=now)

    def lacks(sku, units):
        line = fo.lines.get(sku=sku)
        shortage.report_units(
            fulfillment_id=fo.pk, actor=clerk, now=now, lacking={line.pk: units}, reason="damaged"
        )
        follow_up()

    lacks("a", 1)
    company.lacks = lacks
    return company


def texts():
    return [text_of(message) for message in Message.objects.filter(kind="pickup").order_by("pk")]


def test_only_what_lacks_is_asked_about_and_the_rest_stays(partly, now):
    told = open_proposal("o1", now=now)
    assert told.rest
    assert [(line.sku, line.quantity) for line in told.lacking] == [("a", 1)]
    assert "a × 1" in texts()[-1]
    assert "其余" in texts()[-1]
    pickup_consent.answer(order_number="o1", agrees=True, who="林晓", now=now)
    follow_up()
    assert parcels() == [("st-a", "accepted"), ("st-a", "short"), ("st-b", "awaiting_acceptance")]
    assert [line.quantity for line in FulfillmentOrder.objects.first().lines.order_by("sku")] == [3, 2]
    assert findings(now=now) == []


def test_what_lacks_later_is_asked_about_together(partly, now):
    partly.lacks("b", 1)
    assert sorted(PickupProposal.objects.values_list("state", flat=True)) == ["asked", "withdrawn"]
    told = open_proposal("o1", now=now)
    assert [(line.sku, line.quantity) for line in told.lacking] == [("a", 1), ("b", 1)]
    assert "a × 1、b × 1" in texts()[-1]
    assert findings(now=now) == []


def test_all_of_it_is_asked_about_as_before(asked, now):
    told = open_proposal("o1", now=now)
    assert not told.rest
    assert "其余" not in texts()[-1]


def test_an_operator_may_ask_about_a_store_that_has_what_lacks(partly, now):
    partly.put("st-c", a=1)
    routing = operator_queue.order_routing(partly.staff("carrier", "operator"), "o1", now=now)
    assert [(line.sku, line.quantity) for line in routing.open] == [("a", 1)]
    pickup_consent.ask(
        order_number="o1", location_code="st-c", actor=partly.staff("carrier", "operator"), now=now
    )
    assert open_proposal("o1", now=now).store == "st-c"
