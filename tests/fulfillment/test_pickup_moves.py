"""A pick-up moves to another store with the customer's word, and only with it."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentDemand, FulfillmentOrder, PickupProposal, Reservation
from fulfillment.queries.invariants import findings
from fulfillment.queries.progress import of_order
from fulfillment.queries.proposals import open_proposal
from fulfillment.services import acceptance, by_hand, cancellation, exceptions, pickup_consent
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
