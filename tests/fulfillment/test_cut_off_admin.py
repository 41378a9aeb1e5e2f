"""Whoever edits a cut-off or a timetable sees the other one, and is told which of them ends the day."""

from datetime import time

import pytest

from fulfillment.models import CourierCutOff, LocationDay, LocationProfile
from members.models import Institution

EN = {"accept-language": "en"}
WARNING = "before its cut-off at"
PROFILE = {
    "handling_fen": 0, "load_fen": 0, "acceptance_percent": 100, "accept_minutes": 30, "cutoff_hour": 17,
    "is_open": "on", "ships": "on",
}  # fmt: skip


@pytest.fixture
def swift(company):
    return Institution.objects.create(code="swift", path="swift/", kind="courier", name="Swift")


@pytest.fixture
def leaves(company, swift):
    def at(*hours):
        return [
            CourierCutOff.objects.create(
                location=company.places["wh"], courier=swift, leaves_at=time(hour), full_at=9
            )
            for hour in hours
        ]

    return at


def timetable_row(company, swift, at, **more):
    fields = {"location": company.places["wh"].pk, "courier": swift.pk, "leaves_at": at}
    return fields | {"lead_minutes": 60, "full_at": 5} | more


def test_a_courier_that_leaves_before_the_house_s_hour_is_named(boss, company, swift):
    path, row = "/admin/fulfillment/couriercutoff/add/", timetable_row(company, swift, "16:00")
    text = boss.post(path, row, follow=True, headers=EN).content.decode()
    assert CourierCutOff.objects.count() == 1
    assert WARNING in text
    assert "Swift leaves wh for the last time at 16:00" in text


def test_a_later_one_is_no_reason_to_warn(boss, company, swift, leaves):
    leaves(16)
    path, row = "/admin/fulfillment/couriercutoff/add/", timetable_row(company, swift, "20:00")
    text = boss.post(path, row, follow=True, headers=EN).content.decode()
    assert CourierCutOff.objects.count() == 2
    assert WARNING not in text


def test_taking_the_last_departure_away_warns(boss, leaves):
    _early, late = leaves(16, 20)
    path = f"/admin/fulfillment/couriercutoff/{late.pk}/delete/"
    text = boss.post(path, {"post": "yes"}, follow=True, headers=EN).content.decode()
    assert WARNING in text
    assert CourierCutOff.objects.count() == 1


def test_several_are_taken_away_at_once(boss, leaves):
    _early, late = leaves(16, 20)
    asked = {"action": "delete_selected", "_selected_action": [late.pk], "post": "yes"}
    text = boss.post("/admin/fulfillment/couriercutoff/", asked, follow=True, headers=EN).content.decode()
    assert WARNING in text


def test_a_later_hour_of_the_house_warns(boss, company, leaves):
    leaves(16)
    wh = company.places["wh"].pk
    path, row = f"/admin/fulfillment/locationprofile/{wh}/change/", PROFILE | {"location": wh}
    shown = boss.get(path, headers=EN).content.decode()
    assert "Swift 16:00 <em>before the cut-off: promises follow this time</em>" in shown
    assert WARNING in boss.post(path, row, follow=True, headers=EN).content.decode()
    text = boss.post(path, row | {"cutoff_hour": 16}, follow=True, headers=EN).content.decode()
    assert LocationProfile.objects.get(pk=wh).cutoff_hour == 16
    assert WARNING not in text


def test_a_special_day_s_later_hour_warns(boss, company, leaves):
    leaves(18)
    path = "/admin/fulfillment/locationday/add/"
    row = {"location": company.places["wh"].pk, "day": "2026-12-01", "cutoff_hour": 22}
    assert WARNING in boss.post(path, row, follow=True, headers=EN).content.decode()
    assert LocationDay.objects.get().cutoff_hour == 22


def test_a_place_without_a_timetable_says_so(boss, company):
    wh = company.places["wh"].pk
    text = boss.get(f"/admin/fulfillment/locationprofile/{wh}/change/", headers=EN).content.decode()
    assert "No courier has a timetable here" in text
    assert boss.get("/admin/fulfillment/couriercutoff/add/").status_code == 200


def test_no_wave_is_built_for_nobody(boss, company, swift):
    row = timetable_row(company, swift, "16:00", full_at=0)
    text = boss.post("/admin/fulfillment/couriercutoff/add/", row, headers=EN).content.decode()
    assert "greater than or equal to 1" in text
    assert not CourierCutOff.objects.exists()
