"""What fulfillment reports, carried into the order: from confirmed to an end, with its money."""

from datetime import timedelta

import pytest

from fulfillment.events import Delivered, HandedOver, InstantFailed, RefusedAtDoor
from fulfillment.models import FaultEffect, FulfillmentDemand, SimulatorFault
from members.queries import points_balance
from omnichannel.kernel import outbox
from orders.models import LineTerms, Payment, Refund
from orders.services import callbacks, cancellation, payments, progress
from orders.values import Wish
from tests.support import ordering
from tests.support.demo import DAY, NOON
from tests.support.ordering import CHARGER, NOTHING, TEA, intake, order, pay, settle

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


def lines(placed):
    return list(LineTerms.objects.filter(intake__number=placed.order_number).order_by("pk"))


def deliver(placed, quantities, *, cod_fen=0, courier_id=None):
    progress.delivered(
        order_number=placed.order_number,
        quantities=quantities,
        cod_fen=cod_fen,
        courier_id=courier_id,
        now=NOON,
    )


def refuse(placed, quantities):
    progress.refused_at_door(
        order_number=placed.order_number, quantities=quantities, reason="not_wanted", now=NOON
    )


def states(placed):
    return [after for _before, after, *_rest in ordering.events(placed)]


def test_a_paid_order_is_confirmed_and_gets_its_route():
    placed = order(TEA)
    assert pay(placed).state == "confirmed"
    settle()
    assert FulfillmentDemand.objects.get(order_number=placed.order_number).state == "routed"
    assert intake(placed).state == "fulfilling"


def test_the_road_to_the_end_is_written_down_step_by_step():
    placed = order(TEA)
    pay(placed)
    settle()
    progress.on_its_way(order_number=placed.order_number, now=NOON)
    deliver(placed, [(lines(placed)[0].pk, 1)])
    assert states(placed) == ["awaiting_payment", "confirmed", "fulfilling", "shipped", "completed"]


def test_news_in_any_order_and_twice_leads_to_the_same_end():
    placed = order(TEA)
    pay(placed)
    deliver(placed, [(lines(placed)[0].pk, 1)])
    deliver(placed, [(lines(placed)[0].pk, 1)])
    progress.on_its_way(order_number=placed.order_number, now=NOON)
    progress.being_prepared(order_number=placed.order_number, now=NOON)
    assert intake(placed).state == "completed"
    assert lines(placed)[0].done == 1


def test_it_ends_with_its_last_parcel():
    placed = order(TEA, CHARGER)
    pay(placed)
    tea, charger = lines(placed)
    deliver(placed, [(tea.pk, 1)])
    assert intake(placed).state == "fulfilling"
    deliver(placed, [(charger.pk, 1)])
    assert intake(placed).state == "completed"


def test_points_are_earned_on_what_was_kept_and_paid_with_money():
    before = points_balance(ordering.user().pk, day=DAY)
    placed = order(TEA, points_fen=2000)
    pay(placed)
    deliver(placed, [(lines(placed)[0].pk, 1)])
    settle()
    earned = points_balance(ordering.user().pk, day=DAY)
    assert earned.balance - before.balance == -2000 + (placed.total_fen - 2000) // 100


def test_refused_at_the_door_gives_the_money_back():
    placed = order(TEA)
    pay(placed)
    refuse(placed, [(lines(placed)[0].pk, 1)])
    settle()
    assert intake(placed).state == "refused"
    assert Refund.objects.get().state == "succeeded"
    assert Refund.objects.get().amount_fen == placed.total_fen


def test_a_part_that_is_refused_is_given_back_to_the_fen():
    placed = order(Wish(sku=TEA, quantity=3), CHARGER)
    pay(placed)
    tea, charger = lines(placed)
    refuse(placed, [(tea.pk, 1)])
    deliver(placed, [(tea.pk, 2), (charger.pk, 1)])
    assert intake(placed).state == "completed"
    assert Refund.objects.get().amount_fen == tea.amount_fen // 3
    assert [line.done + line.dropped for line in lines(placed)] == [3, 1]


def test_cash_at_the_door_is_captured_from_the_courier():
    placed = order(TEA, means="cod")
    courier = ordering.members.institution_by_code("cr-swift").id
    deliver(placed, [(lines(placed)[0].pk, 1)], cod_fen=placed.due_fen, courier_id=courier)
    money = Payment.objects.get(intake__number=placed.order_number)
    assert (money.state, money.collector_id, money.captured_fen) == ("captured", courier, placed.due_fen)
    assert intake(placed).state == "completed"


def test_a_refused_parcel_is_not_collected():
    placed = order(TEA, means="cod")
    refuse(placed, [(lines(placed)[0].pk, 1)])
    assert intake(placed).state == "refused"
    assert Payment.objects.get(intake__number=placed.order_number).state == "closed"
    assert not Refund.objects.exists()


def test_a_top_up_is_provided_at_once():
    placed = order(ordering.top_up(), delivery=NOTHING)
    pay(placed)
    settle()
    assert states(placed) == ["awaiting_payment", "confirmed", "completed"]


def test_a_top_up_that_the_network_refuses_is_refunded():
    placed = order(ordering.top_up(refused_number()), delivery=NOTHING)
    pay(placed)
    settle()
    assert intake(placed).state == "failed"
    assert Refund.objects.get().amount_fen == placed.total_fen


def refused_number() -> str:
    """A number that the simulated network does not serve."""
    SimulatorFault.objects.create(tail="0099", operation="top-ups", effect=FaultEffect.REFUSE)
    return "8613900000099"


def test_what_failed_beside_goods_is_refunded_alone():
    placed = order(TEA, ordering.top_up(refused_number()))
    pay(placed)
    settle()
    tea, _top_up = lines(placed)
    assert Refund.objects.get().amount_fen == 5000
    assert intake(placed).state == "fulfilling"
    deliver(placed, [(tea.pk, 1)])
    assert intake(placed).state == "completed"


def test_a_subscription_is_granted_with_its_payment():
    placed = order("MAGAZINE-LIFE", delivery=NOTHING)
    assert pay(placed).state == "completed"


def test_a_sim_is_done_with_its_plan():
    placed = order(ordering.sim())
    pay(placed)
    deliver(placed, [(lines(placed)[0].pk, 1)])
    assert [line.done for line in lines(placed)] == [1, 1]
    assert intake(placed).state == "completed"


@pytest.mark.parametrize("kind", [HandedOver, Delivered, RefusedAtDoor, InstantFailed])
def test_each_fact_of_fulfillment_has_its_subscriber_here(kind):
    assert any(name.startswith("orders.") and entry.fact is kind for name, entry in outbox._by_name.items())


def test_money_that_comes_after_the_end_goes_back():
    placed = order(TEA)
    begun = payments.start_unipay(order_number=placed.order_number, actor=ordering.member(), now=NOON)
    later = NOON + timedelta(minutes=30)
    ordering.player.pay(out_trade_no=begun.out_trade_no, now=NOON, deliver=lambda *_sent: None, how="late")
    assert cancellation.expire_unpaid(now=later) == 1
    ordering.player.tell(
        out_trade_no=begun.out_trade_no,
        now=later,
        deliver=lambda headers, sent: callbacks.handle_callback(headers=headers, body=sent, now=later),
    )
    settle()
    assert intake(placed).state == "cancelled"
    assert Refund.objects.get().amount_fen == ordering.captured(placed) == placed.total_fen
