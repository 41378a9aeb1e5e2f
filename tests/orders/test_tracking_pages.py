"""Where is my parcel: the owner's page, the link of the message, number and phone; strangers see nothing."""

from datetime import timedelta

import pytest

from fulfillment.models import Delivery, FulfillmentOrder
from fulfillment.queries.tracking import seal_of
from fulfillment.services import delivery
from members.actors import Actor, Grant
from omnichannel.kernel import clock
from tests.support import ordering, posting
from tests.support.demo import NOON
from tests.support.ordering import TEA, order, sell, settle
from tests.support.posting import hand_over
from tests.support.walking import hand_to_couriers

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def parcel():
    placed = order(TEA, means="cod")
    hand_to_couriers()
    return FulfillmentOrder.objects.select_related("demand").get(demand__order_number=placed.order_number)


def owners(parcel) -> str:
    return f"/orders/{parcel.demand.order_number}/parcels/{parcel.code}/"


def guests(parcel) -> str:
    return f"/track/{parcel.code}/{seal_of(parcel.code)}/"


def test_the_owner_sees_map_and_story_and_htmx_only_what_is_new(client, parcel):
    client.force_login(ordering.user())
    assert owners(parcel) in client.get(f"/orders/{parcel.demand.order_number}/").content.decode()
    page = client.get(owners(parcel))
    text = page.content.decode()
    assert "<svg viewBox" in text
    assert "http://" not in text.split("<svg viewBox")[1].split("</svg>")[0]
    seen = page.context["mark"]
    assert client.get(owners(parcel) + f"?seen={seen}", headers={"HX-Request": "true"}).status_code == 204
    part = client.get(owners(parcel) + "?seen=old", headers={"HX-Request": "true"})
    assert (part.status_code, "<html" in part.content.decode()) == (200, False)


def test_strangers_and_other_orders_see_nothing(client, parcel):
    client.force_login(ordering.user(ordering.CHEN))
    assert client.get(owners(parcel)).status_code == 404
    client.force_login(ordering.user())
    other = order(TEA, means="cod")
    assert client.get(f"/orders/{other.order_number}/parcels/{parcel.code}/").status_code == 404
    assert client.get(f"/orders/{other.order_number}/parcels/NOPE/").status_code == 404


def test_the_link_of_the_message_needs_no_account_and_tells_no_person(client, parcel):
    text = client.get(guests(parcel)).content.decode()
    assert parcel.code in text
    for secret in (ordering.HOME.name, ordering.HOME.phone, ordering.HOME.street):
        assert secret not in text
    assert client.get(f"/track/{parcel.code}/{'0' * 20}/").status_code == 404


def test_number_and_phone_lead_to_the_link_and_guessing_is_limited(client, parcel):
    found = client.post("/track/", {"parcel": parcel.code, "phone": ordering.LIN[-4:]})
    assert (found.status_code, found["Location"]) == (302, guests(parcel))
    wrong = client.post("/track/", {"parcel": parcel.code, "phone": "0000"})
    assert (wrong.status_code, "parcel_unknown" in wrong.content.decode()) == (422, True)
    assert client.get("/track/").status_code == 200
    answers = [client.post("/track/", {"parcel": "X", "phone": "1111"}).status_code for _ in range(20)]
    assert answers[-1] == 429


def test_the_page_costs_no_more_with_a_longer_story(client, parcel, django_assert_max_num_queries):
    client.force_login(ordering.user())
    client.get(owners(parcel))
    with django_assert_max_num_queries(16):
        client.get(owners(parcel))


def in_vain(parcel) -> str:
    """The courier came today and comes tomorrow; the day after, as the form says it."""
    found = Delivery.objects.get(fulfillment=parcel)
    courier = found.courier
    actor = Actor(name="courier", grants=frozenset({Grant("courier", courier.pk, courier.path)}))
    today = clock.local_day(NOON)
    delivery.come_again(
        actor=actor, code=parcel.code, reason="later", next_on=today + timedelta(days=1), now=NOON
    )
    return (today + timedelta(days=2)).isoformat()


@pytest.mark.parametrize("owns", [True, False])
def test_the_receiver_chooses_the_day_of_the_next_visit(client, parcel, owns):
    day = in_vain(parcel)
    page, tail = guests(parcel), {"phone": ordering.LIN[-4:]}
    if owns:
        client.force_login(ordering.user())
        page, tail = owners(parcel), {}
    assert f'value="{day}"' in client.get(page).content.decode()
    assert client.post(page, {"day": "soon", **tail}).status_code == 302
    assert client.post(page, {"day": day, **tail}).status_code == 302
    assert Delivery.objects.get(fulfillment=parcel).due_on.isoformat() == day


def due_on(parcel) -> str:
    return Delivery.objects.get(fulfillment=parcel).due_on.isoformat()


@pytest.mark.parametrize("username", ["auditor", "operator1", "fclerk", "clerk1", "manager1"])
def test_who_only_reads_the_order_chooses_no_day(client, username):
    sold = sell(TEA)
    settle()
    hand_to_couriers()
    fo = FulfillmentOrder.objects.select_related("demand").get(demand__order_number=sold.order_number)
    day, before = in_vain(fo), due_on(fo)
    client.force_login(ordering.user_named(username))
    page = client.get(owners(fo))
    assert (page.status_code, "day-form" in page.content.decode()) == (200, False)
    assert client.post(owners(fo), {"day": day}).status_code == 404
    assert due_on(fo) == before
    assert not fo.events.filter(is_step=False).exists()


def test_the_sender_of_a_posted_parcel_needs_the_receiver_s_digits(client):
    fo = hand_over(posting.post())
    day, before = in_vain(fo), due_on(fo)
    client.force_login(ordering.user(ordering.LIN))
    assert 'id="phone"' in client.get(owners(fo)).content.decode()
    for tail in ("", ordering.LIN[-4:]):
        assert client.post(owners(fo), {"day": day, "phone": tail}).status_code == 302
        assert due_on(fo) == before
    assert client.post(owners(fo), {"day": day, "phone": posting.RECEIVER_PHONE[-4:]}).status_code == 302
    assert due_on(fo) == day
    assert fo.events.get(is_step=False).who == "receiver"


def test_it_is_noted_who_chose(client, parcel):
    day = in_vain(parcel)
    client.force_login(ordering.user())
    client.post(owners(parcel), {"day": day})
    noted = parcel.events.get(is_step=False)
    assert (noted.who, noted.note) == (str(ordering.user()), f"next_visit:{day}")


def test_the_link_alone_changes_nothing_and_guessing_is_limited(client, parcel):
    day = in_vain(parcel)
    answers = [client.post(guests(parcel), {"day": day, "phone": "9999"}).status_code for _ in range(21)]
    assert (answers[0], answers[-1]) == (302, 429)
    assert Delivery.objects.get(fulfillment=parcel).due_on.isoformat() < day
