"""A parcel that is lost, comes back or is not collected: the order, the money and the books follow."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentOrder, FulfillmentState, ProvisioningJob
from fulfillment.queries import standstill
from fulfillment.services import pickup_deadline
from fulfillment.services import standstill as tools
from omnichannel import invariants
from orders.models import LineTerms, Refund
from settlement.models import OrderShareTerms
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import CASE, CHARGER, intake, order, pay, settle
from tests.support.walking import hand_to_couriers

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]
S = FulfillmentState
LATE = NOON + timedelta(days=12)


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


def sent(*wanted, **more) -> tuple:
    """A paid order on its way: the order and its parcel."""
    placed = order(*wanted, **more)
    if more.get("means") != "cod":
        pay(placed)
    settle()
    hand_to_couriers()
    return placed, FulfillmentOrder.objects.get(demand__order_number=placed.order_number)


def decide(act, fo, **more) -> None:
    act(code=fo.code, reason="the office looked for it", actor=ordering.operator(), now=LATE, **more)
    settle()


def all_promises_hold() -> None:
    broken = [promise for promise in invariants.promises(now=NOON) if promise.breaches]
    assert broken == []


def test_what_was_lost_is_paid_back():
    placed, fo = sent(CHARGER)
    paid = ordering.captured(placed)
    assert fo.code in [row.code for row in standstill.overdue(now=LATE)]
    decide(tools.give_up_as_lost, fo)
    fo.refresh_from_db()
    assert fo.state == S.LOST
    assert intake(placed).state == "refused"
    assert (
        sum(Refund.objects.filter(payment__intake=intake(placed)).values_list("amount_fen", flat=True))
        == paid
    )
    assert fo.code not in [row.code for row in standstill.overdue(now=LATE)]
    all_promises_hold()


def test_what_was_lost_is_sent_again_and_arrives():
    placed, fo = sent(CHARGER)
    decide(tools.give_up_as_lost, fo, send_again=True)
    hand_to_couriers()
    again = FulfillmentOrder.objects.exclude(pk=fo.pk).get(demand__order_number=placed.order_number)
    assert again.state == S.HANDED_OVER
    assert not Refund.objects.filter(payment__intake=intake(placed)).exists()
    assert LineTerms.objects.get(intake=intake(placed)).dropped == 0
    assert OrderShareTerms.objects.get(order_number=placed.order_number).fulfiller_id is not None
    all_promises_hold()


def test_a_lost_sim_is_opened_anew_with_another_card():
    placed, fo = sent(ordering.sim())
    first = ProvisioningJob.objects.get(kind="account", order_number=placed.order_number)
    decide(tools.give_up_as_lost, fo, send_again=True)
    hand_to_couriers()
    again = FulfillmentOrder.objects.exclude(pk=fo.pk).get(demand__order_number=placed.order_number)
    assert again.state == S.HANDED_OVER
    jobs = ProvisioningJob.objects.filter(order_number=placed.order_number).order_by("pk")
    assert [(job.kind, job.state) for job in jobs] == [
        ("account", "reversed"),
        ("close_account", "done"),
        ("account", "done"),
    ]
    assert jobs.last().iccid != first.iccid
    all_promises_hold()


def test_cash_that_nobody_took_is_owed_by_nobody():
    placed, fo = sent(CHARGER, means="cod")
    decide(tools.give_up_as_lost, fo)
    assert intake(placed).state == "refused"
    all_promises_hold()


def test_what_came_back_is_paid_back_and_sold_again():
    placed, fo = sent(CASE)
    decide(tools.take_back, fo)
    fo.refresh_from_db()
    assert (fo.state, intake(placed).state) == (S.RETURNED, "refused")
    assert Refund.objects.filter(payment__intake=intake(placed)).exists()
    all_promises_hold()


def test_what_nobody_collects_is_paid_back():
    placed, fo = sent(CHARGER, delivery=ordering.pickup())
    assert fo.state == S.READY_FOR_PICKUP
    decide(pickup_deadline.back_to_shelf, fo)
    fo.refresh_from_db()
    assert (fo.state, intake(placed).state) == (S.CANCELLED, "cancelled")
    assert Refund.objects.filter(payment__intake=intake(placed)).exists()
    all_promises_hold()
