"""The demo's dealers: terms, suppliers, eight weeks of sales, orders in several states, serial imports."""

from datetime import datetime, timedelta

from django.db import transaction

from catalog.queries import offerings
from catalog.values import OfferingFacts
from members.actors import Actor, Grant
from members.queries import institution_by_code
from members.values import InstitutionCard
from omnichannel.kernel import clock, outbox

from ..events import DealerInvoiceIssued, DealerPaymentMatched, DealerPaymentRecorded
from ..models import (
    DealerDay,
    DealerInvoice,
    DealerOrder,
    DealerOrderEvent,
    DealerOrderLine,
    DealerOrderState,
    DealerPayment,
    DealerTerms,
    PaymentMatch,
    StockLevel,
    SupplierItem,
    SupplyContract,
)
from ..services import dealer_approval, dealer_orders, dealer_proposals, dealer_quotes
from ..values import SUPPLY_NUMBER
from .dealer_numbers import order_numbers
from .draws import chance, draw

KINDS = dealer_quotes.KINDS
WEEKS = 8
# Percent of the days on which an article is sold, and the most units on such a day.
PACE = {"device": 34, "sim": 78, "recharge_card": 72, "accessory": 46}
MOST_SOLD = {"sim": 3, "recharge_card": 4}
# Cards are ordered by the box.
BOX = {"sim": 100, "recharge_card": 50}
# The order that waits for goods: units beyond what the warehouses hold, placed so long ago.
SCARCE_UNITS, LATE = 800, timedelta(days=9)
# dealer: branch, limit in fen, days to pay, who orders
DEALERS = {
    "dl-lantian": ("br-js", 600_000_00, 30, "蒋文涛"),
    "dl-hongda": ("br-zj", 60_000_00, 30, "叶丽萍"),
    "dl-yuexun": ("br-gd", 400_000_00, 15, "梁志强"),
}
SUPPLIERS = {
    "device": ("sp-nebula", 74, 7, 5),
    "accessory": ("sp-nebula", 55, 5, 10),
    "sim": ("sp-everbright", 40, 4, 100),
    # The supplier prints the cards; what they are worth is our own service.
    "recharge_card": ("sp-everbright", 1, 5, 100),
}
# kind: (percent of its articles, cost in percent of the list's, units, made to order: cards are printed)
CONTRACTS = {
    "device": (40, 96, 400, False),
    "accessory": (100, 94, 2_000, False),
    "sim": (100, 95, 20_000, True),
    "recharge_card": (100, 95, 20_000, True),
}
# dealer: (days ago, paid of it in percent)
INVOICED = {"dl-lantian": ((52, 100), (24, 0)), "dl-hongda": ((40, 100),), "dl-yuexun": ((48, 100), (27, 0))}


def load_dealers(*, now: datetime) -> None:
    """Twice changes nothing."""
    if DealerTerms.objects.exists():
        return
    goods = {facts.sku: facts for facts in offerings.of_kind(*KINDS)}
    _suppliers(goods, now)
    _contracts(goods, now)
    for code, (branch, limit, days, person) in DEALERS.items():
        dealer = institution_by_code(code)
        DealerTerms.objects.create(
            dealer_id=dealer.id,
            branch_id=institution_by_code(branch).id,
            credit_limit_fen=limit,
            payment_days=days,
            counts_from=clock.local_day(now),
        )
        held = [level.sku for level in StockLevel.objects.filter(location=dealer.id).order_by("sku")]
        held = [sku for sku in held if sku in goods]
        _history(dealer, held, goods, now)
        for number, (ago, paid) in enumerate(INVOICED[code]):
            _old_order(dealer, held[number * 5 : number * 5 + 5], person, ago, paid, now)
    _new_orders(now)
    dealer_proposals.propose_all(now=now)


def _suppliers(goods: dict[str, OfferingFacts], now: datetime) -> None:
    paid = dealer_quotes.prices_for(None, goods.values(), now=now)
    items = []
    for sku, facts in goods.items():
        code, percent, lead, lot = SUPPLIERS[facts.kind]
        cost = paid[sku] * percent // 100
        supplier = institution_by_code(code).id
        items.append(SupplierItem(supplier_id=supplier, sku=sku, cost_fen=cost, lead_days=lead, lot=lot))
    SupplierItem.objects.bulk_create(items)


def _contracts(goods: dict[str, OfferingFacts], now: datetime) -> None:
    """Central procurement agreed on some articles for a year, with the supplier that lists them."""
    first = (clock.local_day(now) - timedelta(days=60)).replace(day=1)
    rows = []
    for item in SupplierItem.objects.filter(sku__in=goods).order_by("sku"):
        share, percent, units, to_order = CONTRACTS[goods[item.sku].kind]
        if not chance(share, "contract", item.sku):
            continue
        rows.append(
            SupplyContract(
                number=f"KJ{first:%y%m}-{len(rows) + 1:03d}",
                supplier_id=item.supplier_id,
                sku=item.sku,
                cost_fen=item.cost_fen * percent // 100,
                units=units,
                lot=item.lot,
                lead_days=item.lead_days,
                to_order=to_order,
                starts=first,
                ends=first + timedelta(days=365),
            )
        )
    SupplyContract.objects.bulk_create(rows)


def _history(dealer: InstitutionCard, held: list[str], goods, now: datetime) -> None:
    """Sales brought over from the time before the platform; one model that piles up at each dealer."""
    today, rows = clock.local_day(now), []
    for place, sku in enumerate(held):
        kind = goods[sku].kind
        piles = place == draw(0, max(0, len(held) - 1), "pile", dealer.code)
        for back in range(1, WEEKS * 7 + 1):
            names = (dealer.code, sku, str(back))
            sold = draw(1, MOST_SOLD.get(kind, 1), "sold", *names) if chance(PACE[kind], *names) else 0
            bought = draw(4, 12, "bought", *names) if chance(6, "in", *names) else 0
            if piles:
                sold, bought = 0, bought * 2
            if sold or bought:
                day = today - timedelta(days=back)
                rows.append(DealerDay(dealer_id=dealer.id, sku=sku, day=day, sell_in=bought, sell_out=sold))
    DealerDay.objects.bulk_create(rows)


def _old_order(
    dealer: InstitutionCard, skus: list[str], person: str, ago: int, paid: int, now: datetime
) -> None:
    """An order of earlier days, received and invoiced; its goods are part of the opening stock."""
    then = now - timedelta(days=ago)
    terms = DealerTerms.objects.get(pk=dealer.id)
    prices = dealer_quotes.prices_for(dealer.id, offerings.by_sku(skus).values(), now=then)
    wanted = [(sku, draw(2, 9, "old", dealer.code, sku), prices[sku]) for sku in skus]
    order = DealerOrder.objects.create(
        dealer_id=dealer.id,
        branch_id=terms.branch_id,
        state=DealerOrderState.DONE,
        amount_fen=sum(units * price for _sku, units, price in wanted),
        key=f"opening-{ago}",
        created_by_name=person,
        created_at=then,
        approved_by_name="徐建华",
        approved_at=then + timedelta(hours=2),
        changed_at=then + timedelta(days=3),
    )
    order.number = f"{SUPPLY_NUMBER}{clock.local_day(then):%y%m%d}{order.pk:06d}"
    order.save(update_fields=["number"])
    DealerOrderLine.objects.bulk_create(
        DealerOrderLine(order=order, sku=sku, quantity=units, unit_fen=price, received=units)
        for sku, units, price in wanted
    )
    DealerOrderEvent.objects.bulk_create(
        DealerOrderEvent(order=order, state=state, who=who, at=then + after)
        for state, who, after in (
            (DealerOrderState.SUBMITTED, person, timedelta(0)),
            (DealerOrderState.APPROVED, "徐建华", timedelta(hours=2)),
            (DealerOrderState.DONE, person, timedelta(days=3)),
        )
    )
    _invoice(order, terms, paid, now)


@transaction.atomic
def _invoice(order: DealerOrder, terms: DealerTerms, paid: int, now: datetime) -> None:
    issued = clock.local_day(order.changed_at)
    invoice = DealerInvoice.objects.create(
        order=order,
        dealer_id=order.dealer_id,
        amount_fen=order.amount_fen,
        issued_on=issued,
        due_on=issued + timedelta(days=terms.payment_days),
    )
    invoice.number = f"DI{issued:%y%m%d}{invoice.pk:06d}"
    outbox.publish(_invoiced(invoice, order))
    if paid:
        payment = DealerPayment.objects.create(
            dealer_id=order.dealer_id,
            kind="receipt",
            amount_fen=order.amount_fen,
            matched_fen=order.amount_fen,
            reference=f"HT{invoice.pk:08d}",
            received_on=invoice.due_on - timedelta(days=2),
            recorded_by="钱雅婷",
            recorded_at=now,
        )
        match = PaymentMatch.objects.create(
            payment=payment, invoice=invoice, amount_fen=order.amount_fen, who="钱雅婷", at=now
        )
        outbox.publish(*_paid(payment, match))
        invoice.paid_fen = order.amount_fen
    invoice.save()


def _invoiced(invoice: DealerInvoice, order: DealerOrder) -> DealerInvoiceIssued:
    """Brought over, it is booked late and keeps its own day."""
    return DealerInvoiceIssued(
        invoice_id=invoice.pk,
        invoice_number=invoice.number,
        order_number=order.number,
        dealer_id=order.dealer_id,
        branch_id=order.branch_id,
        amount_fen=invoice.amount_fen,
        due_on=invoice.due_on.isoformat(),
        occurred_at=order.changed_at.isoformat(),
    )


def _paid(payment: DealerPayment, match: PaymentMatch) -> tuple[DealerPaymentRecorded, DealerPaymentMatched]:
    at = clock.day_bounds(payment.received_on)[0].isoformat()
    common = {"payment_id": payment.pk, "dealer_id": payment.dealer_id, "amount_fen": payment.amount_fen}
    return (
        DealerPaymentRecorded(kind=payment.kind, reference=payment.reference, occurred_at=at, **common),
        DealerPaymentMatched(match_id=match.pk, invoice_id=match.invoice_id, occurred_at=at, **common),
    )


def _new_orders(now: datetime) -> None:
    """One that waits for its branch, one beyond its credit, one for goods that are late."""
    _order("dl-lantian", {"device": 3, "sim": 1, "recharge_card": 1}, now - timedelta(hours=16))
    _order("dl-hongda", {"device": 12}, now - timedelta(hours=13))
    _waiting_order(now)
    order_numbers(now)


def _waiting_order(now: datetime) -> None:
    """Bought from its supplier, who is late."""
    scarce_order(0, "demo-scarce", now - LATE)


def scarce_order(rank: int, key: str, at: datetime) -> DealerOrder:
    """More of an accessory (0: the cheapest, 1: the next …) than we have: approved, and bought for."""
    found = [facts for facts in dealer_quotes.orderable() if facts.kind == "accessory"]
    paid = dealer_quotes.prices_for(None, found, now=at)
    cheap = sorted(found, key=lambda facts: (paid[facts.sku], facts.sku))
    order = _place("dl-lantian", {cheap[rank].sku: SCARCE_UNITS}, key, at)
    branch = institution_by_code(DEALERS["dl-lantian"][0])
    boss = Actor(name="徐建华", grants=frozenset([Grant("store_manager", branch.id, branch.path)]))
    return dealer_approval.approve(actor=boss, number=order.number, now=at + timedelta(hours=2))


def _order(code: str, share: dict[str, int], at: datetime) -> None:
    """So many articles of each kind, several units of each."""
    found = dealer_quotes.orderable()
    wanted = {
        facts.sku: BOX.get(kind) or draw(3, 8, "order", code, facts.sku)
        for kind, count in share.items()
        for facts in sorted((f for f in found if f.kind == kind), key=lambda f: f.sku)[:count]
    }
    _place(code, wanted, "demo", at)


def _place(code: str, wanted: dict[str, int], key: str, at: datetime) -> DealerOrder:
    dealer = institution_by_code(code)
    person = Actor(name=DEALERS[code][3], grants=frozenset([Grant("partner", dealer.id, dealer.path)]))
    lines = dealer_quotes.quote(dealer.id, wanted, now=at)
    total = sum(units * price for units, price in lines.values())
    return dealer_orders.place(
        actor=person, dealer_id=dealer.id, wanted=wanted, shown_total=total, key=key, now=at
    )
