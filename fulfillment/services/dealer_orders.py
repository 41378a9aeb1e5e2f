"""A dealer orders on credit, or calls an order off; its branch approves (dealer_approval)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from ..models import (
    DealerOrder,
    DealerOrderLine,
    DealerOrderState,
    DealerTerms,
    ReplenishmentProposal,
    ReplenishmentState,
)
from ..values import SUPPLY_NUMBER
from . import cancellation
from .dealer_credit import locked_terms, must_work_for, objection, standing_of, works_for
from .dealer_order_steps import OrderUnknown, ReasonMissing, locked_order, move, must_reach, tell
from .dealer_quotes import quote


class PriceChanged(DomainError):
    code = "price_changed"
    message = _("Prices have changed since this page was shown. Look at the sum again and confirm it.")


@transaction.atomic
def place(
    *, actor: Actor, dealer_id: int, wanted: Mapping[str, int], shown_total: int, key: str, now: datetime
) -> DealerOrder:
    """A purchase order; what the credit does not cover waits on hold. Sums in fen.

    `key` is the form's: the same form again is the same order. Raises DealerUnknown, PriceChanged, and
    what quote raises. The terms' lock lets one order at a time see what credit is left.
    """
    terms = locked_terms(dealer_id)
    must_work_for(actor, terms)
    known = DealerOrder.objects.filter(dealer_id=dealer_id, key=key).first()
    if known is not None:
        return known
    lines = quote(dealer_id, wanted, now=now)
    total = sum(units * price for units, price in lines.values())
    if total != shown_total:
        raise PriceChanged(total=total)
    why = objection(standing_of(dealer_id, now=now), total)
    return _write(terms, lines, total, why, key, actor, now)


def _write(terms: DealerTerms, lines, total: int, why: str, key: str, actor: Actor, now) -> DealerOrder:
    order = DealerOrder.objects.create(
        dealer_id=terms.pk,
        branch_id=terms.branch_id,
        state=DealerOrderState.ON_HOLD if why else DealerOrderState.SUBMITTED,
        hold_reason=why,
        amount_fen=total,
        key=key,
        created_by=actor.user_id,
        created_by_name=actor.label[:80],
        created_at=now,
        changed_at=now,
    )
    order.number = f"{SUPPLY_NUMBER}{clock.local_day(now):%y%m%d}{order.pk:06d}"
    order.save(update_fields=["number"])
    DealerOrderLine.objects.bulk_create(
        DealerOrderLine(order=order, sku=sku, quantity=units, unit_fen=price)
        for sku, (units, price) in sorted(lines.items())
    )
    # What is on order is not proposed any more, whichever form it came by.
    proposals = ReplenishmentProposal.objects.filter(dealer=terms.pk, sku__in=lines)
    proposals.filter(state=ReplenishmentState.OPEN).update(state=ReplenishmentState.ORDERED, order=order)
    tell(order, actor, why, now)
    return order


@transaction.atomic
def cancel(*, actor: Actor, number: str, reason: str, now: datetime) -> DealerOrder:
    """The dealer or its branch lets go of an order whose goods have not left.

    Raises OrderUnknown, OrderWrongState, ReasonMissing, cancellation.TooLate.
    """
    order = locked_order(number)
    if not works_for(actor, locked_terms(order.dealer_id)):
        raise OrderUnknown(number=number)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    must_reach(order, DealerOrderState.CANCELLED)
    if order.state == DealerOrderState.APPROVED:
        cancellation.cancel(order_number=order.number, actor=actor, reason=reason.strip(), now=now)
    order.lines.update(dropped=F("quantity") - F("received"))
    move(order, DealerOrderState.CANCELLED, actor=actor, note=reason, now=now)
    return order
