"""A new pick-up code: for leads, works at once, unlocks the parcel, and only so often."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentEvent, FulfillmentState
from fulfillment.queries import store
from fulfillment.services import pickup, pickup_renewal
from fulfillment.services.workplaces import NotALead, ParcelNotHere
from members.models import Message
from members.services.messages import text_of
from tests.fulfillment.house import CASE
from tests.fulfillment.test_pickup import clerk, give, waiting, wrong  # noqa: F401


@pytest.fixture
def manager(house):
    return house.staff("store_manager", house.store)


def renew(house, actor, fo, *, at=None, now=None):
    place = at or house.store
    return pickup_renewal.send_new_code(actor=actor, location_id=place.pk, code=fo.code, now=now or house.now)


def lock(house, actor, fo) -> None:
    for _try in range(pickup.MOST_GUESSES):
        with pytest.raises(pickup.PickupCodeWrong):
            give(house, actor, fo, wrong(fo))


def test_it_unlocks_and_the_old_code_is_worth_nothing(house, clerk, manager, waiting):  # noqa: F811
    fo = waiting()
    old = pickup.code_of(fo.pk)
    lock(house, clerk, fo)
    until = store.code_locked_until(fo.pk, now=house.now)
    assert until == house.now + pickup.LOCK
    with pytest.raises(pickup.PickupCodeLocked) as locked:
        give(house, clerk, fo, old)
    assert locked.value.facts["minutes"] == 30
    while pickup.code_of(fo.pk) == old:  # one in a million is the same
        renew(house, manager, fo)
    assert store.code_locked_until(fo.pk, now=house.now) is None
    digits = pickup.code_of(fo.pk)
    told = [text_of(message) for message in Message.objects.filter(phone__endswith="13900000001")]
    assert any(digits in text for text in told)
    with pytest.raises(pickup.PickupCodeWrong):
        give(house, clerk, fo, old)
    assert give(house, clerk, fo, digits).state == FulfillmentState.DELIVERED
    note = FulfillmentEvent.objects.filter(fulfillment=fo, note=pickup_renewal.NOTE).first()
    assert note.who == manager.label


def test_who_may_not(house, clerk, waiting):  # noqa: F811
    fo = waiting()
    with pytest.raises(NotALead):
        renew(house, clerk, fo)
    elsewhere = house.staff("store_manager", house.other_store)
    with pytest.raises(ParcelNotHere):
        renew(house, elsewhere, fo, at=house.other_store)


def test_so_many_a_day(house, manager, waiting, settings):  # noqa: F811
    settings.PICKUP_NEW_CODES_PER_DAY = 2
    fo = waiting()
    for _sent in range(2):
        renew(house, manager, fo)
    with pytest.raises(pickup_renewal.NewCodesUsed):
        renew(house, manager, fo)
    renew(house, manager, fo, now=house.now + timedelta(days=1, minutes=1))


def test_not_before_it_is_ready_nor_after(house, manager, clerk, waiting):  # noqa: F811
    packed = house.parcel((CASE, 1), location=house.store, state=FulfillmentState.PACKED, way="pickup")
    fo = waiting()
    give(house, clerk, fo, pickup.code_of(fo.pk))
    for each in (packed, fo):
        with pytest.raises(pickup_renewal.NotWaiting):
            renew(house, manager, each)


def test_the_page_offers_it_to_leads(house, client, waiting, clerk):  # noqa: F811
    fo = waiting()
    lock(house, clerk, fo)
    client.cookies["django_language"] = "en"
    address = f"/store/{fo.code}/?place={house.store.pk}"
    client.force_login(house.user("clerk2", "clerk", house.store))
    page = client.get(address).content.decode()
    assert ("Locked after wrong codes" in page, "Send a new pick-up code" in page) == (True, False)
    client.force_login(house.user("boss", "store_manager", house.store))
    assert "Send a new pick-up code" in client.get(address).content.decode()
    answer = client.post(f"/store/{fo.code}/new-code/", follow=True)
    assert "The customer has a new pick-up code by text message." in answer.content.decode()
    assert "Locked after wrong codes" not in answer.content.decode()


def test_a_customer_in_the_wrong_store_is_told_the_right_one(house, client, waiting):  # noqa: F811
    fo = waiting()
    client.cookies["django_language"] = "en"
    client.force_login(house.user("far", "clerk", house.other_store))
    there = f"/store/find/?place={house.other_store.pk}&code="
    page = client.get(there + fo.demand.order_number, follow=True).content.decode()
    assert f"This order is collected at {house.store.name_en or house.store.name}." in page
    assert client.get(f"/store/{fo.code}/").status_code == 404
    assert "There is no such parcel in this store." in client.get(there + "X1", follow=True).content.decode()
    client.force_login(house.user("near", "clerk", house.store))
    found = client.get(f"/store/find/?place={house.store.pk}&code={fo.code.lower()}")
    assert found["Location"] == f"/store/{fo.code}/"
