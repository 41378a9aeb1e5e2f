"""Money that came in cash goes back over a counter; the pages of an order say what happened in words."""

import pytest

from orders.models import OrderIntake, Refund
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import TEA, sell

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def counter(client):
    client.force_login(ordering.user_named("clerk1"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_cancelled_cash_sale_is_paid_out_once(counter):
    page = f"/clerk/orders/{sell(TEA).order_number}/"
    counter.post(f"{page}cancel/")
    due = counter.get(page).context["refunds_due"]
    assert len(due) == 1
    pay_out = f"{page}refunds/{due[0]['pk']}/"
    assert counter.post(pay_out).status_code == 302
    assert Refund.objects.get().state == "succeeded"
    assert counter.post(pay_out).status_code == 409
    assert counter.get(page).context["refunds_due"] == []


def test_a_refund_of_another_order_is_not_paid_out_here(counter):
    one, other = sell(TEA).order_number, sell(TEA).order_number
    counter.post(f"/clerk/orders/{one}/cancel/")
    refund = Refund.objects.get()
    assert counter.post(f"/clerk/orders/{other}/refunds/{refund.pk}/").status_code == 409
    assert counter.post(f"/clerk/orders/{other}/refunds/999999/").status_code == 409
    refund.refresh_from_db()
    assert refund.state == "due"


def test_the_reason_is_told_in_the_language_of_the_reader(counter):
    page = f"/clerk/orders/{sell(TEA).order_number}/"
    counter.post(f"{page}cancel/")
    assert "顾客要求" in counter.get(page, headers={"accept-language": "zh-hans"}).content.decode()
    assert "at the customer" in counter.get(page, headers={"accept-language": "en"}).content.decode()


def test_the_order_page_stays_as_it_is_until_something_happens(counter):
    number = sell(TEA).order_number
    live = {"hx-request": "true"}
    mark = counter.get(f"/orders/{number}/").context["mark"]
    assert counter.get(f"/orders/{number}/?seen={mark}", headers=live).status_code == 204
    counter.post(f"/clerk/orders/{number}/cancel/")
    assert OrderIntake.objects.get(number=number).state == "cancelled"
    assert counter.get(f"/orders/{number}/?seen={mark}", headers=live).status_code == 200
