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
    DealerNumberLine,
    DealerOrder,
    DealerOrderLine,
    DealerOrderState,
    DealerTerms,
    ReplenishmentProposal,
    ReplenishmentState,
)
from ..values import SUPPLY_NUMBER
from . import cancellation
from .dealer_credit import locked_terms, must_work_for, works_for
from .dealer_number_quotes import NumberWish
from .dealer_order_steps import OrderUnknown, locked_order, move, must_reach, tell
from .dealer_review import Review, look
from .wrong_input import ReasonMissing


class PriceChanged(DomainError):
    code = "price_changed"
    message = _("Prices have changed since this page was shown. Look at the sum again and confirm it.")


@transaction.atomic
def place(
    *,
    actor: Actor,
    dealer_id: int,
    wanted: Mapping[str, int],
    shown_total: int,
    key: str,
    now: datetime,
    numbers: Mapping[NumberWish, int] | None = None,
) -> DealerOrder:
    """A purchase order of goods, telephone numbers or both; sums in fen.

    What the credit, or the number of unsold numbers agreed, does not cover waits on hold. `key` is the
    form's: the same form again is the same order. Raises DealerUnknown, PriceChanged, and what look() raises.
    The terms' lock lets one order at a time see what is left.
    """
    terms = locked_terms(dealer_id)
    must_work_for(actor, terms)
    known = DealerOrder.objects.filter(dealer_id=dealer_id, key=key).first()
    if known is not None:
        return known
    numbers = numbers or {}
    found = look(terms, wanted, numbers, now=now)
    if found.total != shown_total:
        raise PriceChanged(total=found.total)
    return _write(terms, found, numbers, key, actor, now)


def _write(
    terms: DealerTerms,
    found: Review,
    numbers: Mapping[NumberWish, int],
    key: str,
    actor: Actor,
    now: datetime,
) -> DealerOrder:
    order = DealerOrder.objects.create(
        dealer_id=terms.pk,
        branch_id=terms.branch_id,
        state=DealerOrderState.ON_HOLD if found.why else DealerOrderState.SUBMITTED,
        hold_reason=found.why,
        amount_fen=found.total,
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
        for sku, (units, price) in sorted(found.lines.items())
    )
    DealerNumberLine.objects.bulk_create(
        DealerNumberLine(
            order=order, province=wish.province, city=wish.city, grade=wish.grade, quantity=units
        )
        for wish, units in sorted(numbers.items())
    )
    # What is on order is not proposed any more, whichever form it came by.
    proposals = ReplenishmentProposal.objects.filter(dealer=terms.pk, sku__in=found.lines)
    proposals.filter(state=ReplenishmentState.OPEN).update(state=ReplenishmentState.ORDERED, order=order)
    tell(order, actor, found.why, now)
    return order


@transaction.atomic
def cancel(*, actor: Actor, number: str, reason: str, now: datetime) -> DealerOrder:
    """The dealer or its branch lets go of an order whose goods have not left.

    Numbers that came stay with the dealer, and such an order ends as received. Raises OrderUnknown,
    OrderWrongState, ReasonMissing, cancellation.TooLate.
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
    order.number_lines.update(dropped=F("quantity") - F("allotted"))
    came = order.number_lines.filter(allotted__gt=0).exists()
    ends_as = DealerOrderState.DONE if came else DealerOrderState.CANCELLED
    move(order, ends_as, actor=actor, note=reason, now=now)
    return order
