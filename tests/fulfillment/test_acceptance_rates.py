"""A place's acceptance rate comes from its own answers; what is typed counts as twenty of them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fulfillment.models import AcceptanceRate, FulfillmentOrder, LocationProfile
from fulfillment.services import acceptance, acceptance_rates
from fulfillment.services.routing.loading import load
from members.actors import SYSTEM

PRIOR = 20


@pytest.fixture(autouse=True)
def prior(settings):
    settings.ACCEPTANCE_PRIOR_ANSWERS, settings.ACCEPTANCE_DAYS = PRIOR, 30


@pytest.fixture
def store(company):
    """It alone has the goods; its profile says that it takes four of five."""
    company.put("st-a", a=50)
    LocationProfile.objects.filter(location__code="st-a").update(acceptance_percent=80)
    return company


def asked(store, number: str) -> FulfillmentOrder:
    store.paid(number, {"a": 1})
    return FulfillmentOrder.objects.filter(demand__order_number=number).latest("pk")


def answered(store, now, taken: int, declined: int) -> None:
    for number in range(taken + declined):
        fo = asked(store, f"o{number}")
        if number < taken:
            acceptance.accept(fulfillment_id=fo.pk, actor=SYSTEM, now=now)
        else:
            acceptance.refuse(fulfillment_id=fo.pk, actor=SYSTEM, reason="no_time", now=now)


def rate(store) -> tuple:
    return AcceptanceRate.objects.values_list("asked", "taken", "percent").get(location=store.places["st-a"])


def weighed(store, now) -> int:
    found = load(store.wish("next", {"a": 1}), now=now).locations
    return {place.code: place.acceptance_percent for place in found}["st-a"]


def test_answers_are_counted_beside_what_is_typed(store, now):
    answered(store, now, taken=1, declined=4)
    assert weighed(store, now) == 80
    assert acceptance_rates.reckon(now=now) == 1
    assert rate(store) == (5, 1, round((100 * 1 + PRIOR * 80) / (5 + PRIOR)))
    assert weighed(store, now) == 68


def test_who_never_takes_anything_is_still_asked_now_and_then(store, now, settings):
    settings.ACCEPTANCE_PRIOR_ANSWERS = 0
    answered(store, now, taken=0, declined=2)
    acceptance_rates.reckon(now=now)
    assert rate(store) == (2, 0, 1)


def test_no_answer_in_time_is_a_refusal(store, now):
    asked(store, "o1")
    acceptance.refuse_overdue(now=now + timedelta(hours=1))
    acceptance_rates.reckon(now=now + timedelta(hours=2))
    assert rate(store)[:2] == (1, 0)


def test_what_is_still_awaited_or_never_asked_does_not_count(store, now):
    asked(store, "o1")
    store.put("wh", b=1)
    store.paid("o2", {"b": 1})
    assert acceptance_rates.reckon(now=now) == 0


def test_old_answers_are_forgotten(store, now):
    answered(store, now, taken=1, declined=0)
    acceptance_rates.reckon(now=now)
    assert acceptance_rates.reckon(now=now + timedelta(days=31)) == 0
    assert (AcceptanceRate.objects.count(), weighed(store, now)) == (0, 80)


def test_the_database_refuses_a_rate_that_cannot_be(store, now):
    for wrong in ({"asked": 0}, {"taken": 3}, {"percent": 0}, {"percent": 101}):
        values = {"asked": 2, "taken": 1, "percent": 50} | wrong
        with pytest.raises(IntegrityError), transaction.atomic():
            AcceptanceRate.objects.create(location=store.places["st-a"], reckoned_at=now, **values)


def test_operators_see_what_is_reckoned_with(store, now, admin_client):
    answered(store, now, taken=1, declined=4)
    acceptance_rates.reckon(now=now)
    page = admin_client.get("/admin/fulfillment/locationprofile/", headers={"accept-language": "en"})
    assert "68 %, 1 of 5 taken" in page.content.decode()
