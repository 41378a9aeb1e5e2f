"""Recharge cards are goods with a number: received, moved, counted, sold, taken back; secrets stay secret."""

import pytest

from fulfillment.models import FulfillmentOrder, RechargeCard, SerialUnit, StockLevel
from fulfillment.queries import serials as reading
from fulfillment.queries.invariants import findings
from fulfillment.services import (
    completion,
    count_opening,
    count_posting,
    counts,
    handover,
    packing,
    picking,
    serial_care,
    serial_import,
    transfer_moves,
    transfers,
    waves,
)
from fulfillment.services.steps import advance, locked
from members.actors import SYSTEM
from members.models import Institution
from tests.support.goods import NOW, Company, follow_up

SKU = "CARD-50"
CARDS = [f"10000000000000{n:02d}" for n in range(1, 11)]


@pytest.fixture
def shop(company) -> Company:
    """Ten cards at the warehouse, by file; all places below one root."""
    for place in company.places.values():
        if place.kind in ("warehouse", "store"):
            place.path, place.parent = f"carrier/{place.code}/", company.carrier
            place.save()
    Institution.objects.create(code="cr", path="cr/", kind="courier", name="cr")
    company.goods(SKU, kind="recharge_card", serial_kind="card", weight_g=8)
    receive(company)
    return company


def receive(company, *, cards=CARDS, sku=SKU):
    rows = ["card number,pin,face value", *(f"{card},{i:018d},50" for i, card in enumerate(cards, 1))]
    batch = serial_import.submit(
        actor=company.staff("wh", "warehouse"), location_id=company.places["wh"].pk, kind="card", sku=sku,
        delivery_note="LS-1", file_name="a.csv", content="\n".join(rows).encode(), now=NOW,
    )  # fmt: skip
    follow_up()
    batch.refresh_from_db()
    return batch


def on_hand(code: str) -> int:
    level = StockLevel.objects.filter(sku=SKU, location__code=code).first()
    return level.on_hand if level else 0


def test_cards_belong_to_a_recharge_card_and_not_to_a_top_up(company):
    company.goods("TOP-50", kind="top_up")
    with pytest.raises(serial_import.SkuUnsuitable):
        receive(company, sku="TOP-50")


def test_cards_travel_and_are_counted_by_their_numbers(shop):
    giver, taker = shop.staff("wh", "warehouse"), shop.staff("st-a", "store_manager")
    ends = {"from_id": shop.places["wh"].pk, "to_id": shop.places["st-a"].pk}
    made = transfers.request(actor=giver, wanted={SKU: 4}, now=NOW, **ends)
    with pytest.raises(transfer_moves.SerialsNeeded):
        transfer_moves.send(actor=giver, code=made.code, units={SKU: 4}, now=NOW)
    transfer_moves.send(actor=giver, code=made.code, serials={SKU: CARDS[:4]}, now=NOW)
    came = {SKU: transfer_moves.Arrival(serials=tuple(CARDS[:4]))}
    transfer_moves.receive(actor=taker, code=made.code, found=came, now=NOW)
    assert (on_hand("wh"), on_hand("st-a")) == (6, 4)
    assert SerialUnit.objects.filter(location__code="st-a", state="free").count() == 4
    clerk = shop.staff("st-a", "clerk")
    count = count_opening.open_count(actor=clerk, location_id=shop.places["st-a"].pk, skus=[SKU], now=NOW)
    for card in CARDS[:3]:
        counts.scan(actor=clerk, code=count.code, serial=card, now=NOW)
    counts.finish(actor=clerk, code=count.code, now=NOW)
    other = shop.staff("st-a", "store_manager")
    count_posting.approve(
        actor=type(other)(user_id=2, name="b", grants=other.grants), code=count.code, now=NOW
    )
    assert on_hand("st-a") == 3
    assert SerialUnit.objects.get(serial=CARDS[3]).state == "quarantine"
    assert findings(now=NOW) == []


def sold(shop, units=2) -> FulfillmentOrder:
    """Through the warehouse's stations to the customer's door."""
    shop.paid("O1", {SKU: units})
    fo = FulfillmentOrder.objects.get()
    place = fo.location_id
    for wave in waves.build(location_id=place, cut_off=NOW, now=NOW):
        picking.pick_wave(wave_id=wave.pk, now=NOW)
    packing.pack_many(location_id=place, ids=[fo.pk], now=NOW)
    courier = Institution.objects.get(code="cr")
    handover.hand_over(location_id=place, ids=[fo.pk], courier_id=courier.pk, now=NOW)
    found = locked(fo.pk)
    advance(found, "out_for_delivery", now=NOW)
    completion.deliver(found, courier_id=None, proof={"signature": "x"}, actor=SYSTEM, now=NOW)
    follow_up()
    return found


def test_a_card_is_traced_from_the_delivery_note_to_the_customer(shop):
    fo = sold(shop)
    gone = SerialUnit.objects.filter(state="sold")
    assert gone.count() == 2
    assert on_hand("wh") == 8
    story = reading.story(gone.first())
    assert (story.order_number, story.parcel, story.receiver) == ("O1", fo.code, "林* · 138****5678")
    assert "LS-1" in story.steps[0].text
    assert findings(now=NOW) == []


def test_a_card_that_comes_back_is_never_sold_again(shop):
    sold(shop)
    card = SerialUnit.objects.filter(state="sold").first()
    worker = shop.staff("wh", "warehouse_lead")
    back = serial_care.take_back(
        actor=worker, serial=card.serial, location_id=shop.places["wh"].pk, grade="A",
        reason="customer_return", now=NOW,
    )  # fmt: skip
    assert back.state == "quarantine"
    with pytest.raises(serial_care.CardSold):
        serial_care.release(actor=worker, serial=card.serial, reason="inspected", now=NOW)
    serial_care.scrap(actor=worker, serial=card.serial, reason="customer_return", now=NOW)
    assert on_hand("wh") == 8
    assert findings(now=NOW) == []


def test_a_card_is_sold_at_the_store_by_scanning_its_number(shop):
    giver, clerk = shop.staff("wh", "warehouse"), shop.staff("st-a", "clerk")
    ends = {"from_id": shop.places["wh"].pk, "to_id": shop.places["st-a"].pk}
    made = transfers.request(actor=giver, wanted={SKU: 2}, now=NOW, **ends)
    transfer_moves.send(actor=giver, code=made.code, serials={SKU: CARDS[:2]}, now=NOW)
    came = {SKU: transfer_moves.Arrival(serials=tuple(CARDS[:2]))}
    transfer_moves.receive(actor=shop.staff("st-a", "store_manager"), code=made.code, found=came, now=NOW)
    shop.paid("O1", {SKU: 1}, way="pickup", pickup_location_id=shop.places["st-a"].pk, destination=None)
    fo = FulfillmentOrder.objects.get()
    advance(locked(fo.pk), "accepted", now=NOW)
    line = fo.lines.get()
    assert line.serial_kind == "card"
    where = {"actor": clerk, "location_id": fo.location_id, "code": fo.code, "now": NOW}
    with pytest.raises(picking.ScanMissing):
        picking.pick_at_counter(serials={}, **where)
    picking.pick_at_counter(serials={line.pk: [CARDS[0]]}, **where)
    assert SerialUnit.objects.get(serial=CARDS[0]).state == "claimed"


def test_the_story_of_a_card_says_no_secret(shop):
    secret = "0" * 17 + "1"
    assert RechargeCard.objects.filter(unit__serial=CARDS[0]).exists()
    assert secret not in str(reading.story(SerialUnit.objects.get(serial=CARDS[0])))
