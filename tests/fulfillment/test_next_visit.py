"""After a visit in vain the receiver chooses the next one's day, until the parcel is on the van."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from fulfillment import reasons
from fulfillment.models import Delivery, FulfillmentEvent, FulfillmentOrder
from fulfillment.queries import board, pace, progress, tracking
from fulfillment.services import delivery, next_visit
from members.actors import Actor
from members.models import Message
from members.services.messages import text_of
from omnichannel.kernel import clock
from tests.fulfillment.test_delivery import at_door, do, on_the_way  # noqa: F401  (fixtures)

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def in_vain(at_door, do, house):  # noqa: F811
    """A parcel whose courier came today and comes again tomorrow."""
    fo = at_door()
    do(delivery.come_again, fo, reason="later", next_on=clock.local_day(house.now) + timedelta(days=1))
    return fo


def on(house, fo, days: int, **more):
    day = clock.local_day(house.now) + timedelta(days=days)
    tail = fo.demand.wish["destination"]["phone"][-4:]
    return next_visit.choose(**{"code": fo.code, "phone_tail": tail, "day": day, "now": house.now} | more)


def test_the_day_chosen_is_the_courier_s_day(house, in_vain):
    assert on(house, in_vain, 4).due_on == clock.local_day(house.now) + timedelta(days=4)
    track = tracking.of_parcel(in_vain.code, exact=False, now=house.now)
    assert track.lateness == ""
    assert track.due_on.isoformat() in " ".join(event.text for event in track.events)
    assert (track.days[0] - clock.local_day(house.now)).days == 1


def test_the_same_day_twice_is_noted_once(house, in_vain):
    on(house, in_vain, 4)
    on(house, in_vain, 4)
    assert FulfillmentEvent.objects.filter(fulfillment=in_vain, who=next_visit.RECEIVER).count() == 1


def test_a_choice_is_no_work_of_the_house_and_is_told_in_words(house, in_vain):
    def done():
        seen = pace.pace(house.east.pk, now=house.now)
        rows = {each.station: each.last_hour for each in seen.stations}
        today = board.board(house.east.pk, now=house.now).handed_over_today
        return rows, [hour.done for hour in seen.hours], today

    FulfillmentEvent.objects.filter(fulfillment=in_vain).update(at=house.now - timedelta(days=1))
    before, events = done(), progress.events_of(in_vain)
    on(house, in_vain, 4)
    assert done() == before
    assert progress.events_of(FulfillmentOrder.objects.get(pk=in_vain.pk)) == events
    noted = FulfillmentEvent.objects.get(fulfillment=in_vain, is_step=False)
    day = (clock.local_day(house.now) + timedelta(days=4)).isoformat()
    with override("zh-hans"):
        assert (reasons.words(noted.note), reasons.actor_words(noted.who)) == (
            f"已选择下次送货日期：{day}",
            "收件人",
        )


@pytest.mark.parametrize("days", [-1, 0, 8])
def test_a_day_that_is_not_offered_is_refused(house, in_vain, days):
    with pytest.raises(next_visit.VisitDayInvalid):
        on(house, in_vain, days)
    with pytest.raises(next_visit.VisitDayInvalid):
        on(house, in_vain, 1, day=None)


def test_the_week_is_counted_from_the_visit(house, in_vain):
    later = house.now + timedelta(days=6)
    day = clock.local_day(house.now) + timedelta(days=8)
    with pytest.raises(next_visit.VisitDayInvalid):
        on(house, in_vain, 0, now=later, day=day)
    assert on(house, in_vain, 0, now=later, day=day - timedelta(days=1))
    with pytest.raises(next_visit.VisitNotOpen):
        on(house, in_vain, 0, now=later + timedelta(days=2), day=day)


def test_a_stranger_s_digits_find_nothing(house, in_vain):
    with pytest.raises(next_visit.ReceiverUnproven):
        on(house, in_vain, 2, phone_tail="9999")
    chosen = {"code": in_vain.code, "day": clock.local_day(house.now), "now": house.now}
    with pytest.raises(tracking.ParcelUntraceable):
        next_visit.choose_for_order(order_number="other", actor=Actor(user_id=1), **chosen)


def test_not_before_a_visit_nor_on_the_van_nor_after_the_end(house, on_the_way, in_vain, do, swift_courier):  # noqa: F811
    with pytest.raises(next_visit.VisitNotOpen):
        on(house, on_the_way(), 2)
    delivery.load(actor=swift_courier, courier_id=house.swift.pk, codes=[in_vain.code], now=house.now)
    with pytest.raises(next_visit.VisitNotOpen):
        on(house, in_vain, 2)
    do(delivery.refuse, in_vain, reason="changed_mind")
    with pytest.raises(next_visit.VisitNotOpen):
        on(house, in_vain, 2)
    assert Delivery.objects.get(fulfillment=in_vain).due_on == clock.local_day(house.now) + timedelta(days=1)


def test_the_message_leads_to_the_page(in_vain):
    assert tracking.link_of(in_vain.code) in text_of(Message.objects.filter(kind="order").latest("pk"))
