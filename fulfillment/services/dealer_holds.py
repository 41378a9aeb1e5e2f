"""Orders on hold go on when the credit covers them, the oldest first."""

from datetime import datetime

from django.db import transaction

from members.actors import SYSTEM, Actor

from ..models import DealerOrder, DealerOrderState, DealerTerms, HoldReason
from . import dealer_number_limit, dealer_waiting
from .dealer_credit import locked_terms, standing_of
from .dealer_order_steps import move, readable
from .dealer_review import why_wait

LOOKED_AT = (DealerOrderState.ON_HOLD, DealerOrderState.WAITING_GOODS)


@transaction.atomic
def release_holds(*, dealer_id: int, now: datetime, actor: Actor = SYSTEM) -> list[DealerOrder]:
    """Orders on hold that credit and numbers agreed cover by now go to their branch, the oldest first."""
    rows = DealerOrder.objects.select_for_update().filter(dealer_id=dealer_id)
    held = list(rows.filter(state=DealerOrderState.ON_HOLD).order_by("pk"))
    terms = locked_terms(dealer_id)
    released = []
    for order in held:
        why = _why_wait(terms, order, now)
        if why:
            order.hold_reason = why
            order.save(update_fields=["hold_reason"])
        else:
            order.hold_reason = ""
            move(order, DealerOrderState.SUBMITTED, actor=actor, now=now)
            released.append(order)
    return released


def _why_wait(terms: DealerTerms, order: DealerOrder, now: datetime) -> str:
    units = sum(line.quantity for line in order.number_lines.all())
    standing, number_standing = standing_of(terms.pk, now=now), dealer_number_limit.standing_of(terms)
    return why_wait(standing, number_standing, order.amount_fen, units)


def release_number_holds(*, now: datetime) -> int:
    """Dealers sold numbers, so orders that waited for that go on; returns how many. Each dealer apart."""
    waiting = DealerOrder.objects.filter(state=DealerOrderState.ON_HOLD, hold_reason=HoldReason.NUMBERS)
    dealers = sorted(set(waiting.order_by().values_list("dealer_id", flat=True)))
    return sum(len(release_holds(dealer_id=dealer_id, now=now)) for dealer_id in dealers)


@transaction.atomic
def look_again(*, dealer_id: int, now: datetime) -> None:
    """Less credit is used, or the terms are others: held orders go to their branch, waiting ones go out.

    In one transaction, so all these orders are locked before the terms.
    """
    open_ones = DealerOrder.objects.filter(dealer_id=dealer_id, state__in=LOOKED_AT).order_by("pk")
    list(open_ones.select_for_update().values_list("pk", flat=True))
    release_holds(dealer_id=dealer_id, now=now)
    dealer_waiting.try_again(dealer_id=dealer_id, now=now)


@transaction.atomic
def check_again(*, actor: Actor, number: str, now: datetime) -> DealerOrder:
    """Ask once more whether an order on hold must wait. Raises OrderUnknown."""
    order = readable(actor, number)
    release_holds(dealer_id=order.dealer_id, actor=actor, now=now)
    order.refresh_from_db()
    return order
