"""Dealers' invoices, credits and payments, suppliers' goods, billed fees, corrections: each is one trade."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from fulfillment.events import HandedOver
from fulfillment.models import DealerInvoice, DealerPayment, SupplierItem, SupplierOrder
from fulfillment.queries.dealers import receivables, standings
from fulfillment.services import dealer_credit_notes, dealer_invoices, dealer_receipts, dealer_sourcing
from members.models import Institution
from omnichannel.kernel import clock, outbox
from omnichannel.kernel.errors import DomainError
from settlement import demo
from settlement.models import AccountKind, Journal, Posting, Trade
from settlement.queries import controls
from settlement.services import business_day, dealer_money
from tests.support.dealing import CASE, NOW, PHONE, Dealing, follow_up

TODAY = clock.local_day(NOW)


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    made = Dealing(limit=100_000_00)
    demo.load_rules(now=NOW)
    return made


@pytest.fixture
def invoiced(dealing) -> Dealing:
    """Two phones received by the delivery note: 4,000.00 to pay."""
    dealing.stock(PHONE, 2)
    _order, fo = dealing.arrived({PHONE: 2})
    dealer_receipts.receive(actor=dealing.dealer, code=fo.code, by_note=True, now=NOW)
    outbox.drain()
    return dealing


def balance(kind: str, institution_id=None) -> int:
    rows = Posting.objects.filter(account__kind=kind, account__institution_id=institution_id)
    return rows.aggregate(fen=Sum("amount_fen", default=0))["fen"]


def pay(dealing, amount: int, reference: str = "B1", on=TODAY):
    made = dealer_invoices.record_payment(
        actor=dealing.money, dealer_id=dealing.shop.pk, kind="receipt", amount_fen=amount,
        reference=reference, received_on=on, now=NOW,
    )  # fmt: skip
    outbox.drain()
    return made


def match(dealing) -> None:
    dealer_invoices.match(actor=dealing.money, dealer_id=dealing.shop.pk, now=NOW)
    outbox.drain()


def credit(dealing, amount: int, actor=None, reason="cartons dented"):
    made = dealer_credit_notes.issue(
        actor=actor or dealing.lead, number=DealerInvoice.objects.get().number, amount_fen=amount,
        reason=reason, now=NOW,
    )  # fmt: skip
    outbox.drain()
    return made


def books_agree(dealing) -> None:
    assert controls.dealers_differ() == []
    owed, held = receivables()[dealing.shop.pk]
    assert balance("dealer_receivable", dealing.shop.pk) == owed
    assert balance("dealer_advance", dealing.shop.pk) == -held


def test_an_invoice_is_a_receivable_and_a_sale(invoiced):
    trade = Trade.objects.get(kind="dealer_invoice")
    assert (trade.amount_fen, trade.institution_id, trade.channel) == (4_000_00, invoiced.shop.pk, "dealer")
    assert trade.order_number == DealerInvoice.objects.get().order.number
    assert balance("dealer_sales") == -4_000_00
    books_agree(invoiced)


def test_a_payment_waits_at_the_dealer_until_it_is_matched(invoiced):
    pay(invoiced, 5_000_00)
    assert (balance("bank"), balance("dealer_advance", invoiced.shop.pk)) == (5_000_00, -5_000_00)
    match(invoiced)
    assert balance("dealer_receivable", invoiced.shop.pk) == 0
    assert balance("dealer_advance", invoiced.shop.pk) == -1_000_00
    books_agree(invoiced)


def test_a_payment_recorded_late_keeps_the_day_of_the_bank(invoiced):
    pay(invoiced, 100, on=TODAY - timedelta(days=3))
    trade = Trade.objects.get(kind="dealer_payment")
    assert (trade.business_date, trade.original_date) == (TODAY, TODAY - timedelta(days=3))


def test_a_credit_note_pays_its_invoice_and_lessens_the_sale(invoiced):
    before = standings([invoiced.shop.pk], today=TODAY)[invoiced.shop.pk]
    credit(invoiced, 300_00)
    assert balance("dealer_sales") == -3_700_00
    assert balance("bank") == 0
    after = standings([invoiced.shop.pk], today=TODAY)[invoiced.shop.pk]
    assert before.exposure - after.exposure == 300_00
    books_agree(invoiced)


def test_a_credit_on_a_paid_invoice_counts_for_the_next(invoiced):
    pay(invoiced, 4_000_00)
    match(invoiced)
    credit(invoiced, 500_00)
    standing = standings([invoiced.shop.pk], today=TODAY)[invoiced.shop.pk]
    assert (standing.receivables, standing.exposure) == (0, -500_00)
    assert balance("dealer_advance", invoiced.shop.pk) == -500_00
    books_agree(invoiced)


@pytest.mark.parametrize(
    ("amount", "reason", "who", "code"),
    [
        (0, "x", "lead", "amount_invalid"),
        (-5, "x", "lead", "amount_invalid"),
        (100, "  ", "lead", "reason_missing"),
        (4_000_01, "x", "lead", "credit_note_too_large"),
        (100, "x", "money", "dealer_invoice_unknown"),
        (100, "x", "dealer", "dealer_invoice_unknown"),
    ],
)
def test_a_wrong_credit_note_changes_nothing(invoiced, amount, reason, who, code):
    with pytest.raises(DomainError) as refusal:
        credit(invoiced, amount, actor=getattr(invoiced, who), reason=reason)
    assert refusal.value.code == code
    assert not DealerPayment.objects.exists()


def test_credits_together_stay_within_their_invoice(invoiced):
    credit(invoiced, 3_000_00)
    with pytest.raises(dealer_credit_notes.CreditTooLarge):
        credit(invoiced, 1_000_01)
    assert credit(invoiced, 1_000_00).reference.endswith("-2")
    books_agree(invoiced)


def test_money_cannot_be_recorded_as_a_credit(invoiced):
    with pytest.raises(dealer_invoices.AmountWrong):
        dealer_invoices.record_payment(
            actor=invoiced.money, dealer_id=invoiced.shop.pk, kind="credit", amount_fen=100, reference="B",
            received_on=TODAY, now=NOW,
        )  # fmt: skip


def test_each_fact_twice_is_one_trade(invoiced):
    pay(invoiced, 4_000_00)
    match(invoiced)
    trades, journals = Trade.objects.count(), Journal.objects.count()
    for message in outbox.OutboxMessage.objects.filter(subscriber__startswith="settlement."):
        entry = outbox._by_name[message.subscriber]
        entry.handler(entry.fact(**message.payload))
    assert (Trade.objects.count(), Journal.objects.count()) == (trades, journals)


def test_the_receivable_and_the_credit_cannot_drift_unseen(invoiced):
    DealerInvoice.objects.update(paid_fen=1)
    assert [row.dealer_id for row in controls.dealers_differ()] == [invoiced.shop.pk]


def test_a_supplier_is_owed_what_it_delivered(dealing):
    maker = Institution.objects.create(code="sp", path="sp/", kind="supplier", name="sp")
    dealing_items(dealing, maker)
    order = dealing.order({CASE: 4})
    from_supplier(dealing, order)
    assert balance("goods_cost") == 4 * 20_00
    assert balance("payable", maker.pk) == -4 * 20_00
    assert Trade.objects.get(kind="goods_bought").order_number == order.number


def dealing_items(dealing, maker) -> None:
    SupplierItem.objects.create(supplier=maker, sku=CASE, cost_fen=20_00, lead_days=2, lot=1)


def from_supplier(dealing, order) -> None:
    from_branch = dealing.branch
    dealer_sourcing_order(order, from_branch)
    purchase = SupplierOrder.objects.get()
    dealer_sourcing.receive(actor=dealing.worker, number=purchase.number, counts={CASE: 4}, now=NOW)
    follow_up()
    outbox.drain()


def dealer_sourcing_order(order, actor) -> None:
    dealer_sourcing.order_missing(order, {CASE: 4}, actor=actor, now=NOW)


def test_a_courier_earns_its_freight_for_a_dealers_parcel(dealing):
    fact = HandedOver(7, "DP261122000001", dealing.house.pk, dealing.swift.pk, 1_200, NOW.isoformat())
    dealer_money.supply_handed_over(fact)
    dealer_money.supply_handed_over(fact)
    trade = Trade.objects.get(kind="freight")
    assert (trade.amount_fen, trade.institution_id) == (1_200, dealing.swift.pk)
    assert balance(AccountKind.FREIGHT_COST) == 1_200
    assert business_day.current_day() == trade.business_date
