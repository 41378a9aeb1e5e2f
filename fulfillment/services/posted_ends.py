"""Posted parcels that no counter can end: an operator does, with a reason that stays on record.

One that was given up as lost turns up; one that lies in its store goes to a sender who cannot prove to be it,
or to whoever has a right to it. What became of the postage stays as it is.
"""

from datetime import datetime

from django.db import transaction

from members.actors import Actor

from ..models import Delivery, FulfillmentOrder, FulfillmentState, StandstillTool
from ..models.demands import FOUND
from . import posting, steps, tracking_news
from .standstill import record, taken_on, wrong_tool

FOUND_AGAIN = "found_again"


@transaction.atomic
def found(*, code: str, reason: str, actor: Actor, now: datetime) -> FulfillmentOrder:
    """A posted parcel lies in its store though it was given up as lost; its sender hears that it waits.

    Raises NotAllowed, WhyMissing, ParcelUnknown, NotThisTool for anything else.
    """
    fo = taken_on(code, reason, actor)
    before, after = FOUND
    if fo.state != before or not fo.is_posted:
        raise wrong_tool(fo)
    steps.advance(fo, after, now=now, actor=actor, note=FOUND_AGAIN)
    Delivery.objects.filter(fulfillment=fo).update(returned_at=now)
    tracking_news.tell_back(fo, now=now)
    return record(fo, StandstillTool.FOUND, FulfillmentState.LOST, reason, actor=actor, now=now)


@transaction.atomic
def give_back(*, code: str, reason: str, actor: Actor, now: datetime) -> FulfillmentOrder:
    """A posted parcel that waits in its store is given to whom `reason` names, without the ID card.

    Raises NotAllowed, WhyMissing, ParcelUnknown, posting.NotPosted, NotBack, GivenBackBefore.
    """
    fo = taken_on(code, reason, actor)
    posting.end(posting.waiting_here(fo), actor=actor, now=now)
    return record(fo, StandstillTool.GIVEN_BACK, fo.state, reason, actor=actor, now=now)
