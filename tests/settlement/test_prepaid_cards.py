"""Prepaid cards in the books: owed at once, used like points, refunded; the night shares the fee alone."""

import pytest
from django.db.models import Sum

from orders.events import CardStateChanged, OrderConfirmed, PaymentCaptured, RefundMade
from settlement.models import AuditEntry, NetPosition, OrderShareTerms, Posting, Trade, TradeShare
from settlement.queries import clearing_report, controls, prepaid_cards
from settlement.queries.invariants import broken
from settlement.services import closing, facts, night
from tests.settlement.statements import DAY, Desk

SALE = "HT2611210000001"


def balance(kind: str) -> int:
    rows = Posting.objects.filter(account__kind=kind)
    return rows.aggregate(fen=Sum("amount_fen", default=0))["fen"]


def breaches() -> list:
    """But for the cards themselves, which this world's facts only tell of."""
    return [found for found in broken() if found[0] != "cards_differ"]


def sell(world, fen: int, *, payment_id: int = 7, means: str = "unipay", store: str | None = None) -> None:
    """A card was paid, as the orders tell it; its order has no shares."""
    world.order(fen)
    number = f"HT26112100{world.numbers:05d}"
    facts.order_confirmed(OrderConfirmed(number, False, world.now.isoformat(), True))
    facts.payment_captured(
        PaymentCaptured(
            payment_id, number, means, world.id(None if store else "pp-unipay"), world.id(store), fen,
            world.now.isoformat(), f"{number}-U1", f"42{payment_id:022d}", True,
        )
    )  # fmt: skip


def take_back(world, fen: int, *, payment_id: int = 7) -> None:
    facts.refund_made(
        RefundMade(
            900, payment_id, Trade.objects.get(kind="card_sale").order_number, "unipay",
            world.id("pp-unipay"), None, fen, [[1, fen]], world.now.isoformat(), "R1", "50R1", True,
        )
    )  # fmt: skip


def use(world, fen: int, *, of: int) -> str:
    """An order that a card pays, and UniPay for the rest."""
    number = world.order(of)
    world.confirm(number)
    world.pay(number, fen, means="prepaid", provider=None)
    if of > fen:
        world.pay(number, of - fen)
    return number


def test_a_sale_is_owed_to_the_cards_at_once_and_twice_is_once(world):
    for _turn in range(2):
        sell(world, 100_00)
        world.numbers -= 1
    trade = Trade.objects.get()
    assert (trade.kind, trade.means, trade.amount_fen) == ("card_sale", "unipay", 100_00)
    assert balance("prepaid_cards") == -100_00
    assert balance("provider_transit") == 100_00
    assert not OrderShareTerms.objects.exists()


def test_cash_for_a_card_is_owed_by_the_store(world):
    sell(world, 50_00, means="cash", store="st-1")
    assert balance("store_cash") == 50_00
    night.run_due(now=world.tomorrow())
    assert NetPosition.objects.get(institution_id=world.id("st-1")).amount_fen == -50_00
    assert NetPosition.objects.aggregate(fen=Sum("amount_fen"))["fen"] == 0


def test_the_night_shares_the_fee_of_a_sale_and_nothing_else(world):
    Desk(world)  # the provider's rates
    sell(world, 100_00)
    night.run_due(now=world.tomorrow())
    shares = {row.account_kind: row.amount_fen for row in TradeShare.objects.all()}
    assert shares == {"fee_accrued": 60, "fee_cost": -60}
    assert (balance("prepaid_cards"), balance("split_pending"), balance("suspense")) == (-100_00, 0, 0)
    assert breaches() == []
    assert clearing_report.report(day=DAY).ties


def test_a_refunded_sale_takes_its_fee_back(world):
    Desk(world)
    sell(world, 100_00)
    take_back(world, 100_00)
    assert balance("prepaid_cards") == 0
    night.run_due(now=world.tomorrow())
    assert (balance("fee_accrued"), balance("fee_cost"), balance("provider_transit")) == (0, 0, 0)
    assert set(Trade.objects.values_list("kind", "amount_fen")) == {
        ("card_sale", 100_00),
        ("card_refund", -100_00),
    }


def test_a_card_pays_like_points_and_the_order_is_shared(world):
    sell(world, 100_00)
    number = use(world, 60_00, of=80_00)
    paid = Trade.objects.get(order_number=number, means="prepaid")
    assert (paid.kind, paid.amount_fen) == ("payment", 60_00)
    assert balance("prepaid_cards") == -40_00
    night.run_due(now=world.tomorrow())
    shared = TradeShare.objects.filter(trade=paid).aggregate(fen=Sum("amount_fen"))["fen"]
    assert shared == 60_00
    assert not TradeShare.objects.filter(trade=paid, account_kind="fee_accrued").exists()
    assert breaches() == []


def test_a_refund_of_a_use_is_owed_again(world):
    sell(world, 100_00)
    number = use(world, 80_00, of=80_00)
    paid = Trade.objects.get(order_number=number)
    world.refund(number, paid.payment_id, world.everything_of(number), means="prepaid", provider=None)
    assert balance("prepaid_cards") == -100_00
    night.run_due(now=world.tomorrow())
    assert balance("split_pending") == 0
    assert breaches() == []


def test_the_bill_of_the_provider_knows_the_sale(world):
    desk = Desk(world)
    desk.pay(20_00)
    sell(world, 100_00)
    night.run_due(now=world.tomorrow())
    batch = desk.load("wechat")
    assert (batch.ours_count, batch.ours_fen) == (2, 120_00)


def test_the_page_tells_how_it_came_about(world, client):
    sell(world, 100_00)
    use(world, 30_00, of=30_00)
    take_back(world, 50_00)
    month = prepaid_cards.history()[0]
    figures = (month.opening, month.sold, month.spent, month.refunded, month.corrected, month.closing)
    assert figures == (0, 100_00, 30_00, 50_00, 0, 20_00)
    assert prepaid_cards.liability().books.ledger_fen == 20_00


def test_a_day_is_not_closed_while_cards_and_ledger_differ(world):
    """The world's cards are told by facts alone: the ledger owes what no card holds."""
    sell(world, 100_00)
    assert controls.cards_differ()[0].difference_fen == 100_00
    check = next(one for one in closing.checklist(day=DAY) if one.code == "cards")
    assert (check.state, check.amount_fen) == ("failed", 100_00)
    assert ("cards_differ", "10000 fen") in broken()


@pytest.mark.parametrize(
    ("after", "action"), [("frozen", "card.frozen"), ("void", "card.voided"), ("active", "card.unfrozen")]
)
def test_what_people_do_to_a_card_stands_in_the_audit_trail(world, after, action):
    facts.card_state_changed(
        CardStateChanged(
            1, 5, "2049", "active", after, 100_00, world.clerk.user_id, "operator", ["operator"], "stolen",
            world.now.isoformat(),
        )
    )  # fmt: skip
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_name, entry.role) == (action, "operator", "operator")
    assert entry.details["reason"] == "stolen"
