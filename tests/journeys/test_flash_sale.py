"""A running flash sale with one unit: who is first has the turn, the next one waits and is told the end."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from fulfillment.demo import campaigns as announced
from fulfillment.models import Campaign, CampaignItem
from fulfillment.services import campaigns
from members.actors import SYSTEM
from tests.support import ordering
from tests.support.demo import NOON

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]
PAGE = f"/flash/{announced.CODE}/"


@pytest.fixture
def sale() -> Campaign:
    Campaign.objects.filter(code=announced.CODE).update(
        starts_at=NOON - timedelta(minutes=1), ends_at=NOON + timedelta(hours=1)
    )
    made = Campaign.objects.get(code=announced.CODE)
    CampaignItem.objects.filter(campaign=made).update(quantity=1)
    campaigns.share_out(actor=SYSTEM, campaign_id=made.pk)
    return made


def queue_up(journey) -> None:
    journey.open(PAGE)
    journey.page.locator(f"form[action='{PAGE}queue/'] button").click()


def step(journey, name: str) -> None:
    expect(journey.page.locator("#flash-queue [data-step]")).to_have_attribute("data-step", name)


def test_the_last_unit_is_ordered_in_turn(phone, desk, keep, sale):
    phone.sign_in(ordering.user().username)
    queue_up(phone)
    step(phone, "turn")
    keep(phone.page, "flash-turn")
    queue_up(desk)
    step(desk, "wait")
    phone.page.locator(".flash__state form button").first.click()
    phone.page.wait_for_url(re.compile("/basket/"))
    phone.open("/checkout/")
    phone.page.locator("#summary button[type=submit], #summary button.button--primary").first.click()
    phone.page.wait_for_url(re.compile("/sim/unipay/cashier/"))
    phone.open(PAGE)
    step(phone, "ordered")
    desk.open(PAGE)
    step(desk, "sold_out")
    keep(desk.page, "flash-sold-out")
    assert campaigns.crowd(announced.CODE) == (1, 0)
    assert phone.sideways() <= 0
