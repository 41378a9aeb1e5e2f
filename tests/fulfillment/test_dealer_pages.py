"""The dealer's and the branch's pages, used as their people use them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalog.models import ChannelPrice, Offering
from fulfillment.models import (
    DealerInvoice,
    DealerOrder,
    DealerTerms,
    FulfillmentOrder,
    ReplenishmentProposal,
    TrunkLine,
)
from fulfillment.services import dealer_proposals, dealer_receipts
from tests.fulfillment.test_dealer_days import sold
from tests.support.dealing import CASE, NOW, PHONE, Dealing, follow_up, picked_and_gone
from tests.support.signed_in import door, ordered, text


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    return Dealing()


@pytest.fixture
def dealer(dealing) -> Client:
    return door("dora", "partner", dealing.shop)


@pytest.fixture
def branch(dealing) -> Client:
    return door("bert", "store_manager", dealing.office)


def order_by_page(dealer: Client, units: dict[str, str]) -> DealerOrder:
    return ordered(dealer, {f"units-{sku}": count for sku, count in units.items()})


def test_a_dealer_lands_on_its_desk(dealing, dealer):
    assert dealer.get("/staff/").url == "/dealers/"
    assert dealer.get("/dealers/").url == "/dealers/at/dl/"
    page = dealer.get("/dealers/at/dl/")
    assert "¥100,000.00" in text(page)


def test_who_is_a_hub_finds_its_deliveries_on_its_desk(dealing, dealer, branch):
    assert dealer.get("/dealers/at/dl/").context["deliveries"] is None
    TrunkLine.objects.create(
        origin=dealing.house, hub=dealing.shop, run_fen=100, run_kg=10, last_km_fen=3, days=1
    )
    page = dealer.get("/dealers/at/dl/")
    assert page.context["deliveries"] == 0
    assert f"/courier/?place={dealing.shop.pk}" in text(page)
    assert dealer.get(f"/courier/?place={dealing.shop.pk}").status_code == 200
    assert branch.get("/dealers/at/dl/").context["deliveries"] is None


def priced(sku: str, channel: str, amount: int) -> None:
    product = Offering.objects.get(sku=sku).product
    ChannelPrice.objects.create(
        product=product,
        channel=channel,
        amount=amount,
        starts=NOW,
        reason_code="x",
        reason="x",
        reason_en="x",
    )


def test_the_form_shows_the_price_that_the_review_asks(dealing, dealer):
    """Not what customers pay at the dealer's counter."""
    priced(PHONE, "dealer", 1900_00)
    priced(PHONE, "supply", 1840_00)
    shown = {each.facts.sku: each.price for each in dealer.get("/dealers/at/dl/new/").context["articles"]}
    review = dealer.post("/dealers/at/dl/new/", {f"units-{PHONE}": "1", "action": "review"})
    assert shown[PHONE] == review.context["total"] == 1840_00


def test_from_the_form_to_the_invoice(dealing, dealer, branch):
    phones, _cases = dealing.stock(PHONE, 2), dealing.stock(CASE, 5)
    order = order_by_page(dealer, {PHONE: "2", CASE: "3"})
    page = branch.get(f"/dealers/orders/{order.number}/")
    assert page.context["steps"]["approve"]
    assert branch.post(f"/dealers/orders/{order.number}/approve/").status_code == 302
    follow_up()
    fo = picked_and_gone(dealing, FulfillmentOrder.objects.get())
    assert fo.code in text(dealer.get("/dealers/at/dl/"))
    assert dealer.get(f"/dealers/parcels/{fo.code}/").status_code == 200
    wrong = dealer.post(f"/dealers/parcels/{fo.code}/", {"how": "count", "serials": "350000000009999"})
    assert wrong.status_code == 422
    assert "serial_not_in_parcel" in text(wrong)
    short = {"how": "count", f"count-{CASE}": "3", "serials": phones[0]}
    asked = dealer.post(f"/dealers/parcels/{fo.code}/", short)
    assert (asked.status_code, phones[1] in text(asked)) == (422, True)
    assert dealer.post(f"/dealers/parcels/{fo.code}/", short | {"sure": "yes"}).status_code == 302
    assert phones[1] in text(branch.get(f"/dealers/orders/{order.number}/"))
    invoice = DealerInvoice.objects.get()
    assert invoice.number in text(dealer.get("/dealers/at/dl/account/"))
    assert invoice.number in text(dealer.get(f"/dealers/orders/{order.number}/"))


def test_what_is_wrong_in_the_form_stays_on_the_page_with_its_code(dealing, dealer):
    for typed, code in (({PHONE: "two"}, "quantity_invalid"), ({}, "dealer_order_empty")):
        sent = {f"units-{sku}": units for sku, units in typed.items()}
        page = dealer.post("/dealers/at/dl/new/", sent | {"action": "review"})
        assert page.status_code == 422
        assert code in text(page)
    assert not DealerOrder.objects.exists()


def test_a_filtered_form_keeps_what_was_typed(dealing, dealer):
    page = dealer.post("/dealers/at/dl/new/", {"action": "filter", "q": "case", f"units-{PHONE}": "2"})
    assert [each.facts.sku for each in page.context["articles"]] == [CASE]
    assert [each.units for each in page.context["hidden"]] == ["2"]


def test_a_price_that_changed_leads_back_to_the_sum(dealing, dealer):
    sent = {f"units-{PHONE}": "1", "shown_total": "1", "key": "k", "action": "order"}
    page = dealer.post("/dealers/at/dl/new/", sent)
    assert page.context["total"] == 2000_00
    assert not DealerOrder.objects.exists()


def test_proposals_become_an_order_with_a_click(dealing, dealer):
    sold(dealing, [2] * 28)
    dealer_proposals.propose(dealer_id=dealing.shop.pk, now=NOW)
    page = dealer.get("/dealers/at/dl/proposals/")
    assert [row.quantity for row, _label in page.context["rows"]] == [20]
    review = dealer.post("/dealers/at/dl/proposals/", {f"units-{CASE}": "20"})
    known = {"shown_total": review.context["total"], "key": review.context["key"]}
    dealer.post("/dealers/at/dl/new/", known | {f"units-{CASE}": "20", "action": "order", "proposals": "1"})
    assert ReplenishmentProposal.objects.get().order == DealerOrder.objects.get()
    assert dealer.post("/dealers/at/dl/proposals/again/").status_code == 302


def test_what_is_proposed_is_ordered_with_one_click_once(dealing, dealer, branch):
    sold(dealing, [2] * 28)
    dealer_proposals.propose(dealer_id=dealing.shop.pk, now=NOW)
    shown = [client.get("/dealers/at/dl/proposals/") for client in (dealer, branch)]
    typed, late = (
        {f"units-{CASE}": "20", "shown_total": page.context["total"], "key": page.context["key"]}
        | {"proposals": "1"}
        for page in shown
    )
    assert shown[0].context["covered"]
    order = DealerOrder.objects.get(number=dealer.post("/dealers/at/dl/proposals/", typed).url.split("/")[3])
    assert order.amount_fen == 20 * 30_00
    review = branch.post("/dealers/at/dl/proposals/", late)
    assert branch.post("/dealers/at/dl/new/", late | {"action": "order"}).url.endswith("/proposals/")
    assert (review.status_code, DealerOrder.objects.count()) == (200, 1)
    dealer.post("/dealers/at/dl/proposals/again/")
    assert not ReplenishmentProposal.objects.filter(state="open").exists()


def test_wrong_terms_of_supply_stay_on_the_page_of_the_proposals(dealing, branch):
    typed = {"lead_days": "4", "review_days": "7", "service_percent": "95", "demand_days": "28"}
    refused = branch.post("/dealers/at/dl/proposals/terms/", typed | {"lead_days": "-3"})
    assert (refused.status_code, "supply_terms_invalid" in text(refused)) == (422, True)
    assert branch.post("/dealers/at/dl/proposals/terms/", typed).url.endswith("/proposals/")
    assert DealerTerms.objects.get().lead_days == 4


def test_why_an_order_is_held_is_told_in_the_readers_language(dealing, dealer):
    DealerTerms.objects.update(credit_limit_fen=500_00)
    order = order_by_page(dealer, {PHONE: "1"})
    page = dealer.get(f"/dealers/orders/{order.number}/")
    assert page.context["lacking"] == 1500_00
    assert [each["text"] for each in page.context["history"]] == ["the credit limit does not reach"]


def test_proposals_beyond_the_credit_show_the_sum_first(dealing, dealer):
    DealerTerms.objects.update(credit_limit_fen=100_00)
    sold(dealing, [2] * 28)
    dealer_proposals.propose(dealer_id=dealing.shop.pk, now=NOW)
    page = dealer.get("/dealers/at/dl/proposals/")
    assert (page.context["total"], page.context["covered"]) == (20 * 30_00, False)
    assert "would wait on hold: the credit limit does not reach" in text(page)
    assert "shown_total" not in text(page)
    review = dealer.post("/dealers/at/dl/proposals/", {f"units-{CASE}": "20"})
    assert (review.status_code, review.context["total"]) == (200, 20 * 30_00)
    assert not DealerOrder.objects.exists()


def test_others_see_nothing_and_finance_alone_records_money(dealing, dealer):
    order = order_by_page(dealer, {PHONE: "1"})
    DealerTerms.objects.create(
        dealer=dealing.other, branch=dealing.office, credit_limit_fen=1, counts_from=NOW.date()
    )
    stranger = door("sten", "partner", dealing.other)
    for path in ("/dealers/at/dl/", f"/dealers/orders/{order.number}/", "/dealers/at/dl/account/"):
        assert stranger.get(path).status_code == 404
    assert order.number not in text(stranger.get("/dealers/orders/"))
    assert stranger.get("/dealers/purchases/MP1/").status_code == 403
    values = {"amount": "500.00", "reference": "B-1", "kind": "receipt", "received_on": "2026-11-21"}
    assert dealer.post("/dealers/at/dl/account/pay/", values).status_code in (403, 404, 422)
    money = door("mona", "finance_clerk", dealing.carrier)
    assert money.post("/dealers/at/dl/account/pay/", values).status_code == 302
    assert "B-1" in text(dealer.get("/dealers/at/dl/account/"))
    wrong = money.post("/dealers/at/dl/account/pay/", values | {"received_on": "soon"})
    assert (wrong.status_code, "filter_invalid" in text(wrong)) == (422, True)
    clerk = door("clara", "clerk", dealing.company.places["st-a"])
    assert clerk.get("/dealers/").status_code == 403


def test_lists_are_files_too(dealing, dealer):
    order = order_by_page(dealer, {PHONE: "1"})
    assert order.number in b"".join(dealer.get("/dealers/orders/?format=csv").streaming_content).decode()
    sold(dealing, [1, 0, 2])
    csv = b"".join(dealer.get("/dealers/sales/?format=csv").streaming_content).decode()
    assert csv.count(CASE) == 4  # two days, SKU and name
    assert dealer.get("/dealers/sales/").context["sell_out"] == 3
    assert dealer.get("/dealers/sales/?begin=soon").status_code == 400


def test_the_networks_list_comes_in_by_file_and_its_page_tells_how_far_it_is(dealing, dealer):
    boss = door("olga", "operator", dealing.carrier)
    rows = b"imei,time\n350000000009999,2025-11-20 10:00\n"
    sent = boss.post("/dealers/sales/activations/", {"file": SimpleUploadedFile("a.csv", rows)})
    assert "Waiting for a worker" in text(boss.get(sent.url))
    follow_up()
    page = text(boss.get(sent.url))
    assert "serial_unknown" in page
    assert "Take this receipt back" not in page
    assert b"serial_unknown" in b"".join(boss.get(f"{sent.url}rejected.csv").streaming_content)
    assert boss.post("/dealers/sales/activations/").status_code == 422
    refused = dealer.post("/dealers/sales/activations/", {"file": SimpleUploadedFile("a.csv", rows)})
    assert "not_allowed" in text(refused)
    assert dealer.get(sent.url).status_code == 404


def test_the_number_of_statements_does_not_grow_with_the_orders(
    dealing, dealer, django_assert_max_num_queries
):
    for _turn in range(8):
        order_by_page(dealer, {PHONE: "1"})
    with django_assert_max_num_queries(14):
        dealer.get("/dealers/orders/")
    with django_assert_max_num_queries(16):
        dealer.get("/dealers/at/dl/")


def test_a_lead_issues_a_credit_note_and_a_clerk_may_not(dealing):
    dealing.stock(PHONE, 1)
    _order, fo = dealing.arrived({PHONE: 1})
    dealer_receipts.receive(actor=dealing.dealer, code=fo.code, by_note=True, now=NOW)
    typed = {"invoice": DealerInvoice.objects.get().number, "amount": "100.00", "reason": "dented"}
    lead, clerk = door("lena", "finance_lead", dealing.office), door("carl", "finance_clerk", dealing.office)
    assert clerk.post("/dealers/at/dl/account/credit/", typed).status_code == 422
    assert 'id="credit"' not in text(clerk.get("/dealers/at/dl/account/"))
    assert 'id="credit"' in text(lead.get("/dealers/at/dl/account/"))
    assert lead.post("/dealers/at/dl/account/credit/", typed).status_code == 302
    assert DealerInvoice.objects.get().paid_fen == 100_00
    assert "dented" in text(lead.get("/dealers/at/dl/account/"))
    refused = lead.post("/dealers/at/dl/account/credit/", typed | {"amount": "1900.01"})
    assert (refused.status_code, DealerInvoice.objects.get().paid_fen) == (422, 100_00)
