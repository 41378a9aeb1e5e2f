"""Manifests of small houses close, and every manifest is found and printed again."""

import pytest

from fulfillment.models import FulfillmentOrder, FulfillmentState, Manifest
from fulfillment.queries import manifests
from fulfillment.services import handover
from omnichannel.kernel.models import OutboxMessage
from tests.fulfillment.house import CASE

S = FulfillmentState


@pytest.fixture
def dealer(house):
    return house._institution("dl-q", "dealer", "蓝天", "Blue Sky", parent="")


@pytest.fixture
def shop(house, dealer, client):
    client.force_login(house.user("dealer-q", "partner", dealer))
    client.cookies["django_language"] = "en"
    return client


def packed(house, place) -> FulfillmentOrder:
    return house.parcel((CASE, 1), location=place, state=S.PACKED)


def told() -> int:
    return OutboxMessage.objects.filter(topic="fulfillment.handed_over").values("key").distinct().count()


def test_with_the_only_parcel_the_manifest_is_closed(house, dealer, shop):
    """The audit's case: no news went out before the courier's first step."""
    fo = packed(house, dealer)
    page = shop.post(f"/store/{fo.code}/leave/", follow=True).content.decode()
    manifest = Manifest.objects.get()
    assert manifest.closed_at is not None
    assert manifest.code in page
    assert told() == 1


def test_with_more_packed_it_stays_open_until_the_last(house, dealer, shop):
    first, second = packed(house, dealer), packed(house, dealer)
    shop.post(f"/store/{first.code}/leave/")
    assert (Manifest.objects.get().closed_at, told()) == (None, 0)
    page = shop.get("/store/?section=leave").content.decode()
    assert "not signed for yet" in page
    assert "/store/manifests/" in page
    shop.post(f"/store/{second.code}/leave/")
    assert Manifest.objects.get().closed_at is not None
    assert told() == 2


def test_what_the_courier_leaves_behind_is_named_first(house, dealer, shop):
    first, second = packed(house, dealer), packed(house, dealer)
    shop.post(f"/store/{first.code}/leave/")
    manifest = Manifest.objects.get()
    address = f"/store/manifests/{manifest.pk}/signed/"
    assert "signer_missing" in shop.post(address).content.decode()
    refused = shop.post(address, {"received_by": "王伟"})
    assert refused.status_code == 409
    assert second.code in refused.content.decode()
    assert "Close without them" in refused.content.decode()
    page = shop.post(address, {"without_missing": "1", "received_by": "王伟"}, follow=True).content.decode()
    assert f"{manifest.code} is closed" in page
    manifest.refresh_from_db()
    assert manifest.closed_at is not None
    assert manifest.left_behind.get().fulfillment == second
    assert told() == 1


def test_a_closed_one_is_found_and_printed(house, dealer, shop):
    fo = packed(house, dealer)
    shop.post(f"/store/{fo.code}/leave/")
    manifest = Manifest.objects.get()
    for text in (manifest.code, fo.code, manifest.courier.name, manifest.courier.name_en):
        assert list(manifests.of_place(dealer.pk, text=text)) == [manifest]
    assert list(manifests.of_place(dealer.pk, text="nothing")) == []
    assert list(manifests.of_place(dealer.pk, state="open")) == []
    page = shop.get(f"/store/manifests/?q={fo.code}").content.decode()
    assert f"/ops/manifests/{manifest.pk}.pdf" in page
    assert shop.get(f"/ops/manifests/{manifest.pk}.pdf")["Content-Type"] == "application/pdf"
    file = b"".join(shop.get("/store/manifests/?format=csv").streaming_content).decode()
    assert manifest.code in file


def test_another_houses_manifest_is_none(house, dealer, shop):
    other = packed(house, house.store)
    handover.scan(
        actor=house.staff("clerk", house.store), location_id=house.store.pk, code=other.code, now=house.now
    )
    manifest = Manifest.objects.get()
    assert manifest.code not in shop.get("/store/manifests/").content.decode()
    assert shop.post(f"/store/manifests/{manifest.pk}/signed/").status_code == 404
    assert shop.get("/ops/manifests/").status_code == 403


def test_a_warehouse_has_its_list_too(house, client):
    fo = packed(house, house.east)
    handover.hand_over(location_id=house.east.pk, ids=[fo.pk], now=house.now)
    client.force_login(house.user("wh-x", "warehouse", house.east))
    page = client.get("/ops/manifests/").content.decode()
    assert Manifest.objects.get().code in page
