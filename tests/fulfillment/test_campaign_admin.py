"""Operators make flash sales and see how they stand: channels ticked, known articles, the queue in sight."""

import pytest

from fulfillment.models import Campaign
from fulfillment.queries import campaigns as sales
from fulfillment.services import campaigns
from members.models import StaffRole, User
from tests.support.goods import NOW

ADD = "/admin/fulfillment/campaign/add/"
EN = {"accept-language": "en"}


@pytest.fixture
def door(client, company):
    user = User.objects.create(username="boss", is_staff=True, is_superuser=True)
    StaffRole.objects.create(user=user, institution=company.carrier, role="operator")
    client.force_login(user)
    return client


def form(**changes) -> dict:
    return {
        "code": "flash",
        "title": "抢购",
        "title_en": "Sale",
        "channels": ["web", "app"],
        "starts_at_0": "2026-11-21",
        "starts_at_1": "11:00",
        "ends_at_0": "2026-11-21",
        "ends_at_1": "13:00",
        "is_on": "on",
        "admit_per_minute": "6",
        "admission_minutes": "2",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-0-sku": "a",
        "items-0-quantity": "3",
        "items-0-per_customer": "1",
    } | changes


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"items-0-sku": "nothing"}, "We do not know the article nothing."),
        ({"ends_at_1": "10:00"}, "A flash sale ends after it begins."),
        ({"channels": ["moon"]}, "moon"),
    ],
)
def test_what_cannot_be_is_said_in_words(door, changes, words):
    page = door.post(ADD, form(**changes), headers=EN)
    assert (page.status_code, words in page.content.decode()) == (200, True)
    assert not Campaign.objects.exists()


def test_a_sale_is_made_and_its_queue_is_in_sight(door):
    assert door.post(ADD, form(), headers=EN).status_code == 302
    made = Campaign.objects.get()
    assert made.channels == ["web", "app"]
    for ticket in ("t1", "t2"):
        campaigns.stand(sales.sale(made.code), ticket, now=NOW)
    page = door.get(f"/admin/fulfillment/campaign/{made.pk}/change/", headers=EN).content.decode()
    assert "1 wait, 1 may order now" in page
