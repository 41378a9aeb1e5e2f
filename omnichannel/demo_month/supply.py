"""Dealers' part of the month: they order, count what came, pay, and are credited what was dented."""

from datetime import datetime
from random import Random

from django.db import transaction
from django.db.models import F

from fulfillment.models import (
    DealerInvoice,
    DealerOrder,
    DealerOrderState,
    DealerTerms,
    NoticeState,
    PaymentKind,
    SupplierOrder,
    SupplierOrderState,
)
from fulfillment.queries import dealers
from fulfillment.services import (
    dealer_approval,
    dealer_credit_notes,
    dealer_invoices,
    dealer_orders,
    dealer_quotes,
    dealer_receipts,
    dealer_sourcing,
    notice_checks,
)
from members.actors import Actor, Grant
from members.values import InstitutionCard
from omnichannel.kernel import clock

MOST_ARTICLES, UNITS = 2, (3, 6)
CREDITED_PPM = 20_000  # of an invoice, for what came dented


def actor(name: str, role: str, place: InstitutionCard) -> Actor:
    return Actor(name=name, grants=frozenset({Grant(role, place.pk, place.path)}))


def order(*, number: int, chance: Random, now: datetime) -> str:
    """The next dealer in turn orders accessories; its branch approves; returns the order's number."""
    rows = list(DealerTerms.objects.select_related("dealer", "branch").order_by("dealer__code"))
    terms = rows[number % len(rows)]
    buyer, branch = actor("dealer", "partner", terms.dealer), actor("branch", "store_manager", terms.branch)
    goods = [facts for facts in dealer_quotes.orderable() if facts.kind == "accessory"]
    goods = sorted(goods, key=lambda facts: facts.sku)[:12]
    wanted = {facts.sku: chance.randint(*UNITS) for facts in chance.sample(goods, MOST_ARTICLES)}
    lines = dealer_quotes.quote(terms.pk, wanted, now=now)
    total = sum(units * price for units, price in lines.values())
    made = dealer_orders.place(
        actor=buyer, dealer_id=terms.pk, wanted=wanted, shown_total=total, key=f"month-{now:%Y%m%d}", now=now
    )
    if made.state == DealerOrderState.SUBMITTED:
        dealer_approval.approve(actor=branch, number=made.number, now=now)
    return made.number


def suppliers_deliver(*, now: datetime) -> int:
    """What we had to order from our suppliers comes in; how many orders."""
    done = 0
    for purchase in SupplierOrder.objects.filter(state=SupplierOrderState.OPEN).order_by("pk"):
        worker = actor("ramp", "warehouse", purchase.location)
        try:
            with transaction.atomic():
                _take_in(purchase, worker, now)
            done += 1
        except dealer_sourcing.ByFile:
            continue  # cards and devices come with a file of their serial numbers, on another day
    return done


def _take_in(purchase: SupplierOrder, worker: Actor, now: datetime) -> None:
    """What was announced against its notice, then the rest."""
    of = {"actor": worker, "number": purchase.number, "now": now}
    for notice in purchase.notices.filter(state=NoticeState.ANNOUNCED).order_by("pk"):
        counts = dict(notice.lines.values_list("line__sku", "quantity"))
        notice_checks.check_in(notice=notice.number, counts=counts, **of)
    left = {line.sku: line.open_units for line in purchase.lines.all()}
    if any(left.values()):
        dealer_sourcing.receive(counts=left, **of)


def count_parcels(*, now: datetime) -> int:
    """Dealers take in what arrived, by the delivery note; how many parcels."""
    terms = DealerTerms.objects.select_related("dealer")
    by_id = {row.pk: row.dealer for row in terms}
    waiting = dealers.to_count(by_id)
    buyers = dict(DealerOrder.objects.values_list("number", "dealer_id"))
    for fo in waiting:
        buyer = actor("dealer", "partner", by_id[buyers[fo.demand.order_number]])
        dealer_receipts.receive(actor=buyer, code=fo.code, by_note=True, now=now)
    return len(waiting)


def pay_oldest(*, lead: Actor, clerk: Actor, now: datetime) -> int:
    """The oldest open invoice gets a credit for a dented carton and is paid for the rest; fen paid."""
    invoice = DealerInvoice.objects.filter(paid_fen__lt=F("amount_fen")).order_by("due_on", "pk").first()
    if invoice is None:
        return 0
    dented = invoice.left_fen * CREDITED_PPM // 1_000_000
    if dented:
        dealer_credit_notes.issue(
            actor=lead, number=invoice.number, amount_fen=dented, reason="外箱破损", now=now
        )
        invoice.refresh_from_db()
    amount = invoice.left_fen
    dealer_invoices.record_payment(
        actor=clerk,
        dealer_id=invoice.dealer_id,
        kind=PaymentKind.RECEIPT,
        amount_fen=amount,
        reference=f"DL{now:%Y%m%d}{invoice.pk:06d}",
        received_on=clock.local_day(now),
        now=now,
    )
    dealer_invoices.match(actor=clerk, dealer_id=invoice.dealer_id, now=now)
    return amount
