"""Goods do not wait at a counter for ever: the customer is reminded, then they go back to the shelf."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import FulfillmentOrder, FulfillmentState, StandstillDecision, StandstillTool
from fulfillment.queries import standstill as limits
from fulfillment.services import cancellation, pickup
from fulfillment.services.standstill import NotThisTool, record, taken_on
from members.actors import SYSTEM, Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, TooMany

NOT_COLLECTED, BY_ITSELF = "not_collected", "pickup_reminder"
SWEEP = 200
DAY = timedelta(days=1)


class StillInTime(DomainError):
    code = "pickup_still_in_time"
    message = _("The customer has until %(until)s to collect parcel %(parcel)s.")


class RemindedToday(TooMany):
    code = "pickup_reminded_today"
    message = _("The customer was reminded of parcel %(parcel)s less than a day ago.")


@transaction.atomic
def remind(*, code: str, reason: str, actor: Actor, now: datetime) -> FulfillmentOrder:
    """The customer hears once more that the goods wait, and until when. Once a day.

    Raises NotAllowed, WhyMissing, ParcelUnknown, NotThisTool, RemindedToday.
    """
    fo = _waiting(code, reason, actor)
    if _reminders(fo).filter(at__gt=now - DAY).exists():
        raise RemindedToday(parcel=fo.code, retry_after=int(DAY.total_seconds()))
    return _remind(fo, reason, actor, now)


@transaction.atomic
def back_to_shelf(*, code: str, reason: str, actor: Actor, now: datetime) -> FulfillmentOrder:
    """Nobody came in time: the order is called off, what was paid goes back, the goods are free to sell.

    Raises StillInTime before the deadline of its location, cancellation.TooLate when another parcel of the
    order was collected, and as remind() does.
    """
    fo = _waiting(code, reason, actor)
    until = limits.deadline_of(fo)
    if now < until:
        raise StillInTime(parcel=fo.code, until=until.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M"))
    cancellation.cancel(order_number=fo.demand.order_number, actor=actor, reason=NOT_COLLECTED, now=now)
    return record(fo, StandstillTool.SHELVED, FulfillmentState.READY_FOR_PICKUP, reason, actor=actor, now=now)


def remind_due(*, now: datetime) -> int:
    """Remind every customer once, PICKUP_REMIND_HOURS before the deadline; returns how many.

    Any number of sweepers may run.
    """
    before = timedelta(hours=settings.PICKUP_REMIND_HOURS)
    rows = limits.counted(FulfillmentOrder.objects.filter(state=FulfillmentState.READY_FOR_PICKUP))
    reminded = StandstillDecision.objects.filter(tool=StandstillTool.REMINDED).values("fulfillment")
    due = rows.filter(until__lte=now + before).exclude(pk__in=reminded).order_by("pk")
    return sum(_remind_one(pk, now) for pk in list(due.values_list("pk", flat=True)[:SWEEP]))


@transaction.atomic
def _remind_one(pk: int, now: datetime) -> int:
    rows = FulfillmentOrder.objects.select_for_update(of=("self",), skip_locked=True)
    waiting = rows.select_related("demand", "location").filter(pk=pk, state=FulfillmentState.READY_FOR_PICKUP)
    fo = waiting.first()
    if fo is None or _reminders(fo).exists():
        return 0
    _remind(fo, BY_ITSELF, SYSTEM, now)
    return 1


def _waiting(code: str, reason: str, actor: Actor) -> FulfillmentOrder:
    fo = taken_on(code, reason, actor)
    if fo.state != FulfillmentState.READY_FOR_PICKUP:
        raise NotThisTool(parcel=fo.code, state=str(fo.get_state_display()))
    return fo


def _reminders(fo: FulfillmentOrder):
    return StandstillDecision.objects.filter(fulfillment=fo, tool=StandstillTool.REMINDED)


def _remind(fo: FulfillmentOrder, reason: str, actor: Actor, now: datetime) -> FulfillmentOrder:
    until = limits.deadline_of(fo).astimezone(clock.SHANGHAI).date()
    wording = _("Order %(order)s waits for you at %(store)s until %(day)s.")
    pickup.tell(fo, wording, now=now, day=until.isoformat())
    return record(fo, StandstillTool.REMINDED, fo.state, reason, actor=actor, now=now)
