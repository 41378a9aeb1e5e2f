"""A dealer orders recharge cards and blank SIM cards: on credit, with serials, to invoice and sale."""

from datetime import timedelta

import pytest
from oscar.core.loading import get_model

from fulfillment.models import (
    DealerDay,
    DealerInvoice,
    DealerOrder,
    RechargeCard,
    SerialImport,
    SerialUnit,
    StockLevel,
    SupplierItem,
    SupplierOrder,
)
from fulfillment.queries import serials as serial_queries
from fulfillment.queries.invariants import findings
from fulfillment.services import (
    activation_import,
    dealer_approval,
    dealer_quotes,
    dealer_receipts,
    serial_import,
)
from members.models import Institution
from omnichannel.kernel import clock
from tests.support.dealing import CARD, NOW, PRICES, Dealing, follow_up
from tests.support.signed_in import door, text

TOP_UP = "TOP-100"
FACE = 97_00
Offering = get_model("catalogue", "Offering")
Partner, StockRecord = get_model("partner", "Partner"), get_model("partner", "StockRecord")


@pytest.fixture
def dealing(db, freeze_at, monkeypatch) -> Dealing:
    freeze_at(NOW)
    made = Dealing()
    made.company.goods(TOP_UP, kind="recharge_card", serial_kind="card", weight_g=8)
    StockRecord.objects.create(
        product=Offering.objects.get(sku=TOP_UP).product,
        partner=Partner.objects.get(code="carrier"),
        partner_sku=TOP_UP,
        price=FACE // 100,
    )
    monkeypatch.setitem(PRICES, TOP_UP, FACE)
    return made


def cards(count: int, first: int = 0) -> list[str]:
    return [f"2699{first + at:013d}" for at in range(count)]


def secret(serial: str) -> str:
    return f"771{serial[-15:]}"


def take_in(dealing, serials: list[str], *, note: str = "LS-9") -> SerialImport:
    rows = "\n".join(["card number,pin,face value", *(f"{each},{secret(each)},100" for each in serials)])
    batch = serial_import.submit(
        actor=dealing.worker,
        location_id=dealing.house.pk,
        kind="card",
        sku=TOP_UP,
        delivery_note=note,
        file_name="cards.csv",
        content=rows.encode(),
        now=NOW,
    )
    follow_up()
    return batch


def test_recharge_cards_from_the_order_to_the_sale(dealing):
    numbers = cards(20)
    take_in(dealing, numbers)
    _order, fo = dealing.arrived({TOP_UP: 20})
    receipt = dealer_receipts.receive(actor=dealing.dealer, code=fo.code, scanned=numbers[:19], now=NOW)
    assert [(line.received, line.missing_serials) for line in receipt.lines.all()] == [(19, [numbers[19]])]
    assert DealerInvoice.objects.get().amount_fen == 19 * FACE
    assert StockLevel.objects.get(location=dealing.shop, sku=TOP_UP).on_hand == 19
    seen = f"card number,time\n{numbers[0]},2026-11-20 10:00\n"
    activation_import.submit(
        actor=dealing.operator, content=seen.encode(), file_name="used.csv", now=NOW + timedelta(minutes=1)
    )
    follow_up()
    assert SerialUnit.objects.get(serial=numbers[0]).state == "sold"
    assert DealerDay.objects.get(sku=TOP_UP, sell_out=1).day == clock.local_day(NOW) - timedelta(days=1)
    assert findings(now=NOW) == []


def test_the_story_of_a_card_names_its_way_and_nobody_reads_its_secret(dealing):
    numbers = cards(3)
    take_in(dealing, numbers)
    order, fo = dealing.arrived({TOP_UP: 3})
    dealer_receipts.receive(actor=dealing.dealer, code=fo.code, by_note=True, now=NOW)
    story = serial_queries.story(serial_queries.find(dealing.dealer, numbers[0]))
    assert (story.order_number, story.parcel) == (order.number, fo.code)
    assert [step.title for step in story.steps if dealing.shop.label in step.where]
    assert len(story.steps) >= 4  # received, on its way, delivered, counted
    assert RechargeCard.objects.get(unit__serial=numbers[0]).pin_encrypted != secret(numbers[0])
    people = {
        "dora": ("partner", dealing.shop),
        "bert": ("store_manager", dealing.office),
        "olga": ("operator", dealing.carrier),
        "wang": ("warehouse", dealing.house),
        "adam": ("auditor", dealing.carrier),
    }
    for name, (role, place) in people.items():
        page = text(door(name, role, place).get(f"/serials/{numbers[0]}/"))
        assert fo.code in page
        assert secret(numbers[0]) not in page


def test_cards_beyond_the_credit_wait_and_those_of_nobody_are_refused(dealing):
    take_in(dealing, cards(5))
    held = dealing.order({TOP_UP: 2000})
    assert (held.state, held.hold_reason) == ("on_hold", "credit")
    Offering.objects.filter(sku=TOP_UP).update(seller=dealing.company.places["mc"])
    with pytest.raises(dealer_quotes.NotForDealers):
        dealing.order({TOP_UP: 1})
    Offering.objects.filter(sku=TOP_UP).update(seller=dealing.carrier)
    StockRecord.objects.filter(partner_sku=TOP_UP).delete()
    with pytest.raises(dealer_quotes.NotForDealers):
        dealing.order({TOP_UP: 1})


def test_cards_that_we_lack_are_bought_and_come_in_by_the_file_of_the_purchase(dealing):
    printer = Institution.objects.create(code="sp", path="sp/", kind="supplier", name="sp")
    SupplierItem.objects.create(supplier=printer, sku=TOP_UP, cost_fen=100, lead_days=5, lot=10)
    order = dealing.order({TOP_UP: 15})
    dealer_approval.approve(actor=dealing.branch, number=order.number, now=NOW)
    purchase = SupplierOrder.objects.get()
    assert [line.quantity for line in purchase.lines.all()] == [20]
    take_in(dealing, cards(20), note=purchase.number)
    order.refresh_from_db()
    purchase.refresh_from_db()
    assert (purchase.state, order.state) == ("received", "approved")


def test_blank_sim_cards_take_the_same_way(dealing):
    numbers = dealing.stock(CARD, 12)
    _order, fo = dealing.arrived({CARD: 12})
    dealer_receipts.receive(actor=dealing.dealer, code=fo.code, scanned=numbers, now=NOW)
    assert DealerInvoice.objects.get().amount_fen == 12 * PRICES[CARD]
    assert SerialUnit.objects.filter(location=dealing.shop, state="free").count() == 12
    assert findings(now=NOW) == []


def test_the_form_offers_recharge_cards_among_the_others(dealing):
    page = door("dora", "partner", dealing.shop).get("/dealers/at/dl/new/")
    kinds = [each.facts.kind for each in page.context["articles"]]
    assert kinds == ["device", "sim", "recharge_card", "accessory"]
    assert "Recharge cards" in text(page)
    assert not DealerOrder.objects.exists()
    assert dealer_quotes.quote(dealing.shop.pk, {TOP_UP: 2}, now=NOW) == {TOP_UP: (2, FACE)}
