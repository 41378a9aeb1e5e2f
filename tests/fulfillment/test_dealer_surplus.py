"""More arrived than was sent: on record, decided by the branch, invoiced or back on the sender's shelf."""

import pytest
from django.db import IntegrityError, transaction

from fulfillment.models import (
    DealerDay,
    DealerInvoice,
    DealerSurplus,
    FulfillmentOrder,
    SerialUnit,
    StockLevel,
)
from fulfillment.queries.dealers import standings
from fulfillment.queries.invariants import findings
from fulfillment.services import dealer_days, dealer_receipts, dealer_surplus_decision
from fulfillment.services.dealer_surplus import Report
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from tests.support.dealing import CASE, NOW, PHONE, Dealing
from tests.support.goods import follow_up
from tests.support.signed_in import door

KEEP, RETURN = Report("keep", "one more in the box"), Report("send_back", "not ordered")


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    return Dealing()


def on_hand(place, sku) -> int:
    level = StockLevel.objects.filter(location=place, sku=sku).first()
    return level.on_hand if level else 0


def received(dealing, report=KEEP, *, phones=1, cases=4) -> DealerSurplus:
    """Two phones and three cases were sent; there are so many more phones, and so many cases in all."""
    dealing.stock(PHONE, 3)
    dealing.stock(CASE, 9)
    _order, fo = dealing.arrived({PHONE: 2, CASE: 3})
    sent = list(SerialUnit.objects.filter(state="in_transit").values_list("serial", flat=True))
    more = list(SerialUnit.objects.filter(state="free").values_list("serial", flat=True)[:phones])
    dealer_receipts.receive(
        actor=dealing.dealer, code=fo.code, scanned=sent + more, counts={CASE: cases}, surplus=report, now=NOW
    )
    return DealerSurplus.objects.first()


def decide(dealing, row, *, keep: bool, actor=None):
    return dealer_surplus_decision.decide(
        actor=actor or dealing.branch, surplus_id=row.pk, keep=keep, now=NOW
    )


def test_it_waits_in_transit_neither_on_the_shelf_nor_invoiced(dealing):
    received(dealing)
    rows = {row.line.sku: row for row in DealerSurplus.objects.select_related("line")}
    assert {sku: (row.units, row.state) for sku, row in rows.items()} == {
        PHONE: (1, "asked"),
        CASE: (1, "asked"),
    }
    assert (on_hand(dealing.shop, CASE), on_hand(dealing.house, CASE)) == (3, 5)
    assert (on_hand(dealing.shop, PHONE), on_hand(dealing.house, PHONE)) == (2, 0)
    assert SerialUnit.objects.get(serial=rows[PHONE].serials[0]).state == "in_transit"
    assert DealerInvoice.objects.get().amount_fen == 4_090_00
    assert findings(now=NOW) == []


def test_kept_it_is_on_the_dealer_s_shelf_invoiced_and_sold_in(dealing):
    received(dealing, phones=0)
    row = decide(dealing, DealerSurplus.objects.get(), keep=True)
    assert (row.state, row.invoice.amount_fen, row.invoice.receipt) == ("kept", 30_00, None)
    assert on_hand(dealing.shop, CASE) == 4
    today = clock.local_day(NOW)
    assert standings([dealing.shop.pk], today=today)[dealing.shop.pk].exposure == 4_120_00
    dealer_days.reckon(day=today)
    assert DealerDay.objects.get(dealer=dealing.shop, sku=CASE, day=today).sell_in == 4
    assert findings(now=NOW) == []


def test_sent_back_it_is_on_the_sender_s_shelf_once_it_is_there(dealing):
    received(dealing, RETURN, cases=3)
    row = decide(dealing, DealerSurplus.objects.get(), keep=False)
    assert (row.state, on_hand(dealing.house, PHONE)) == ("going_back", 0)
    dealer_surplus_decision.take_back(actor=dealing.worker, surplus_id=row.pk, now=NOW)
    unit = SerialUnit.objects.get(serial=row.serials[0])
    assert (unit.state, unit.location_id, on_hand(dealing.house, PHONE)) == ("free", dealing.house.pk, 1)
    assert not DealerInvoice.objects.filter(receipt=None).exists()
    assert findings(now=NOW) == []


def test_what_nobody_s_books_knew_comes_from_nowhere(dealing):
    received(dealing, phones=0, cases=10)
    row = DealerSurplus.objects.get()
    assert (row.units, row.from_shelf, on_hand(dealing.house, CASE)) == (7, False, 6)
    decide(dealing, row, keep=True)
    assert on_hand(dealing.shop, CASE) == 10
    assert findings(now=NOW) == []


def test_a_promise_of_the_unit_that_left_gives_way(dealing):
    """The warehouse promised its last cases to others; one of them is at the dealer."""
    dealing.stock(CASE, 4)
    _order, fo = dealing.arrived({CASE: 3})
    dealing.company.paid("o1", {CASE: 1})
    dealer_receipts.receive(actor=dealing.dealer, code=fo.code, counts={CASE: 4}, surplus=KEEP, now=NOW)
    follow_up()
    assert on_hand(dealing.house, CASE) == 0
    parcels = FulfillmentOrder.objects.filter(demand__order_number="o1").order_by("pk")
    places = list(parcels.values_list("location__code", "state"))
    assert places == [("wh", "short"), ("dl", "accepted")]  # what the dealer received serves it
    assert findings(now=NOW) == []


def test_who_may_decide_and_how_often(dealing):
    row = received(dealing, phones=0)
    for actor in (dealing.dealer, dealing.stranger, dealing.worker, dealing.money):
        with pytest.raises(dealer_surplus_decision.SurplusUnknown):
            decide(dealing, row, keep=True, actor=actor)
    decide(dealing, row, keep=False)
    with pytest.raises(dealer_surplus_decision.SurplusDecided):
        decide(dealing, row, keep=True, actor=dealing.colleague)
    with pytest.raises(dealer_surplus_decision.SurplusUnknown):
        dealer_surplus_decision.take_back(actor=dealing.dealer, surplus_id=row.pk, now=NOW)


def test_nobody_decides_what_they_reported_the_database_neither(dealing):
    row = received(dealing, phones=0)
    DealerSurplus.objects.filter(pk=row.pk).update(reported_by=dealing.branch.user_id)
    with pytest.raises(dealer_surplus_decision.OwnSurplus):
        decide(dealing, row, keep=True)
    with pytest.raises(IntegrityError, match="dealer_surplus_four_eyes"), transaction.atomic():
        DealerSurplus.objects.filter(pk=row.pk).update(decided_by=dealing.branch.user_id)


def test_beyond_the_credit_it_is_not_kept(dealing):
    row = received(dealing, cases=3)
    dealing.terms.credit_limit_fen = 5_000_00
    dealing.terms.save()
    with pytest.raises(dealer_surplus_decision.SurplusBeyondCredit):
        decide(dealing, row, keep=True)
    row.refresh_from_db()
    assert row.state == "asked"


def test_without_a_word_about_it_nothing_is_received(dealing):
    with pytest.raises(DomainError) as refusal:
        received(dealing, Report("keep", " "))
    assert refusal.value.code == "surplus_wish_missing"


def test_the_pages_of_dealer_and_branch(dealing):
    """The dealer counts one too many and says so; the branch finds it among its dealers and decides."""
    dealing.stock(CASE, 9)
    order, fo = dealing.arrived({CASE: 3})
    dealer, branch = door("dora", "partner", dealing.shop), door("bert", "store_manager", dealing.office)
    typed = {"how": "count", f"count-{CASE}": "4"}
    silent = dealer.post(f"/dealers/parcels/{fo.code}/", typed)
    assert silent.status_code == 422
    assert "surplus_wish_missing" in silent.content.decode()
    told = typed | {"surplus": "keep", "note": "one more"}
    assert dealer.post(f"/dealers/parcels/{fo.code}/", told).status_code == 302
    row = DealerSurplus.objects.get()
    page = f"/dealers/orders/{order.number}/"
    assert order.number in branch.get("/dealers/?q=dl").content.decode()
    assert "surplus-keep" in branch.get(page).content.decode()
    assert "surplus-keep" not in dealer.get(page).content.decode()
    answer = branch.post(f"{page}surplus-keep/", {"surplus": row.pk})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, on_hand(dealing.shop, CASE)) == ("kept", 4)
    assert branch.post(f"{page}surplus-keep/", {"surplus": "x"}).status_code == 404
