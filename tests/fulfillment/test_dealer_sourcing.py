"""What a dealer orders and we lack is bought from a supplier; when it came, the dealer's order goes on."""

import pytest

from fulfillment.models import (
    DealerOrder,
    FulfillmentOrder,
    StockLevel,
    SupplierItem,
    SupplierOrder,
)
from fulfillment.queries.invariants import findings
from fulfillment.services import dealer_approval, dealer_dispatch, dealer_sourcing, serial_import
from fulfillment.services.routing import drops
from members.models import Institution
from omnichannel.kernel.models import OutboxMessage
from tests.support.dealing import CASE, NOW, PHONE, Dealing, follow_up


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    made = Dealing()
    dear = Institution.objects.create(code="sp-dear", path="sp-dear/", kind="supplier", name="dear")
    cheap = Institution.objects.create(code="sp-cheap", path="sp-cheap/", kind="supplier", name="cheap")
    SupplierItem.objects.create(supplier=dear, sku=PHONE, cost_fen=1500_00, lead_days=2)
    SupplierItem.objects.create(supplier=cheap, sku=PHONE, cost_fen=1400_00, lead_days=9, lot=5)
    SupplierItem.objects.create(supplier=cheap, sku=CASE, cost_fen=10_00, lead_days=3)
    return made


def test_what_is_short_is_bought_in_lots_from_the_cheapest_and_traced_to_the_order(dealing):
    dealing.stock(PHONE, 2)
    order = dealing.approved({PHONE: 5, CASE: 3})
    assert order.state == "waiting_goods"
    assert not FulfillmentOrder.objects.exists()
    bought = SupplierOrder.objects.get()
    assert (bought.supplier.code, bought.location, bought.dealer_order) == ("sp-cheap", dealing.house, order)
    lines = {line.sku: (line.quantity, line.dealer_line.order_id) for line in bought.lines.all()}
    assert lines == {PHONE: (5, order.pk), CASE: (3, order.pk)}
    assert bought.amount_fen == 5 * 1400_00 + 3 * 10_00


def test_without_a_supplier_nothing_is_approved(dealing):
    SupplierItem.objects.all().delete()
    order = dealing.order({PHONE: 1})
    with pytest.raises(dealer_sourcing.NoSupplier):
        dealer_approval.approve(actor=dealing.branch, number=order.number, now=NOW)
    order.refresh_from_db()
    assert (order.state, order.approved_by) == ("submitted", None)


def test_goods_that_came_are_promised_to_the_order_that_waited(dealing):
    order = dealing.approved({PHONE: 4, CASE: 3})
    bought = SupplierOrder.objects.get()
    values = {"actor": dealing.worker, "number": bought.number, "now": NOW}
    with pytest.raises(dealer_sourcing.ByFile):
        dealer_sourcing.receive(counts={PHONE: 4}, **values)
    with pytest.raises(dealer_sourcing.MoreThanOrdered):
        dealer_sourcing.receive(counts={CASE: 4}, **values)
    with pytest.raises(dealer_sourcing.PurchaseUnknown):
        dealer_sourcing.receive(**values | {"actor": dealing.dealer}, counts={CASE: 3})
    dealer_sourcing.receive(counts={CASE: 3}, **values)
    follow_up()
    assert DealerOrder.objects.get().state == "waiting_goods"
    content = "\n".join(["imei", *dealing.serials(PHONE, 5)]).encode()
    serial_import.submit(
        actor=dealing.worker, location_id=dealing.house.pk, kind="imei", sku=PHONE,
        delivery_note=bought.number, file_name="a.csv", content=content, now=NOW,
    )  # fmt: skip
    follow_up()
    bought.refresh_from_db()
    order.refresh_from_db()
    assert (bought.state, order.state) == ("received", "approved")
    assert FulfillmentOrder.objects.get().demand.order_number == order.number
    level = StockLevel.objects.get(sku=PHONE, location=dealing.house)
    assert (level.on_hand, level.reserved) == (5, 4)
    assert not OutboxMessage.objects.filter(subscriber="fulfillment.dealer_goods_came", done_at=None).exists()
    with pytest.raises(dealer_sourcing.PurchaseOver):
        dealer_sourcing.receive(counts={CASE: 1}, **values)
    assert findings(now=NOW) == []


def test_what_others_took_meanwhile_is_bought_once_more(dealing):
    order = dealing.approved({CASE: 3})
    bought = SupplierOrder.objects.get()
    dealer_sourcing.receive(actor=dealing.worker, number=bought.number, counts={CASE: 3}, now=NOW)
    dealing.company.hold("o1", {CASE: 2})
    follow_up()
    order.refresh_from_db()
    assert order.state == "waiting_goods"
    assert SupplierOrder.objects.filter(state="open").get().lines.get().quantity == 2


def test_a_warehouse_with_a_trunk_way_beside_its_direct_one_has_its_goods_once(dealing, monkeypatch):
    def with_two_ways(*given):
        sources, dropped = drops.sift(*given)
        return [*sources, *sources], dropped

    monkeypatch.setattr(dealer_dispatch, "sift", with_two_ways)
    dealing.stock(CASE, 2)
    dealing.approved({CASE: 5})
    assert SupplierOrder.objects.get().lines.get().quantity == 3
