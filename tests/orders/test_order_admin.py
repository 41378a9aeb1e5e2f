"""An operator cancels an order in the admin: asked first, by operators alone."""

import pytest
from django.test import Client

from orders.models import OrderIntake
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import TEA

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


def signed_in(username: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(ordering.user_named(username))
    return client


def address(intake: OrderIntake) -> str:
    return f"/admin/order/orderintake/{intake.pk}/cancel/"


def test_a_link_alone_cancels_nothing_the_button_does():
    intake = ordering.intake(ordering.order(TEA))
    operator = signed_in("operator1")
    page = operator.get(address(intake)).content.decode()
    assert f"Cancel order {intake.number}?" in page
    intake.refresh_from_db()
    assert intake.state == "awaiting_payment"
    answer = operator.post(address(intake), follow=True)
    assert "The order is cancelled." in answer.content.decode()
    intake.refresh_from_db()
    assert intake.state == "cancelled"


def test_what_cannot_be_cancelled_any_more_is_told():
    intake = ordering.intake(ordering.order(TEA))
    OrderIntake.objects.filter(pk=intake.pk).update(state="completed")
    for method in ("get", "post"):
        answer = getattr(signed_in("operator1"), method)(address(intake), follow=True)
        assert "cannot be cancelled any more" in answer.content.decode()


@pytest.mark.parametrize("who", ["auditor", "flead", "clerk1"])
def test_nobody_else_gets_so_far(who):
    intake = ordering.intake(ordering.order(TEA))
    for method in ("get", "post"):
        assert getattr(signed_in(who), method)(address(intake)).status_code in (302, 403)
    intake.refresh_from_db()
    assert intake.state == "awaiting_payment"
