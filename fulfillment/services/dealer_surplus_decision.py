"""The branch decides about a surplus: the dealer keeps it and is invoiced, or it goes back to the sender.

From transit the units go to the dealer's shelf with an invoice, or back to the sender's.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, NotYours
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError

from ..events import DealerSurplusDecided
from ..models import (
    DealerSurplus,
    DealerTerms,
    FulfillmentOrder,
    HoldReason,
    SerialEventKind,
    SerialState,
    SurplusState,
)
from ..queries.dealers import HOUSE
from . import dealer_invoices
from .dealer_credit import at_branch, locked_terms, objection, standing_of
from .dealer_surplus_moves import BACK, KEPT, book, turn


class SurplusUnknown(NotYours):
    code = "surplus_unknown"
    message = _("There is no such surplus at a dealer of yours.")


class SurplusDecided(DomainError):
    code = "surplus_decided"
    message = _("This surplus is “%(state)s” already.")


class OwnSurplus(DomainError):
    code = "surplus_own"
    message = _("You reported it yourself: somebody else of the branch decides.")


class SurplusBeyondCredit(DomainError):
    code = "surplus_beyond_credit"
    message = _("It cannot be invoiced: %(why)s. Let it come back.")


@transaction.atomic
def decide(*, actor: Actor, surplus_id: int, keep: bool, note: str = "", now: datetime) -> DealerSurplus:
    """The dealer keeps the units and is invoiced at the order's price, or sends them back.

    Raises SurplusUnknown, SurplusDecided, OwnSurplus, SurplusBeyondCredit.
    """
    terms = _locked_terms_of(surplus_id)
    if not at_branch(actor, terms):
        raise SurplusUnknown()
    row = _locked(surplus_id, SurplusState.ASKED)
    if row.reported_by is not None and row.reported_by == actor.user_id:
        raise OwnSurplus()
    row.decided_by, row.decided_by_name, row.decided_at = actor.user_id, actor.label[:80], now
    row.note, row.state = note.strip()[:160], SurplusState.KEPT if keep else SurplusState.GOING_BACK
    if keep:
        _keep(row, terms.pk, actor, now)
    row.save()
    outbox.publish(
        DealerSurplusDecided(
            surplus_id=row.pk,
            order_number=row.receipt.order.number,
            dealer_id=terms.pk,
            sku=row.line.sku,
            units=row.units,
            kept=keep,
            occurred_at=now.isoformat(),
        )
    )
    return row


def _keep(row: DealerSurplus, dealer_id: int, actor: Actor, now: datetime) -> None:
    amount = row.units * row.line.unit_fen
    why = objection(standing_of(dealer_id, now=now), amount)
    if why:
        raise SurplusBeyondCredit(why=str(HoldReason(why).label))
    book(row, row.line.sku, dealer_id, row.units, KEPT, now)
    turn(row, SerialState.FREE, dealer_id, SerialEventKind.AT_DEALER, actor, now)
    row.invoice = dealer_invoices.issue_amount(row.receipt.order, amount, now=now)


@transaction.atomic
def take_back(*, actor: Actor, surplus_id: int, now: datetime) -> DealerSurplus:
    """The units are on the sender's shelf again. For its people and the branch.

    Raises SurplusUnknown, SurplusDecided.
    """
    terms = _locked_terms_of(surplus_id)
    row = _locked(surplus_id, SurplusState.GOING_BACK)
    fo = FulfillmentOrder.objects.select_related("location").get(pk=row.receipt.fulfillment_id)
    if not may_take_back(actor, terms, fo.location.path):
        raise SurplusUnknown()
    row.state, row.back_by, row.back_at = SurplusState.BACK, actor.label[:80], now
    row.save(update_fields=["state", "back_by", "back_at"])
    book(row, row.line.sku, fo.location_id, row.units, BACK, now)
    turn(row, SerialState.FREE, fo.location_id, SerialEventKind.CAME_BACK, actor, now)
    return row


def may_take_back(actor: Actor, terms: DealerTerms, sender_path: str) -> bool:
    return any(actor.can(role, sender_path) for role in HOUSE) or at_branch(actor, terms)


def _locked_terms_of(surplus_id: int) -> DealerTerms:
    """A surplus is locked after the terms of its dealer. Raises SurplusUnknown."""
    rows = DealerSurplus.objects.filter(pk=surplus_id)
    dealer_id = rows.values_list("receipt__order__dealer_id", flat=True).first()
    if dealer_id is None:
        raise SurplusUnknown()
    return locked_terms(dealer_id)


def _locked(surplus_id: int, state: str) -> DealerSurplus:
    rows = DealerSurplus.objects.select_for_update(of=("self",))
    row = rows.select_related("receipt__order", "line").filter(pk=surplus_id).first()
    if row is None:
        raise SurplusUnknown()
    if row.state != state:
        raise SurplusDecided(state=str(row.get_state_display()))
    return row
