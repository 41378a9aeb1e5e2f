"""The operators' tables open, tell the routing, and act through services."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentDemand, LocationProfile
from fulfillment.services import acceptance
from members.models import Institution
from tests.support.goods import follow_up

TABLES = [
    "stocklevel",
    "stockmovement",
    "safetystock",
    "reservation",
    "serialunit",
    "locationprofile",
    "tariffzone",
    "tariffrate",
    "postagerate",
    "posting",
    "fulfillmentdemand",
]


@pytest.fixture
def stuck(company, now):
    """The only store declined."""
    company.put("st-a", a=1)
    company.paid("o1", {"a": 1})
    acceptance.refuse_overdue(now=now + timedelta(hours=1))
    follow_up()
    return FulfillmentDemand.objects.get()


@pytest.mark.parametrize("table", TABLES)
def test_every_table_opens(boss, stuck, table):
    assert boss.get(f"/admin/fulfillment/{table}/").status_code == 200


def test_the_routing_is_told_in_words(boss, stuck):
    page = boss.get(
        f"/admin/fulfillment/fulfillmentdemand/{stuck.pk}/change/", headers={"accept-language": "en"}
    )
    text = page.content.decode()
    assert "declined before" in text
    assert "no answer in time" in text


def test_the_exception_is_routed_again_and_refusals_are_told(boss, stuck):
    def act(name):
        return boss.post(
            "/admin/fulfillment/fulfillmentdemand/",
            {"action": name, "_selected_action": [stuck.pk]},
            follow=True,
            headers={"accept-language": "en"},
        )

    act("re_route")
    stuck.refresh_from_db()
    assert stuck.state == "requested"
    assert "is not waiting for an operator" in act("re_route").content.decode()


PROFILE = {
    "handling_fen": 0, "load_fen": 0, "acceptance_percent": 90, "accept_minutes": 30, "daily_capacity": "",
    "cutoff_hour": 17, "home_province": "", "delivers_to": "", "origin_province": "", "is_open": "on",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"cutoff_hour": 25}, "less than or equal to 24"),
        ({"acceptance_percent": 0}, "greater than or equal to 1"),
        ({"daily_capacity": -1}, "greater than or equal to 0"),
        ({"home_province": "Atlantis"}, "We do not know the province “Atlantis”."),
        ({"delivers_to": "上海,Atlantis"}, "We do not know the province “Atlantis”."),
    ],
)
def test_a_profile_out_of_bounds_is_told_at_its_field(boss, company, change, told):
    place = company.places["st-a"]
    body = PROFILE | {"location": place.pk} | change
    answer = boss.post(
        f"/admin/fulfillment/locationprofile/{place.pk}/change/", body, headers={"accept-language": "en"}
    )
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert LocationProfile.objects.get(pk=place.pk).cutoff_hour != 25


def test_provinces_are_kept_as_addresses_have_them(boss, company):
    place = company.places["st-a"]
    body = PROFILE | {"location": place.pk, "delivers_to": "上海市,浙江省", "home_province": "上海市"}
    boss.post(f"/admin/fulfillment/locationprofile/{place.pk}/change/", body)
    kept = LocationProfile.objects.get(pk=place.pk)
    assert (kept.delivers_to, kept.home_province) == (["上海", "浙江"], "上海")


def test_places_without_coordinates_are_found(boss, company):
    Institution.objects.filter(pk=company.places["st-a"].pk).update(latitude=None)
    page = boss.get("/admin/fulfillment/locationprofile/?place=missing").content.decode()
    assert "st-a" in page
    assert "st-b" not in page


def test_a_zone_without_a_rate_is_told(boss):
    answer = boss.post(
        "/admin/fulfillment/tariffzone/add/",
        {"from_province": "", "to_province": "西藏", "zone": "far"},
        follow=True,
        headers={"accept-language": "en"},
    )
    assert "Zone far has no rate yet" in answer.content.decode()
