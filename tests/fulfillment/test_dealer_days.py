"""Sell-in and sell-out from receipts and activations alone, and the proposals that follow from them."""

from datetime import UTC, datetime, timedelta

import pytest

from fulfillment.models import (
    DealerDay,
    DealerOrder,
    DealerTerms,
    FulfillmentOrder,
    RefusedUnits,
    ReplenishmentProposal,
    SerialUnit,
    StockLevel,
)
from fulfillment.queries.invariants import findings
from fulfillment.services import activations, dealer_credit, dealer_days, dealer_proposals
from omnichannel.kernel import clock
from tests.support.dealing import CASE, NOW, PHONE, PRICES, Dealing

TODAY = clock.local_day(NOW)


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    return Dealing()


@pytest.fixture
def shelf(dealing) -> list[str]:
    """Three phones that the dealer counted in."""
    return dealing.counted_in(PHONE, 3)


def saw(serial: str, at: datetime) -> activations.Outcome:
    return activations.record(
        sightings=[activations.Sighting(serial, at)], reference=f"list {serial}", now=NOW
    )


def facts():
    return list(DealerDay.objects.order_by("day", "sku").values_list("day", "sku", "sell_in", "sell_out"))


def test_receipts_are_sell_in_and_what_the_network_saw_is_sell_out(dealing, shelf):
    seen = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
    assert saw(shelf[0], seen).recorded == {shelf[0]}
    assert saw(shelf[0], NOW).known == {shelf[0]}
    dealer_days.reckon_recent(now=NOW)
    assert facts() == [(TODAY, PHONE, 3, 1)]
    assert dealer_days.reckon(day=TODAY) == 0
    assert StockLevel.objects.get(location=dealing.shop, sku=PHONE).on_hand == 2
    assert SerialUnit.objects.get(serial=shelf[0]).state == "sold"
    assert findings(now=NOW) == []


def test_a_unit_sold_by_the_platform_is_not_counted_twice(dealing):
    serial = dealing.stock(PHONE, 1)[0]
    saw(serial, NOW)
    dealer_days.reckon(day=TODAY)
    assert facts() == []
    assert SerialUnit.objects.get(serial=serial).state == "free"


def test_what_was_reckoned_wrongly_is_put_right_and_days_before_the_platform_stay(dealing, shelf):
    old = datetime(2025, 12, 31, tzinfo=UTC).date()
    DealerDay.objects.create(dealer=dealing.shop, sku=PHONE, day=old, sell_in=9, sell_out=9)
    DealerDay.objects.create(dealer=dealing.shop, sku=CASE, day=TODAY, sell_in=5, sell_out=5)
    dealer_days.reckon(day=TODAY)
    dealer_days.reckon(day=old)
    assert facts() == [(old, PHONE, 9, 9), (TODAY, PHONE, 3, 0)]


def sold(dealing, per_day: list[int], sku: str = CASE) -> None:
    """Units sold on each of the days before today, the last one yesterday."""
    DealerDay.objects.bulk_create(
        DealerDay(dealer=dealing.shop, sku=sku, day=TODAY - timedelta(days=back), sell_out=units)
        for back, units in enumerate(reversed(per_day), start=1)
        if units
    )


def test_the_figures_follow_the_formula(dealing):
    found = dealer_proposals.figures(total=56, squares=28 * 4, terms=dealing.terms)
    assert (found.daily, found.spread, found.safety) == (2.0, 0.0, 0)
    assert (found.reorder_point, found.order_up_to) == (6, 20)
    assert [found.wanted(position) for position in (0, 6, 7)] == [20, 14, 0]
    uneven = dealer_proposals.figures(total=56, squares=28 * 4 + 27, terms=dealing.terms)
    assert uneven.spread == pytest.approx(1.0)
    assert uneven.safety == 6  # 1.645 · 1 · √10, rounded up


def test_a_proposal_counts_shelf_and_orders_and_becomes_an_order(dealing):
    sold(dealing, [2] * 28)
    assert dealer_proposals.propose(dealer_id=dealing.shop.pk, now=NOW) == 1
    proposal = ReplenishmentProposal.objects.get()
    assert (proposal.quantity, proposal.reorder_point, proposal.daily_milli) == (20, 6, 2000)
    values = {
        "dealer_id": dealing.shop.pk,
        "wanted": {CASE: 15},
        "shown_total": 15 * PRICES[CASE],
        "key": "p1",
        "now": NOW,
    }
    with pytest.raises(dealer_credit.DealerUnknown):
        dealer_proposals.order(actor=dealing.stranger, **values)
    order = dealer_proposals.order(actor=dealing.dealer, **values)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.order, order.lines.get().quantity) == ("ordered", order, 15)
    assert dealer_proposals.propose_all(now=NOW) == 0
    assert dealer_proposals.order(actor=dealing.dealer, **values) == order
    with pytest.raises(dealer_proposals.ProposalsGone):
        dealer_proposals.order(actor=dealing.branch, **values | {"key": "p2"})
    assert DealerOrder.objects.count() == 1


def test_what_was_ordered_by_the_plain_form_is_not_proposed_any_more(dealing):
    sold(dealing, [2] * 28)
    dealer_proposals.propose(dealer_id=dealing.shop.pk, now=NOW)
    order = dealing.order({CASE: 5})
    assert ReplenishmentProposal.objects.get().order == order
    assert dealer_proposals.propose(dealer_id=dealing.shop.pk, now=NOW) == 1  # five are too few
    assert ReplenishmentProposal.objects.get(state="open").on_order == 5


def test_what_is_dismissed_stays_away_for_the_days_between_two_orders(dealing):
    sold(dealing, [2] * 28)
    shop = dealing.shop.pk
    dealer_proposals.propose(dealer_id=shop, now=NOW)
    assert dealer_proposals.dismiss(actor=dealing.dealer, dealer_id=shop, skus=[CASE]) == 1
    assert dealer_proposals.propose(dealer_id=shop, now=NOW) == 0
    days = DealerTerms.objects.get(pk=shop).review_days
    assert dealer_proposals.propose(dealer_id=shop, now=NOW + timedelta(days=days)) == 1


def test_what_is_dismissed_comes_back_by_hand(dealing):
    sold(dealing, [2] * 28)
    dealer_proposals.propose(dealer_id=dealing.shop.pk, now=NOW)
    dealer_proposals.dismiss(actor=dealing.dealer, dealer_id=dealing.shop.pk, skus=[CASE])
    assert dealer_proposals.propose(dealer_id=dealing.shop.pk, also_dismissed=True, now=NOW) == 1


def test_what_is_dismissed_comes_back_when_the_shelf_falls_below_its_safety_stock(dealing):
    sold(dealing, [0, 9] * 14)
    shop = dealing.shop.pk
    StockLevel.objects.create(location_id=shop, sku=CASE, on_hand=26)
    dealer_proposals.propose(dealer_id=shop, now=NOW)
    proposal = ReplenishmentProposal.objects.get()
    assert 0 < proposal.safety < proposal.position == 26
    dealer_proposals.dismiss(actor=dealing.dealer, dealer_id=shop, skus=[CASE])
    StockLevel.objects.filter(location_id=shop, sku=CASE).update(on_hand=proposal.safety)
    assert dealer_proposals.propose(dealer_id=shop, now=NOW) == 0
    StockLevel.objects.filter(location_id=shop, sku=CASE).update(on_hand=proposal.safety - 1)
    assert dealer_proposals.propose(dealer_id=shop, now=NOW) == 1


def test_units_that_the_customer_did_not_take_are_not_sold(dealing):
    dealing.stock(CASE, 3)
    _order, fo = dealing.arrived({CASE: 3})
    FulfillmentOrder.objects.filter(pk=fo.pk).update(location=dealing.shop)
    dealer_days.reckon(day=TODAY)
    assert facts() == [(TODAY, CASE, 0, 3)]
    RefusedUnits.objects.create(delivery=fo.delivery, line=fo.lines.get(), quantity=1, reason="other")
    dealer_days.reckon(day=TODAY)
    assert facts() == [(TODAY, CASE, 0, 2)]
