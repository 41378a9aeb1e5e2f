"""A dealer's order that waits for goods never gets stuck: short deliveries, cancellations, held dealers."""

from datetime import timedelta

import pytest

from fulfillment.models import (
    DealerOrder,
    DealerOrderState,
    FulfillmentOrder,
    SupplierItem,
    SupplierOrder,
)
from fulfillment.queries import dealers
from fulfillment.queries.invariants import findings
from fulfillment.services import (
    dealer_approval,
    dealer_credit,
    dealer_dispatch,
    dealer_orders,
    dealer_purchase_end,
    dealer_sourcing,
    dealer_waiting,
)
from fulfillment.services.dealer_order_steps import OrderUnknown, OrderWrongState
from fulfillment.services.wrong_input import ReasonMissing
from members.models import Institution
from omnichannel.kernel import clock
from omnichannel.kernel.models import OutboxMessage
from tests.support.dealing import CASE, NOW, PRICES, Dealing, follow_up


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    made = Dealing()
    for code, cost in (("sp-a", 10_00), ("sp-b", 12_00)):
        supplier = Institution.objects.create(code=code, path=f"{code}/", kind="supplier", name=code)
        SupplierItem.objects.create(supplier=supplier, sku=CASE, cost_fen=cost, lead_days=3)
    return made


def waiting(dealing, units=3) -> tuple[DealerOrder, SupplierOrder]:
    order = dealing.approved({CASE: units})
    assert order.state == DealerOrderState.WAITING_GOODS
    return order, order.supplier_orders.get()


def take_in(dealing, purchase, units):
    dealer_sourcing.receive(actor=dealing.worker, number=purchase.number, counts={CASE: units}, now=NOW)
    follow_up()


def state_of(order) -> str:
    order.refresh_from_db()
    return order.state


def close(dealing, purchase, **more):
    values = {"actor": dealing.operator_of("wh"), "number": purchase.number, "reason": "sold out", "now": NOW}
    dealer_purchase_end.close_short(**values | more)
    follow_up()


def cancel(dealing, purchase, **more):
    values = {"actor": dealing.operator_of("wh"), "number": purchase.number, "reason": "too dear", "now": NOW}
    dealer_purchase_end.cancel(**values | more)
    follow_up()


def test_a_purchase_that_came_in_part_is_closed_and_the_rest_bought_from_another_supplier(dealing):
    order, purchase = waiting(dealing)
    take_in(dealing, purchase, 2)
    assert (state_of(order), state_of(purchase)) == ("waiting_goods", "open")
    close(dealing, purchase)
    assert state_of(purchase) == "closed"
    assert (purchase.end_reason, purchase.ended_by) == ("sold out", dealing.operator_of("wh").label)
    again = order.supplier_orders.get(state="open")
    assert (again.supplier.code, again.lines.get().quantity) == ("sp-b", 1)
    take_in(dealing, again, 1)
    assert state_of(order) == "approved"
    assert FulfillmentOrder.objects.get().demand.order_number == order.number
    assert findings(now=NOW) == []


def test_what_came_of_a_closed_purchase_is_what_the_supplier_is_owed(dealing):
    _order, purchase = waiting(dealing)
    take_in(dealing, purchase, 2)
    close(dealing, purchase)
    told = OutboxMessage.objects.filter(topic="fulfillment.supplier_goods_received")
    assert {row.payload["cost_fen"] for row in told} == {2 * 10_00}


def test_a_short_purchase_lets_the_order_go_when_the_goods_lie_there_anyhow(dealing):
    order, purchase = waiting(dealing)
    dealing.stock(CASE, 50)
    take_in(dealing, purchase, 2)
    close(dealing, purchase)
    assert state_of(order) == "approved"
    assert order.supplier_orders.filter(state="open").count() == 0


def test_without_another_supplier_a_closed_purchase_leaves_the_order_on_the_branchs_list(dealing):
    order, purchase = waiting(dealing)
    take_in(dealing, purchase, 2)
    SupplierItem.objects.all().delete()
    close(dealing, purchase)
    assert state_of(order) == "waiting_goods"
    assert order.events.last().note == dealer_waiting.NO_SUPPLIER
    assert dealers.without_purchase(dealing.branch) == [order]
    assert not OutboxMessage.objects.filter(subscriber__startswith="fulfillment.", done_at=None).exists()


def test_an_order_whose_purchase_was_cancelled_is_bought_again_by_its_branch(dealing):
    order, purchase = waiting(dealing)
    cancel(dealing, purchase)
    assert (state_of(purchase), state_of(order)) == ("cancelled", "waiting_goods")
    assert dealers.without_purchase(dealing.branch) == [order]
    dealer_waiting.buy_again(actor=dealing.branch, number=order.number, now=NOW)
    again = order.supplier_orders.get(state="open")
    assert again.supplier.code == "sp-b"
    assert dealers.without_purchase(dealing.branch) == []
    with pytest.raises(dealer_waiting.StillComing):
        dealer_waiting.buy_again(actor=dealing.branch, number=order.number, now=NOW)


def test_the_branch_sends_goods_that_came_by_another_way_and_the_purchase_goes_on_the_shelf(dealing):
    order, purchase = waiting(dealing)
    values = {"actor": dealing.branch, "number": order.number, "now": NOW}
    with pytest.raises(dealer_dispatch.GoodsMissing) as refused:
        dealer_waiting.send_now(**values)
    assert refused.value.facts == {"sku": CASE, "units": 3}
    dealing.stock(CASE, 50)
    with pytest.raises(OrderUnknown):
        dealer_waiting.send_now(**values | {"actor": dealing.dealer})
    dealer_waiting.send_now(**values)
    follow_up()
    assert state_of(order) == "approved"
    with pytest.raises(OrderWrongState):
        dealer_waiting.send_now(**values)
    take_in(dealing, purchase, 3)
    assert (state_of(purchase), state_of(order)) == ("received", "approved")
    assert findings(now=NOW) == []


def test_goods_that_came_after_a_cancelled_purchase_go_out_by_themselves(dealing):
    order, purchase = waiting(dealing)
    cancel(dealing, purchase)
    assert dealer_waiting.try_again(now=NOW) == 0
    dealing.stock(CASE, 3)
    assert dealer_waiting.try_again(now=NOW) == 1
    assert state_of(order) == "approved"


def test_who_may_end_a_purchase_and_how(dealing):
    _order, purchase = waiting(dealing)
    with pytest.raises(dealer_purchase_end.NothingCame):
        close(dealing, purchase)
    with pytest.raises(ReasonMissing):
        cancel(dealing, purchase, reason=" ")
    for stranger in (dealing.dealer, dealing.worker):
        with pytest.raises(dealer_sourcing.PurchaseUnknown):
            cancel(dealing, purchase, actor=stranger)
    take_in(dealing, purchase, 1)
    with pytest.raises(dealer_purchase_end.SomethingCame):
        cancel(dealing, purchase)
    with pytest.raises(dealer_sourcing.PurchaseUnknown):
        close(dealing, purchase, actor=dealing.worker)
    lead = dealing.actor(42, "warehouse_lead", dealing.house)
    close(dealing, purchase, actor=lead)
    with pytest.raises(dealer_sourcing.PurchaseOver):
        close(dealing, purchase)


def test_overdue_purchases_stand_on_a_list_the_oldest_first(dealing):
    _order, first = waiting(dealing)
    second = dealing.approved({CASE: 1}).supplier_orders.get()
    SupplierOrder.objects.filter(pk=second.pk).update(expected_on=first.expected_on - timedelta(days=1))
    rows = dealers.supplier_orders(dealing.branch)
    today = clock.local_day(NOW)
    assert list(dealers.late(rows, today=today)) == []
    late = dealers.late(rows, today=first.expected_on + timedelta(days=1))
    assert [row.pk for row in late] == [second.pk, first.pk]


def set_terms(dealing, **more):
    values = {"credit_limit_fen": 100_000_00, "payment_days": 30, "is_blocked": False}
    dealer_credit.set_terms(
        actor=dealing.lead, dealer_id=dealing.shop.pk, **values | more, now=clock.now()
    )  # fmt: skip
    follow_up()


def test_a_blocked_dealers_waiting_order_is_not_sent_until_the_block_ends(dealing):
    order, purchase = waiting(dealing)
    set_terms(dealing, is_blocked=True)
    take_in(dealing, purchase, 3)
    assert (state_of(order), order.hold_reason) == ("waiting_goods", "blocked")
    with pytest.raises(dealer_waiting.DealerHeld):
        dealer_waiting.send_now(actor=dealing.branch, number=order.number, now=NOW)
    assert not FulfillmentOrder.objects.exists()
    set_terms(dealing)
    assert (state_of(order), order.hold_reason) == ("approved", "")
    assert FulfillmentOrder.objects.exists()


def test_a_held_order_goes_to_its_branch_when_the_limit_rises(dealing):
    set_terms(dealing, credit_limit_fen=2 * PRICES[CASE])
    held = dealing.order({CASE: 3})
    assert held.state == "on_hold"
    set_terms(dealing, credit_limit_fen=3 * PRICES[CASE])
    assert state_of(held) == "submitted"


@pytest.mark.parametrize("by", ["cancel", "reject"])
def test_a_held_order_goes_to_its_branch_when_another_one_frees_the_credit(dealing, by):
    set_terms(dealing, credit_limit_fen=3 * PRICES[CASE])
    first, held = dealing.order({CASE: 2}), dealing.order({CASE: 3})
    assert held.state == "on_hold"
    values = {"number": first.number, "reason": "no need", "now": NOW}
    if by == "cancel":
        dealer_orders.cancel(actor=dealing.dealer, **values)
    else:
        dealer_approval.reject(actor=dealing.branch, **values)
    follow_up()
    assert state_of(held) == "submitted"
