"""A channel's customers in the queue of a flash sale: one queue with the web's, one order per turn."""

from datetime import timedelta

import pytest

from fulfillment.models import Campaign, CampaignItem
from fulfillment.queries import campaigns as sales
from fulfillment.services import campaigns
from members.actors import SYSTEM
from tests.support.demo import NOON
from tests.support.ordering import CHARGER, body, channel, post

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]
TICKETS = "/api/v1/flash/{}/tickets"


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def sale():
    """Two chargers; one person is let in at once, one more every ten seconds."""
    made = Campaign.objects.create(
        code="rush",
        title="抢购",
        title_en="Rush",
        channels=["web", "app"],
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=1),
        admit_per_minute=6,
        admission_minutes=2,
        secret="known",
    )
    CampaignItem.objects.create(campaign=made, sku=CHARGER, quantity=2, per_customer=1)
    campaigns.share_out(actor=SYSTEM, campaign_id=made.pk)
    return made


def join(visitor: str, *, code: str = "rush", name: str = "app"):
    return channel(name).post(TICKETS.format(code), {"visitor": visitor}, format="json")


def look(ticket: str, *, code: str = "rush", name: str = "app"):
    return channel(name).get(f"{TICKETS.format(code)}/{ticket}")


def refusal(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_the_same_customer_has_the_same_place(sale):
    join("first")
    once, again = join("second").json(), join("second").json()
    assert once == again == look(once["ticket"]).json()
    assert (once["state"], once["ahead"], once["waiting"]) == ("wait", 0, 1)


def test_web_and_channel_stand_in_one_queue(sale, freeze_at):
    web = sales.sale("rush")
    assert join("inside").json()["state"] == "turn"
    campaigns.stand(web, "a-browser", now=NOON)
    ticket = join("later").json()
    assert (ticket["ahead"], ticket["waiting"]) == (1, 2)
    freeze_at(NOON + timedelta(seconds=10))
    assert look(ticket["ticket"]).json()["state"] == "wait"
    assert campaigns.stand(web, "a-browser", now=NOON + timedelta(seconds=10)).token


def test_an_admission_orders_once(sale):
    wanted = body(CHARGER)
    assert refusal(post(wanted)) == (409, "admission_missing")
    turn = join("buyer").json()
    placed = post(wanted | {"admissions": [turn["admission"]]})
    assert placed.status_code == 201
    assert look(turn["ticket"]).json()["state"] == "ordered"
    other = body(CHARGER, customer={"phone": "13900000251", "name": "吴桐"}, admissions=[turn["admission"]])
    assert refusal(post(other)) == (409, "admission_used")


def test_a_forged_or_foreign_ticket_has_no_place(sale):
    ticket = join("buyer").json()["ticket"]
    assert refusal(look("0" * 40)) == (404, "flash_ticket_unknown")
    assert refusal(look(ticket[:-1] + ("0" if ticket[-1] != "0" else "1"))) == (404, "flash_ticket_unknown")


def test_a_sale_of_another_channel_is_not_there(sale):
    assert refusal(join("buyer", name="kiosk")) == (404, "flash_sale_unknown")
    assert refusal(join("buyer", code="nothing")) == (404, "flash_sale_unknown")


def test_before_the_queue_opens_and_after_the_end_nobody_queues(sale, freeze_at):
    freeze_at(NOON - timedelta(days=2))
    assert refusal(join("buyer")) == (409, "flash_sale_not_open")
    freeze_at(NOON)
    ticket = join("buyer").json()["ticket"]
    freeze_at(sale.ends_at)
    assert refusal(join("buyer")) == (409, "flash_sale_over")
    assert refusal(look(ticket)) == (409, "flash_sale_over")


def test_who_gives_the_place_up_makes_room(sale):
    inside, waits = join("inside").json(), join("waits").json()
    assert channel().delete(f"{TICKETS.format('rush')}/{inside['ticket']}").status_code == 204
    assert look(waits["ticket"]).json()["ahead"] == 0


@pytest.mark.parametrize("visitor", ["", "x" * 121])
def test_a_customer_without_a_usable_name_is_refused(sale, visitor):
    assert join(visitor).status_code == 400
