"""/routing/standing/: the list, its file, a parcel's tools and what is refused."""

import csv
import io
from datetime import timedelta

import pytest

from fulfillment.models import Delivery, FulfillmentOrder, FulfillmentState, RefusedUnits, StandstillDecision
from fulfillment.queries import standstill
from fulfillment.services import handover
from tests.fulfillment.house import CASE

S = FulfillmentState
LIST = "/routing/standing/"


@pytest.fixture
def operator(house, client):
    client.force_login(house.user("op1", "operator", house.east))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def still(house) -> FulfillmentOrder:
    """Left with Swift ten days ago, and nothing since."""
    fo = house.parcel((CASE, 1), state=S.PACKED)
    long_ago = house.now - timedelta(days=10)
    handover.hand_over(location_id=house.east.pk, ids=[fo.pk], now=long_ago, courier_id=house.swift.pk)
    Delivery.objects.update(waybill="SW-1234")
    return fo


def test_the_list_is_searched_and_leaves_as_a_file(operator, still, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = operator.get(LIST).content.decode()
    assert still.code in page
    assert "handed over" in page
    for query in ("q=SW-1234", "q=swift", "state=handed_over", f"q={still.code}"):
        assert still.code in operator.get(f"{LIST}?{query}").content.decode()
    assert "Nothing fits" in operator.get(f"{LIST}?q=nothing").content.decode()
    assert still.code not in operator.get(f"{LIST}?state=packed").content.decode()
    file = b"".join(operator.get(f"{LIST}?format=csv").streaming_content).decode()
    assert still.code in file
    assert "SW-1234" in file


def test_the_file_obeys_the_filter_and_keeps_text_as_text(operator, house, still):
    waits = house.parcel((CASE, 1), state=S.PACKED)
    FulfillmentOrder.objects.filter(pk=waits.pk).update(changed_at=house.now - timedelta(days=10))
    Delivery.objects.update(waybill="=1+1")

    def rows(query=""):
        file = b"".join(operator.get(f"{LIST}?format=csv{query}").streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(file)))

    assert {row["parcel"] for row in rows()} == {still.code, waits.code}
    assert [row["parcel"] for row in rows("&state=packed")] == [waits.code]
    (told,) = rows(f"&q={still.code}")
    assert (told["code"], told["waybill"]) == ("handed_over", "'=1+1")


def test_all_parcels_that_arrived_are_left_alone(house, still):
    """What lies far in the past is not read: delivered parcels only by name."""
    FulfillmentOrder.objects.filter(pk=still.pk).update(state=S.DELIVERED)
    assert not standstill.overdue(now=house.now).exists()
    line = still.lines.get()
    RefusedUnits.objects.create(delivery=still.delivery, line=line, quantity=1, reason="other")
    far = house.now + timedelta(days=30)
    assert [fo.pk for fo in standstill.overdue(now=far)] == [still.pk]


def test_an_empty_list_says_so_and_a_moving_parcel_is_found(operator, house):
    assert "Everything moves" in operator.get(LIST).content.decode()
    fo = house.parcel((CASE, 1))
    assert f"{LIST}{fo.code}/" in operator.get(f"{LIST}?q={fo.code}").content.decode()


def test_a_decision_needs_its_reason_and_is_done_once(operator, still):
    address = f"{LIST}{still.code}/"
    page = operator.get(address).content.decode()
    assert "Lost: send again" in page
    assert "Back to the shelf" not in page
    refused = operator.post(f"{address}lost/", {"reason": " "})
    assert refused.status_code == 400
    assert "reason_missing" in refused.content.decode()
    done = operator.post(f"{address}lost/", {"reason": "burnt"}, follow=True).content.decode()
    assert "Written off as lost" in done
    again = operator.post(f"{address}lost/", {"reason": "burnt"}, follow=True).content.decode()
    assert "standstill_wrong_tool" in again
    assert StandstillDecision.objects.get().reason == "burnt"
    assert operator.post(f"{address}nonsense/").status_code == 404
    assert operator.get(f"{LIST}NOPE/").status_code == 404


def test_the_counter_keeps_its_deadline_in_words(operator, house):
    fo = house.parcel((CASE, 1), location=house.store, way="pickup", state=S.READY_FOR_PICKUP)
    page = operator.get(f"{LIST}{fo.code}/").content.decode()
    assert "Before that it stays" in page
    refused = operator.post(f"{LIST}{fo.code}/shelve/", {"reason": "too long"})
    assert refused.status_code == 409
    assert "pickup_still_in_time" in refused.content.decode()


def test_an_auditor_looks_and_others_do_not(house, client, still):
    client.cookies["django_language"] = "en"
    client.force_login(house.user("aud", "auditor", house.east))
    assert still.code in client.get(LIST).content.decode()
    assert "Lost: send again" not in client.get(f"{LIST}{still.code}/").content.decode()
    client.post(f"{LIST}{still.code}/lost/", {"reason": "x"})
    still.refresh_from_db()
    assert still.state == S.HANDED_OVER
    client.force_login(house.user("wh-y", "warehouse", house.east))
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{still.code}/").status_code == 403
