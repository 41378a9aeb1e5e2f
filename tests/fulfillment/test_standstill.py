"""Parcels that stand still: the list finds them by data, and operators end it."""

from datetime import timedelta

import pytest

from fulfillment.models import (
    Delivery,
    FulfillmentDemand,
    FulfillmentOrder,
    FulfillmentState,
    Reservation,
    SerialUnit,
    StandstillDecision,
    StandstillLimit,
    StandstillTool,
    StockLevel,
    StockMovement,
)
from fulfillment.models.demands import DemandState
from fulfillment.queries import invariants, standstill
from fulfillment.services import claims, delivery, handover, pickup, pickup_deadline
from fulfillment.services import standstill as tools
from fulfillment.services.cancellation import TooLate
from members.models import Institution, Message
from members.services.messages import text_of
from omnichannel.kernel.errors import NotAllowed
from omnichannel.kernel.models import OutboxMessage
from tests.fulfillment.house import CASE, PHONE
from tests.support.goods import follow_up

S = FulfillmentState
DAY = timedelta(days=1)
WHY = "the courier's office looked for it"


@pytest.fixture
def operator(house):
    return house.staff("operator", house.east)


def out(house, *lines, **more) -> FulfillmentOrder:
    """A parcel that left with Swift."""
    fo = house.parcel(*(lines or ((CASE, 2),)), state=S.PACKED, **more)
    handover.hand_over(location_id=fo.location_id, ids=[fo.pk], now=house.now, courier_id=house.swift.pk)
    return fo


def listed(actor, now, **filters) -> list[str]:
    return [row.code for row in standstill.standing(actor, now=now, **filters)]


def told(topic: str) -> list[dict]:
    rows = OutboxMessage.objects.filter(topic=topic).order_by("pk")
    return list({row.payload["fulfillment_id"]: row.payload for row in rows}.values())


def holds(now) -> bool:
    return invariants.findings(now=now) == []


def test_what_left_and_is_never_told_of_again_stands_on_the_list(house, operator):
    fo = out(house)
    due = Delivery.objects.get().due_on
    assert listed(operator, house.now + DAY) == []
    late = house.now + 4 * DAY
    assert listed(operator, late) == [fo.code]
    row = standstill.one(operator, fo.code)
    assert row.since.astimezone().date() > due - DAY
    assert standstill.groups(operator, now=late) == [
        standstill.Group(S.HANDED_OVER, str(S.HANDED_OVER.label), 1)
    ]
    assert listed(operator, late, state=S.PACKED) == [] == listed(operator, late, place="st-sh-01")
    assert listed(operator, late, text="SWIFT") == listed(operator, late, place="wh-east") == [fo.code]


def test_limits_are_data_by_state_and_place(house, operator):
    fo = house.parcel((CASE, 1), location=house.store)
    house.parcel((CASE, 1), location=house.east)
    soon = house.now + timedelta(hours=3)
    assert listed(operator, soon) == []
    StandstillLimit.objects.create(location=house.store, state=S.ACCEPTED, hours=2)
    assert listed(operator, soon) == [fo.code]
    StandstillLimit.objects.create(state=S.ACCEPTED, hours=1)
    assert len(listed(operator, soon)) == 2
    StandstillLimit.objects.filter(location=house.store).update(hours=9)
    assert fo.code not in listed(operator, soon)


def test_a_lost_parcel_is_written_off_and_paid_back(house, operator):
    house.phones(1, house.east)
    fo = house.parcel((CASE, 2), (PHONE, 1), state=S.ACCEPTED)
    unit = SerialUnit.objects.get()
    from_shelf(fo, unit, house.now)
    FulfillmentOrder.objects.filter(pk=fo.pk).update(state=S.PACKED)
    handover.hand_over(location_id=fo.location_id, ids=[fo.pk], now=house.now, courier_id=house.swift.pk)
    late = house.now + 5 * DAY
    tools.give_up_as_lost(code=fo.code, reason=WHY, actor=operator, now=late)
    fo.refresh_from_db()
    unit.refresh_from_db()
    assert (fo.state, unit.state) == (S.LOST, "quarantine")
    lost = StockMovement.objects.filter(reason="parcel_lost", reference=fo.code).values_list(
        "sku", "quantity"
    )
    assert dict(lost) == {CASE: 2, PHONE: 1}
    assert [(each["reason"], len(each["lines"])) for each in told("fulfillment.refused_at_door")] == [
        ("lost", 2)
    ]
    assert FulfillmentDemand.objects.get().state == DemandState.DONE
    assert Delivery.objects.get().finished_at == late
    assert listed(operator, late + 30 * DAY) == []
    assert fo.code in text_of(Message.objects.latest("pk"))
    decision = StandstillDecision.objects.get()
    assert (decision.tool, decision.state, decision.reason, decision.by) == (
        StandstillTool.LOST,
        S.HANDED_OVER,
        WHY,
        operator.label,
    )
    assert holds(late)
    with pytest.raises(tools.NotThisTool):
        tools.give_up_as_lost(code=fo.code, reason=WHY, actor=operator, now=late)


def from_shelf(fo, unit, now):
    line = fo.lines.get(sku=PHONE)
    claims.claim(line, unit.serial, location_id=fo.location_id, now=now)


def test_a_lost_parcel_is_sent_again(company, now):
    company.put("wh", a=5)
    company.paid("O1", {"a": 2})
    courier = Institution.objects.create(code="cr", path="cr/", kind="courier", name="Swift")
    fo = FulfillmentOrder.objects.get()
    FulfillmentOrder.objects.filter(pk=fo.pk).update(state=S.PACKED)
    handover.hand_over(location_id=fo.location_id, ids=[fo.pk], now=now, courier_id=courier.pk)
    operator = company.staff("wh", "operator")
    tools.give_up_as_lost(code=fo.code, reason=WHY, actor=operator, now=now + 5 * DAY, send_again=True)
    follow_up()
    first, second = FulfillmentOrder.objects.order_by("pk")
    assert (first.state, second.state, second.demand.state) == (S.MOVED, S.ACCEPTED, DemandState.ROUTED)
    assert list(Reservation.objects.order_by("pk").values_list("state", "quantity")) == [
        ("released", 2),
        ("confirmed", 2),
    ]
    level = StockLevel.objects.get(sku="a")
    assert (level.on_hand, level.reserved) == (3, 2)
    assert told("fulfillment.refused_at_door") == []
    assert holds(now + 5 * DAY)


def test_a_parcel_came_back_without_a_word(house, operator):
    fo = out(house)
    late = house.now + 5 * DAY
    tools.take_back(code=fo.code, reason="found at the ramp", actor=operator, now=late)
    fo.refresh_from_db()
    assert fo.state == S.RETURNED
    assert StockLevel.objects.get(sku=CASE).on_hand == 2
    assert [each["reason"] for each in told("fulfillment.refused_at_door")] == ["came_back"]
    assert holds(late)


def test_a_refused_parcel_that_never_gets_back(house, operator, swift_courier):
    back, lost = out(house), out(house)
    for fo in (back, lost):
        delivery.refuse(actor=swift_courier, code=fo.code, reason="changed_mind", now=house.now + DAY)
    late = house.now + 9 * DAY
    assert set(listed(operator, late, state=S.REFUSED)) == {back.code, lost.code}
    news = len(told("fulfillment.refused_at_door"))
    tools.take_back(code=back.code, reason=WHY, actor=operator, now=late)
    tools.give_up_as_lost(code=lost.code, reason=WHY, actor=operator, now=late)
    back.refresh_from_db()
    lost.refresh_from_db()
    assert (back.state, lost.state) == (S.RETURNED, S.LOST)
    assert len(told("fulfillment.refused_at_door")) == news
    assert listed(operator, late + 30 * DAY) == []
    assert holds(late)


def test_what_lies_at_its_place_goes_elsewhere(company, now):
    company.put("st-a", a=1)
    company.put("st-b", a=1)
    company.paid("O1", {"a": 1})
    fo = FulfillmentOrder.objects.get()
    operator = company.staff("wh", "operator")
    FulfillmentOrder.objects.filter(pk=fo.pk).update(state=S.ACCEPTED)
    assert listed(operator, now + 2 * DAY) == [fo.code]
    tools.re_route(code=fo.code, reason="nobody picks up the phone", actor=operator, now=now + 2 * DAY)
    follow_up()
    first, second = FulfillmentOrder.objects.order_by("pk")
    assert first.state == S.MOVED
    assert first.location_id != second.location_id
    assert second.state == S.AWAITING_ACCEPTANCE
    with pytest.raises(tools.NotThisTool):
        tools.re_route(code=fo.code, reason=WHY, actor=operator, now=now + 2 * DAY)


@pytest.mark.parametrize("state", [S.PICKED, S.PACKED])
def test_what_was_packed_and_lies_goes_elsewhere_too(house, operator, state):
    fo = house.parcel((CASE, 1), location=house.store, state=state)
    tools.re_route(code=fo.code, reason=WHY, actor=operator, now=house.now + 2 * DAY)
    fo.refresh_from_db()
    assert (fo.state, fo.demand.state) == (S.MOVED, DemandState.REQUESTED)
    assert fo.demand.exclusions.get().location == house.store


@pytest.fixture
def waiting(house):
    fo = house.parcel((CASE, 1), location=house.store, way="pickup", state=S.PACKED)
    clerk = house.staff("clerk", house.store)
    pickup.make_ready(actor=clerk, location_id=house.store.pk, code=fo.code, now=house.now)
    fo.refresh_from_db()
    return fo


def test_goods_at_the_counter_wait_until_the_deadline(house, operator, waiting):
    early, late = house.now + 6 * DAY, house.now + 8 * DAY
    assert listed(operator, early) == []
    assert listed(operator, late) == [waiting.code]
    with pytest.raises(pickup_deadline.StillInTime):
        pickup_deadline.back_to_shelf(code=waiting.code, reason=WHY, actor=operator, now=early)
    pickup_deadline.back_to_shelf(code=waiting.code, reason=WHY, actor=operator, now=late)
    waiting.refresh_from_db()
    level = StockLevel.objects.get(sku=CASE)
    assert (waiting.state, level.on_hand, level.reserved) == (S.CANCELLED, 1, 0)
    assert len(told("fulfillment.cancelled")) == 1
    assert holds(late)


def test_a_store_may_give_its_customers_less_time(house, operator, waiting):
    StandstillLimit.objects.create(location=house.store, state=S.READY_FOR_PICKUP, hours=24)
    pickup_deadline.back_to_shelf(code=waiting.code, reason=WHY, actor=operator, now=house.now + 2 * DAY)
    waiting.refresh_from_db()
    assert waiting.state == S.CANCELLED


def test_the_customer_is_reminded_once_by_itself(house, operator, waiting):
    messages = Message.objects.count()
    assert pickup_deadline.remind_due(now=house.now + 4 * DAY) == 0
    assert pickup_deadline.remind_due(now=house.now + 5 * DAY + timedelta(hours=1)) == 1
    assert pickup_deadline.remind_due(now=house.now + 6 * DAY) == 0
    assert Message.objects.count() == messages + 1
    assert waiting.demand.order_number in text_of(Message.objects.latest("pk"))
    assert StandstillDecision.objects.get().by == "system"
    later = house.now + 7 * DAY
    pickup_deadline.remind(code=waiting.code, reason="she asked", actor=operator, now=later)
    with pytest.raises(pickup_deadline.RemindedToday):
        pickup_deadline.remind(code=waiting.code, reason="again", actor=operator, now=later)


def test_the_rest_of_an_order_was_collected(house, operator, waiting):
    other = house.parcel(
        (CASE, 1), location=house.store, way="pickup", order_number=waiting.demand.order_number
    )
    FulfillmentOrder.objects.filter(pk=other.pk).update(state=S.DELIVERED)
    with pytest.raises(TooLate):
        pickup_deadline.back_to_shelf(code=waiting.code, reason=WHY, actor=operator, now=house.now + 8 * DAY)


def test_who_may_and_what_must_be_said(house, operator):
    fo = out(house)
    warehouse, auditor = house.staff("warehouse", house.east), house.staff("auditor", house.east)
    for act in (tools.give_up_as_lost, tools.take_back, tools.re_route, pickup_deadline.remind):
        with pytest.raises(NotAllowed):
            act(code=fo.code, reason=WHY, actor=auditor, now=house.now)
        with pytest.raises(tools.WhyMissing):
            act(code=fo.code, reason="  ", actor=operator, now=house.now)
        with pytest.raises(tools.ParcelUnknown):
            act(code="NOPE-1", reason=WHY, actor=operator, now=house.now)
    assert listed(auditor, house.now) == []
    with pytest.raises(NotAllowed):
        standstill.standing(warehouse, now=house.now)
    for act in (tools.re_route, pickup_deadline.back_to_shelf):
        with pytest.raises(tools.NotThisTool):
            act(code=fo.code, reason=WHY, actor=operator, now=house.now)
