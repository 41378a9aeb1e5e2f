"""A dealer at the end of a trunk line: waves leave by the line's clock, its own people deliver."""

from datetime import timedelta

import pytest

from fulfillment.models import (
    CentreProfile,
    CourierCutOff,
    Delivery,
    Evidence,
    FulfillmentOrder,
    FulfillmentState,
    Manifest,
    TrunkLine,
)
from fulfillment.queries import carriers, tracking
from fulfillment.services import cod, delivery, handover, positions, timetable, wave_building
from fulfillment.services.doors import ParcelUnknown
from fulfillment.services.visits import Fix
from members.actors import actor_of
from omnichannel.kernel import clock
from omnichannel.kernel.errors import NotAllowed
from tests.fulfillment.house import CASE
from tests.fulfillment.test_delivery import drawn

S = FulfillmentState


@pytest.fixture
def hub(house):
    return house._institution("dl-x", "dealer", "蓝天", "Blue Sky", parent="")


@pytest.fixture
def line(house, hub):
    return TrunkLine.objects.create(
        origin=house.east, hub=hub, run_fen=100, run_kg=10, last_km_fen=3, departs_hour=18, days=1
    )


@pytest.fixture
def partner(house, hub):
    return house.user("hub-partner", "partner", hub)


def parcel(house, hub, **more) -> FulfillmentOrder:
    fo = house.parcel((CASE, 1), **more)
    FulfillmentOrder.objects.filter(pk=fo.pk).update(via=hub, transit_days=1)
    fo.refresh_from_db()
    return fo


def brought(house, hub, **more) -> FulfillmentOrder:
    """A parcel on the truck to the hub."""
    fo = parcel(house, hub, state=S.PACKED, **more)
    handover.hand_over(location_id=house.east.pk, ids=[fo.pk], now=house.now)
    return fo


def test_its_wave_leaves_by_the_line(house, hub, line):
    """The audit's case: nothing but trunk parcels, and only couriers had a clock."""
    CourierCutOff.objects.create(location=house.east, courier=house.star, leaves_at="18:00", full_at=1)
    fo = parcel(house, hub)
    evening = house.now.astimezone(clock.SHANGHAI).replace(hour=18, minute=0, second=0, microsecond=0)
    assert wave_building.build_due(now=evening - timedelta(minutes=121)) == []
    [wave] = wave_building.build_due(now=evening - timedelta(minutes=119))
    fo.refresh_from_db()
    assert (wave.courier, wave.cut_off, fo.wave_entry.wave) == (hub, evening, wave)


def test_enough_parcels_fill_a_run(house, hub, line):
    TrunkLine.objects.update(full_at=2)
    parcel(house, hub)
    assert wave_building.build_due(now=house.now) == []
    parcel(house, hub)
    [wave] = wave_building.build_due(now=house.now)
    assert wave.entries.count() == 2


def test_what_was_routed_by_a_line_that_is_gone_is_worked_on_all_the_same(house, hub):
    CourierCutOff.objects.create(location=house.east, courier=house.star, leaves_at="18:00", full_at=1)
    fo = parcel(house, hub)
    assert wave_building.build_due(now=house.now + timedelta(minutes=119)) == []
    [wave] = wave_building.build_due(now=house.now + timedelta(minutes=121))
    fo.refresh_from_db()
    assert (wave.courier, fo.state) == (hub, S.IN_WAVE)


def test_midnight_is_an_hour_too(house, hub, line):
    TrunkLine.objects.update(departs_hour=24)
    leaves = timetable.departures(house.east.pk, now=house.now)[hub.pk].leaves_at.astimezone(clock.SHANGHAI)
    assert (leaves.hour, leaves.date()) == (0, clock.local_day(house.now) + timedelta(days=1))


def test_those_who_wait_for_a_late_run_are_in_nobodys_way(house, hub, line):
    """A wave's size of parcels for the hub lies before the courier's one."""
    CourierCutOff.objects.create(
        location=house.east, courier=house.star, leaves_at="12:30", lead_minutes=60, full_at=99
    )
    house.shelve(CASE, 20, house.east)
    CentreProfile.objects.create(location=house.east, wave_size=3)
    for _ in range(4):
        parcel(house, hub)
    house.parcel((CASE, 1))
    noon = house.now.astimezone(clock.SHANGHAI).replace(hour=12, minute=0)
    [wave] = wave_building.build_due(now=noon)
    assert wave.courier == house.star


def test_its_own_people_use_the_delivery_page(house, hub, line, partner, client, media):
    fo = brought(house, hub)
    client.force_login(partner)
    assert client.get("/courier/").status_code == 200
    actor = actor_of(partner)
    tomorrow = house.now + timedelta(days=1)
    assert Delivery.objects.get().due_on == clock.local_day(tomorrow)
    assert delivery.load(actor=actor, courier_id=hub.pk, now=house.now) == 0
    assert delivery.load(actor=actor, courier_id=hub.pk, now=tomorrow) == 1
    delivery.arrive(actor=actor, code=fo.code, now=tomorrow)
    delivery.sign(actor=actor, code=fo.code, signature=drawn(), now=tomorrow)
    fo.refresh_from_db()
    assert fo.state == S.DELIVERED
    assert Evidence.objects.get().document["courier"] == hub.name
    here = Fix.of(latitude=31, longitude=121, accuracy_m=9)
    positions.share(actor=actor, courier_id=hub.pk, fix=here, now=tomorrow)


def test_cash_is_paid_in_by_the_hub(house, hub, line, partner, media):
    fo = brought(house, hub, cod_fen=500)
    actor, door = actor_of(partner), house.now + timedelta(days=1)
    delivery.arrive(actor=actor, code=fo.code, now=door)
    delivery.sign(actor=actor, code=fo.code, signature=drawn(), now=door)
    delivery.collect(actor=actor, code=fo.code, amount_fen=500, now=door)
    assert cod.remit(courier_id=hub.pk, actor=actor, now=door).amount_fen == 500


def test_nobody_else_does(house, hub, line, client):
    fo = brought(house, hub)
    other = house._institution("dl-y", "dealer", "宏达", "Hongda", parent="")
    stranger = house.user("other-partner", "partner", other)
    clerk = house.user("clerk-x", "clerk", house.store)
    for user in (stranger, clerk):
        client.force_login(user)
        assert client.get("/courier/").status_code == 403
        with pytest.raises(ParcelUnknown):
            delivery.arrive(actor=actor_of(user), code=fo.code, now=house.now)
        with pytest.raises(NotAllowed):
            cod.remit(courier_id=hub.pk, actor=actor_of(user), now=house.now)
    partner_of_swift = actor_of(house.user("p-swift", "partner", house.swift))
    assert not carriers.carries(partner_of_swift, house.swift)


def test_a_courier_company_and_a_hub_stand_side_by_side(house, hub, line):
    both = house.user("both", "courier", house.swift)
    both.staff_roles.create(institution=hub, role="partner")
    assert [card.code for card in carriers.carriers_of(actor_of(both))] == ["cr-swift", "dl-x"]


def test_a_line_that_stopped_still_delivers_what_it_brought(house, hub, line, partner):
    brought(house, hub)
    TrunkLine.objects.all().delete()
    assert [card.code for card in carriers.hubs_of(actor_of(partner))] == ["dl-x"]
    assert Manifest.objects.get().courier == hub


def test_the_hub_sees_what_the_next_run_brings(house, hub, line, partner, client):
    parcel(house, hub)
    brought(house, hub)
    [run] = timetable.runs_to(hub.pk, now=house.now)
    evening = house.now.astimezone(clock.SHANGHAI).replace(hour=18, minute=0, second=0, microsecond=0)
    assert (run.origin.id, run.parcels, run.leaves_at) == (house.east.pk, 1, evening)
    client.force_login(partner)
    page = client.get("/courier/")
    assert "18:00" in page.content.decode()
    assert [each.parcels for each in page.context["runs"]] == [1]


def test_a_courier_company_has_no_runs(house, hub, line, client):
    parcel(house, hub)
    client.force_login(house.user("swift-x", "courier", house.swift))
    assert client.get("/courier/").context["runs"] == []


def test_its_receiver_sees_the_hub_on_the_map_once_it_is_there(house, hub, line, partner):
    type(hub).objects.filter(pk=hub.pk).update(latitude=31.5, longitude=120.3)
    fo = brought(house, hub)

    def hubs() -> list[tuple]:
        track = tracking.of_parcel(fo.code, exact=True, now=house.now)
        return [(point.latitude, point.longitude) for point in track.waypoints if point.kind == "hub"]

    assert hubs() == []
    delivery.load(actor=actor_of(partner), courier_id=hub.pk, codes=[fo.code], now=house.now)
    assert hubs() == [(31.5, 120.3)]


def test_the_day_after_says_what_the_last_round_brought(house, hub, line, partner, client, media, freeze_at):
    fo, actor = brought(house, hub), actor_of(partner)
    client.force_login(partner)
    assert client.get("/courier/").context["last_round"] is None
    delivery.load(actor=actor, courier_id=hub.pk, codes=[fo.code], now=house.now)
    delivery.arrive(actor=actor, code=fo.code, now=house.now)
    delivery.sign(actor=actor, code=fo.code, signature=drawn(), now=house.now)
    assert client.get("/courier/").context["last_round"] is None  # it stands among today's
    freeze_at(house.now + timedelta(days=2))
    last = client.get("/courier/").context["last_round"]
    assert (last.on, last.delivered, last.refused) == (clock.local_day(house.now), 1, 0)
