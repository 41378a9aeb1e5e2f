"""The operators' tables open, tell the routing, and act through services."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentDemand
from fulfillment.services import acceptance
from members.models import StaffRole, User
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
    "fulfillmentdemand",
]


@pytest.fixture
def operator(client, company):
    user = User.objects.create_superuser(username="boss", password="x")
    StaffRole.objects.create(user=user, institution=company.carrier, role="operator")
    client.force_login(user)
    return client


@pytest.fixture
def stuck(company, now):
    """The only store declined."""
    company.put("st-a", a=1)
    company.paid("o1", {"a": 1})
    acceptance.refuse_overdue(now=now + timedelta(hours=1))
    follow_up()
    return FulfillmentDemand.objects.get()


@pytest.mark.parametrize("table", TABLES)
def test_every_table_opens(operator, stuck, table):
    assert operator.get(f"/admin/fulfillment/{table}/").status_code == 200


def test_the_routing_is_told_in_words(operator, stuck):
    page = operator.get(
        f"/admin/fulfillment/fulfillmentdemand/{stuck.pk}/change/", headers={"accept-language": "en"}
    )
    text = page.content.decode()
    assert "declined before" in text
    assert "no answer in time" in text


def test_the_exception_is_routed_again_and_refusals_are_told(operator, stuck):
    def act(name):
        return operator.post(
            "/admin/fulfillment/fulfillmentdemand/",
            {"action": name, "_selected_action": [stuck.pk]},
            follow=True,
            headers={"accept-language": "en"},
        )

    act("re_route")
    stuck.refresh_from_db()
    assert stuck.state == "requested"
    assert "is not waiting for an operator" in act("give_up").content.decode()
