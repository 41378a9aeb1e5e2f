"""One purchase order with its whole way: lines, parcels, differences, invoices, history, what may be done."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from fulfillment.models import (
    DEALER_ORDER_STEPS,
    DealerOrder,
    DealerOrderState,
    DealerTerms,
    FulfillmentDemand,
    FulfillmentState,
    HoldReason,
    SupplierOrderState,
    SurplusState,
)
from fulfillment.queries import dealer_surpluses, dealers, supplier_pages, supply_thread
from fulfillment.reasons import words
from fulfillment.services import dealer_order_steps
from fulfillment.services.dealer_number_quotes import NumberWish
from fulfillment.views.stock.access import labels
from members.actors import SYSTEM
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from . import number_lines
from .access import ORDER_TONES, dealer_page, frame, may

_S = DealerOrderState
SURPLUS_TONES = {
    SurplusState.ASKED: "warn",
    SurplusState.GOING_BACK: "accent",
    SurplusState.KEPT: "ok",
    SurplusState.BACK: "ok",
}


@dealer_page
@require_GET
def one(request, number: str):
    return page(request, number)


def _order(request, number: str) -> DealerOrder:
    found = dealers.orders(request.actor).filter(number=number.upper()).first()
    if found is None:
        raise dealer_order_steps.OrderUnknown(number=number[:32])
    return found


def page(request, number: str, refusal: DomainError | None = None):
    """The order; a refusal of one of its steps stays on it."""
    order = _order(request, number)
    terms = DealerTerms.objects.select_related("dealer", "branch").get(pk=order.dealer_id)
    lines, numbers = list(order.lines.all()), _numbers(order)
    names = labels([line.sku for line in lines])
    allowed = may(request, terms)
    purchases = list(dealers.supplier_orders(request.actor).filter(dealer_order=order))
    standing = dealers.standings([terms.pk], today=clock.today())[terms.pk]
    context = frame(
        request,
        "orders",
        terms,
        order=order,
        tone=ORDER_TONES.get(order.state),
        lines=[(line, names.get(line.sku, line.sku)) for line in lines],
        numbers=numbers,
        short=[shown for _line, shown in numbers if shown.is_short],
        numbers_came=any(line.allotted for line, _shown in numbers),
        waits_for_sales=order.hold_reason == HoldReason.NUMBERS,
        parcels=[_parcel(fo, names, allowed) for fo in dealers.parcels(order)],
        history=_history(order),
        standing=standing,
        lacking=order.amount_fen - standing.free if order.hold_reason == HoldReason.CREDIT else 0,
        steps=_steps(order, allowed, request.actor.user_id),
        may=allowed,
        invoices=order.invoices.order_by("pk"),
        surpluses=[_surplus(each, names, allowed, request) for each in dealer_surpluses.of_order(order)],
        purchases=supply_thread.threads(purchases) if purchases else [],
        expected=supplier_pages.expected_for(order.pk) if order.state == _S.WAITING_GOODS else None,
        under_way=any(each.state == SupplierOrderState.OPEN for each in purchases),
        stuck=FulfillmentDemand.objects.filter(order_number=order.number, state="exception").first(),
        refusal=refusal,
    )
    return render(request, "fulfillment/dealers/order.html", context, status=422 if refusal else 200)


def _numbers(order: DealerOrder) -> list[tuple]:
    """Each line of numbers with its words; while it waits, with how many are free in the pool."""
    lines = {NumberWish(line.province, line.city, line.grade): line for line in order.number_lines.all()}
    wanted = {wish: line.quantity for wish, line in lines.items()}
    waits = order.state in (_S.SUBMITTED, _S.ON_HOLD)
    return [(lines[row.wish], row) for row in number_lines.rows_of(wanted, with_free=waits)]


def _parcel(fo, names: dict[str, str], allowed: dict[str, bool]) -> dict:
    """missing: (article, units, serials) that did not arrive."""
    receipt = getattr(fo, "dealer_receipt", None)
    delivery = getattr(fo, "delivery", None)
    return {
        "fo": fo,
        "units": sum(line.quantity for line in fo.lines.all()),
        "courier": delivery.courier.label if delivery else "",
        "receipt": receipt,
        "missing": [
            (names.get(each.line.sku, each.line.sku), -each.difference, each.missing_serials)
            for each in (receipt.lines.all() if receipt else ())
            if each.difference
        ],
        "to_count": receipt is None and fo.state == FulfillmentState.DELIVERED and allowed["count"],
    }


def _surplus(row, names: dict[str, str], allowed: dict[str, bool], request) -> dict:
    """decide: whether this person may; own: somebody else of the branch must."""
    waits = row.state == SurplusState.ASKED and allowed["decide"]
    own = row.reported_by is not None and row.reported_by == request.actor.user_id
    return {
        "row": row,
        "label": names.get(row.line.sku, row.line.sku),
        "tone": SURPLUS_TONES[row.state],
        "decide": waits and not own,
        "own": waits and own,
        "back": row.state == SurplusState.GOING_BACK and allowed["decide"],
    }


def _history(order: DealerOrder) -> list[dict]:
    return [
        {
            "title": str(event.get_state_display()).capitalize(),
            "at": event.at,
            "who": "" if event.who == SYSTEM.label else event.who,
            "text": _note(event.note),
            "state": "failed" if event.state in (_S.ON_HOLD, _S.REJECTED, _S.CANCELLED) else "done",
        }
        for event in order.events.all()
    ]


def _note(note: str) -> str:
    """A reason to hold in the reader's language; what a person wrote as it is."""
    return str(HoldReason(note).label) if note in HoldReason.values else words(note)


def _steps(order: DealerOrder, allowed: dict[str, bool], user_id: int | None) -> dict[str, bool]:
    """What may be done now. own: the branch must send somebody else to approve it."""
    after = DEALER_ORDER_STEPS.get(order.state, set())
    waits = order.state == _S.SUBMITTED and allowed["decide"]
    return {
        "approve": waits and order.created_by != user_id,
        "own": waits and order.created_by == user_id,
        "reject": _S.REJECTED in after and allowed["decide"],
        "cancel": _S.CANCELLED in after and allowed["order"],
        "check": order.state == _S.ON_HOLD and allowed["order"],
        "wait": order.state == _S.WAITING_GOODS and allowed["decide"],
    }
