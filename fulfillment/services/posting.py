"""A customer's own parcel: agreed on with the order, taken into our hands with its money, given back.

It is a demand without lines and one parcel, packed at once. Its goods are the sender's: nothing is reserved,
no stock moves, no routing looks at it.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import clock, outbox
from omnichannel.kernel.errors import DomainError

from ..events import FulfillmentRouted
from ..models import (
    FulfillmentDemand,
    FulfillmentEvent,
    FulfillmentOrder,
    IdentityPlace,
    Posting,
    Way,
)
from ..models.demands import DemandState, FulfillmentState
from ..models.postings import BACK
from ..values import Demand, Posted
from . import identity_proof, tracking_news
from .reservation import HoldLapsed
from .workplaces import parcel


class NotBack(DomainError):
    code = "posting_not_back"
    message = _("Parcel %(parcel)s is “%(state)s”: it is not here to be given back.")


class GivenBackBefore(DomainError):
    code = "posting_given_back"
    message = _("The sender has parcel %(parcel)s back already.")


class SenderUnproven(DomainError):
    code = "posting_sender_unproven"
    message = _(
        "Identity is not proven, and today nobody can try again: parcel %(parcel)s stays here. Try tomorrow,"
        " or call customer service, who may let you give it out."
    )


class NotPosted(DomainError):
    code = "parcel_not_posted"
    message = _("Parcel %(parcel)s belongs to an order of ours; its goods go back to the shelf.")


def hold(*, demand: Demand, posted: Posted, line_id: int, expires_at: datetime, now: datetime) -> None:
    """What was agreed, waiting for its money; in the transaction that places the order."""
    row = FulfillmentDemand.objects.create(
        order_number=demand.order_number,
        channel=demand.channel,
        way=Way.SHIP,
        state=DemandState.HELD,
        wish=demand.as_dict(),
        expires_at=expires_at,
        placed_at=demand.placed_at,
        changed_at=now,
    )
    measures, postage = posted.measures, posted.postage
    Posting.objects.create(
        demand=row,
        store_id=posted.store_id,
        line_id=line_id,
        sender_identity_id=posted.sender_identity_id,
        contents=posted.contents,
        weight_g=measures.weight_g,
        length_cm=measures.length_cm,
        width_cm=measures.width_cm,
        height_cm=measures.height_cm,
        billed_g=postage.billed_g,
        declared_fen=posted.declared_fen,
        rate_id=postage.rate_id,
        postage_fen=postage.postage_fen,
        freight_fen=postage.freight_fen,
        transit_days=postage.transit_days,
        inspected_by=posted.inspected_by[:80],
        posted_at=now,
    )


@transaction.atomic(savepoint=False)
def accept(*, order_number: str, actor: Actor, now: datetime) -> FulfillmentOrder | None:
    """The postage is paid: the parcel is ours to carry, packed. None when it was before.

    Raises HoldLapsed where the order ended unpaid first.
    """
    row = FulfillmentDemand.objects.select_for_update().get(order_number=order_number)
    if row.state in (DemandState.RELEASED, DemandState.CANCELLED):
        raise HoldLapsed(order_number=order_number)
    if row.state != DemandState.HELD:
        return None
    posting = Posting.objects.select_related("rate").get(demand=row)
    Posting.objects.filter(pk=posting.pk).update(accepted_at=now)
    row.state, row.changed_at, row.expires_at = DemandState.ROUTED, now, None
    row.promised_on = _promised(posting, now)
    row.save(update_fields=["state", "changed_at", "expires_at", "promised_on"])
    fo = _parcel(row, posting, now)
    FulfillmentEvent.objects.create(fulfillment=fo, state=fo.state, who=actor.label[:80], at=now)
    outbox.publish(FulfillmentRouted(fo.pk, order_number, fo.location_id))
    tracking_news.tell_accepted(fo, now=now)
    return fo


def _promised(posting: Posting, now: datetime) -> date:
    return clock.local_day(now) + timedelta(days=posting.rate.days)


def _parcel(row: FulfillmentDemand, posting: Posting, now: datetime) -> FulfillmentOrder:
    """It uses nothing of its store's day: nobody picks or packs it."""
    return FulfillmentOrder.objects.create(
        code=f"{row.order_number}-1",
        demand=row,
        location_id=posting.store_id,
        way=Way.SHIP,
        state=FulfillmentState.PACKED,
        weight_g=posting.weight_g,
        packed_g=posting.weight_g,
        freight_fen=posting.freight_fen,
        transit_days=posting.transit_days,
        created_at=now,
        changed_at=now,
    )


def give_back(
    *, actor: Actor, location_id: int, code: str, name: str, id_tail: str, now: datetime, seen: str = ""
) -> Posting:
    """What came back, or was called off here, is with its sender again, whose ID card the clerk compared.

    An attempt that failed stays on record. Raises ParcelNotHere, NotPosted, NotBack, GivenBackBefore,
    identity_proof.SeenInvalid, IdentityDiffers, and SenderUnproven after as many wrong ones in a day as
    at a door.
    """
    identity_proof.must_be_known(seen)
    with transaction.atomic():
        fo = parcel(actor, code, location_id=location_id)
        posting = waiting_here(fo)
        left = identity_proof.tries_left(fo, since=clock.day_bounds(clock.local_day(now))[0])
        outcome = ""
        if left > 0:
            outcome = identity_proof.record(
                fo, posting.sender_identity_id, name=name, id_tail=id_tail, seen=seen,
                place=IdentityPlace.COUNTER, actor=actor, now=now,
            )  # fmt: skip
        if outcome == identity_proof.IdentityOutcome.PASSED:
            end(posting, actor=actor, now=now)
    if outcome != identity_proof.IdentityOutcome.PASSED and left <= 1:
        raise SenderUnproven(parcel=fo.code)
    identity_proof.must_have_passed(outcome, left - 1)
    return posting


def end(posting: Posting, *, actor: Actor, now: datetime) -> None:
    """A locked one is in its sender's hands again."""
    posting.collected_at, posting.given_back_by = now, actor.label[:80]
    posting.save(update_fields=["collected_at", "given_back_by"])


def waiting_here(fo: FulfillmentOrder) -> Posting:
    """What lies in its store for its sender, locked after its parcel. Raises NotPosted, NotBack,
    GivenBackBefore."""
    posting = Posting.objects.select_for_update(of=("self",)).filter(demand=fo.demand_id).first()
    if posting is None:
        raise NotPosted(parcel=fo.code)
    if fo.state not in BACK:
        raise NotBack(parcel=fo.code, state=str(fo.get_state_display()))
    if posting.collected_at is not None:
        raise GivenBackBefore(parcel=fo.code)
    return posting
