"""Parcels are called back from their place; a lead decides about cards that the network refuses."""

import pytest

from fulfillment.models import (
    CardsAllowed,
    FulfillmentDemand,
    FulfillmentOrder,
    FulfillmentState,
    ProvisioningJob,
    Reservation,
    SerialUnit,
)
from fulfillment.queries import openings
from fulfillment.queries.invariants import findings
from fulfillment.services import by_hand, picking, recall, sim_take, standstill
from fulfillment.services.workplaces import NotALead
from omnichannel.kernel.errors import NotAllowed
from tests.fulfillment.house import PHONE, SIM
from tests.support.goods import follow_up

S = FulfillmentState


@pytest.fixture
def refused(house):
    """A parcel whose cards the network refused three times."""
    house.cards(9, house.east)
    fo = house.parcel((SIM, 1), state=S.PICKED)
    line = fo.lines.get()
    for number in range(3):
        ProvisioningJob.objects.create(
            key=f"k{number}",
            kind="account",
            state="failed",
            order_number=fo.demand.order_number,
            line_id=line.line_id,
            fulfillment=fo,
            msisdn=line.msisdn,
            iccid=f"x{number}",
            requested_at=house.now,
            reason="number_unknown",
        )
    return fo


def test_a_lead_allows_further_cards_and_page_and_station_agree(house, refused, worker_east):
    lead = house.staff("warehouse_lead", house.east)
    where = {"location_id": house.east.pk, "code": refused.code, "now": house.now}
    with pytest.raises(sim_take.CardsRefused):
        sim_take.parcel_for_card(actor=worker_east, **where)
    (shown,) = openings.stuck(house.east.pk, now=house.now)
    assert (shown.next, shown.round) == ("allow_cards", 3)
    with pytest.raises(NotALead):
        sim_take.allow_more(actor=worker_east, reason="looked at it", **where)
    with pytest.raises(sim_take.ReasonMissing):
        sim_take.allow_more(actor=lead, reason="898600", **where)
    sim_take.allow_more(actor=lead, reason="number was released", **where)
    assert CardsAllowed.objects.get().refused == 3
    assert sim_take.parcel_for_card(actor=worker_east, **where) == refused
    assert [each.next for each in openings.stuck(house.east.pk, now=house.now)] == ["another_card"]
    with pytest.raises(sim_take.CardsLeft):
        sim_take.allow_more(actor=lead, reason="again", **where)


def test_a_lead_gives_the_parcel_to_the_operators(house, refused, client):
    client.force_login(house.user("lead1", "warehouse_lead", house.east))
    client.cookies["django_language"] = "en"
    assert b"The network refuses its cards" in client.get("/ops/lead/").content
    answer = client.post(f"/ops/lead/cards/{refused.code}/", {"what": "operators", "reason": ""})
    assert (answer.status_code, b"reason_missing" in answer.content) == (400, True)
    client.post(f"/ops/lead/cards/{refused.code}/", {"what": "operators", "reason": "number is dead"})
    refused.refresh_from_db()
    demand = FulfillmentDemand.objects.get()
    assert (refused.state, demand.state, demand.reason) == (S.MOVED, "exception", "cards_refused")
    assert Reservation.objects.get().fulfillment_id is None


def test_an_operator_calls_a_picked_parcel_back_and_it_goes_elsewhere(house):
    worker = house.staff("warehouse", house.east)
    imei = house.phones(1, house.east)[0]
    fo = house.parcel((PHONE, 1))
    line = fo.lines.get().pk
    where = {"actor": worker, "location_id": house.east.pk, "now": house.now}
    picking.pick_at_counter(code=fo.code, serials={line: [imei]}, **where)
    told = {"code": fo.code, "by_hand": False, "now": house.now}
    with pytest.raises(NotAllowed):
        recall.call_back(actor=worker, reason="late", **told)
    operator = house.staff("operator", house.east)
    with pytest.raises(standstill.WhyMissing):
        recall.call_back(actor=operator, reason=" ", **told)
    recall.call_back(actor=operator, reason="too late here", **told)
    fo.refresh_from_db()
    assert (fo.state, FulfillmentDemand.objects.get().state) == (S.MOVED, "requested")
    assert SerialUnit.objects.get().state == "free"
    assert fo.demand.exclusions.filter(location=house.east).exists()


def test_an_operator_sends_an_accepted_parcel_from_a_place_of_choice(company, now):
    company.put("wh", a=1), company.put("st-a", a=1), company.put("st-b", a=1)
    company.paid("O1", {"a": 1})
    fo = FulfillmentOrder.objects.get()
    operator = company.staff(fo.location.code, "operator")
    recall.call_back(code=fo.code, by_hand=True, reason="the customer is near", actor=operator, now=now)
    assert FulfillmentDemand.objects.get().state == "exception"
    (sent,) = by_hand.force(order_number="O1", location_code="st-b", reason="near", actor=operator, now=now)
    follow_up()
    assert (sent.location.code, sent.state) == ("st-b", S.ACCEPTED)
    assert findings(now=now) == []


def test_what_is_packed_is_not_called_back(house):
    fo = house.parcel((PHONE, 1), state=S.PACKED)
    operator = house.staff("operator", house.east)
    with pytest.raises(recall.NotCallable):
        recall.call_back(code=fo.code, by_hand=True, reason="late", actor=operator, now=house.now)
    with pytest.raises(standstill.ParcelUnknown):
        recall.call_back(code="HT0-1", by_hand=True, reason="late", actor=operator, now=house.now)


def test_the_operators_page_calls_back_with_a_question(house, client):
    client.force_login(house.user("operator1", "operator", house.east))
    client.cookies["django_language"] = "en"
    fo = house.parcel((PHONE, 1))
    number = fo.demand.order_number
    FulfillmentDemand.objects.update(wish=fo.demand.wish | _WISH)
    assert b"Call the parcel back" in client.get(f"/routing/{number}/").content
    address = f"/routing/{number}/call-back/"
    answer = client.post(address, {"parcel": fo.code, "then": "route", "reason": ""}, follow=True)
    assert b"reason_missing" in answer.content
    client.post(address, {"parcel": fo.code, "then": "by_hand", "reason": "too late here"})
    fo.refresh_from_db()
    assert (fo.state, FulfillmentDemand.objects.get().reason) == (S.MOVED, "called_back")


_WISH = {
    "order_number": "",
    "channel": "web",
    "way": "ship",
    "lines": [],
    "needs_identity": False,
    "accounts": [],
    "placed_at": "2026-11-21T04:00:00+00:00",
    "pickup_location_id": None,
}
