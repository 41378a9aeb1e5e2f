"""Parcels that stand still: longer in their state than data or settings allow, the longest first."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    DateTimeField,
    DurationField,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from fulfillment.models import (
    CourierEvent,
    FulfillmentOrder,
    FulfillmentState,
    RefusedUnits,
    StandstillLimit,
)
from fulfillment.models.demands import IN_HOUSE, OUTSIDE
from members.actors import Actor
from omnichannel.kernel import clock

READERS = ("operator", "auditor")
# Of a parcel that was delivered in part: the units not taken are still on their way back.
UNITS_OUT = "delivered"
UNITS_OUT_LABEL = _("refused units not back")
WATCHED = (*IN_HOUSE, *OUTSIDE)


class _Hours(Func):
    """So many hours as an interval."""

    template = "make_interval(hours => (%(expressions)s)::int)"
    output_field = DurationField()


class _EndOfDay(Func):
    """The first moment after a day in Shanghai."""

    template = "((%(expressions)s + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')"
    output_field = DateTimeField()


@dataclass(frozen=True)
class Group:
    """Parcels that stand still in one state."""

    state: str
    label: str
    count: int


def hours_of(state: str) -> int:
    """Where no row says otherwise."""
    return settings.STANDSTILL_HOURS[state]


def counted(rows: QuerySet[FulfillmentOrder]) -> QuerySet[FulfillmentOrder]:
    """Each with `since` (its state, the courier's last news, the day it was due) and `until`: instants."""
    own = StandstillLimit.objects.filter(state=OuterRef("state"))
    usual = Case(
        *(When(state=state, then=Value(hours)) for state, hours in settings.STANDSTILL_HOURS.items()),
        default=Value(settings.STANDSTILL_HOURS[UNITS_OUT]),
        output_field=IntegerField(),
    )
    hours = Coalesce(
        Subquery(own.filter(location=OuterRef("location")).values("hours")[:1]),
        Subquery(own.filter(location=None).values("hours")[:1]),
        usual,
    )
    news = CourierEvent.objects.filter(fulfillment=OuterRef("pk")).order_by().values("fulfillment")
    due = Case(
        When(state__in=OUTSIDE, delivery__finished_at=None, then=_EndOfDay(F("delivery__due_on"))),
        output_field=DateTimeField(),
    )
    # Greatest passes over what is not known.
    since = Greatest(F("changed_at"), due, Subquery(news.annotate(last=Max("received_at")).values("last")))
    return rows.annotate(since=since, limit_hours=hours).annotate(until=F("since") + _Hours(F("limit_hours")))


def deadline_of(fo: FulfillmentOrder) -> datetime:
    """Until when it may stay as it is; for goods at a counter the customer's deadline."""
    return counted(FulfillmentOrder.objects.filter(pk=fo.pk)).values_list("until", flat=True).get()


def _watched() -> QuerySet[FulfillmentOrder]:
    """What is on its way, and those few delivered parcels whose refused units are.

    The latter are looked up first: as a sub-query beside OR they make the database read every parcel and
    every delivery there ever was.
    """
    out = RefusedUnits.objects.filter(returned_at=None).values_list("delivery__fulfillment", flat=True)
    delivered = Q(pk__in=set(out), state=FulfillmentState.DELIVERED)
    return FulfillmentOrder.objects.filter(Q(state__in=WATCHED) | delivered)


def overdue(*, now: datetime) -> QuerySet[FulfillmentOrder]:
    """All that stand still."""
    return counted(_watched()).filter(until__lt=now)


def standing(
    actor: Actor, *, now: datetime, state: str = "", place: str = "", text: str = ""
) -> QuerySet[FulfillmentOrder]:
    """For a paginator, what is longest over its time first. Raises NotAllowed."""
    actor.must_have(*READERS)
    rows = overdue(now=now)
    if state:
        rows = rows.filter(state=state)
    if place:
        rows = rows.filter(location__code=place)
    if text:
        named = Q(code__icontains=text) | Q(delivery__waybill__iexact=text)
        who = Q(location__name__icontains=text) | Q(location__name_en__icontains=text)
        courier = Q(delivery__courier__name__icontains=text) | Q(delivery__courier__name_en__icontains=text)
        rows = rows.filter(named | who | courier)
    related = rows.select_related("location", "demand", "delivery__courier")
    return related.order_by("until", "pk")


def groups(actor: Actor, *, now: datetime) -> list[Group]:
    """How many stand still in each state, in the order of a parcel's way. Raises NotAllowed."""
    actor.must_have(*READERS)
    found = overdue(now=now).order_by().values_list("state")
    counts = dict(found.annotate(count=Count("pk")))
    states = (*WATCHED, FulfillmentState.DELIVERED)
    return [Group(state, label(state), counts[state]) for state in states if counts.get(state)]


def label(state: str) -> str:
    if state == UNITS_OUT:
        return str(UNITS_OUT_LABEL)
    return str(FulfillmentState(state).label)


def one(actor: Actor, code: str) -> FulfillmentOrder | None:
    """A parcel with `since` and `until`, whether it stands still or not. Raises NotAllowed."""
    actor.must_have(*READERS)
    rows = counted(FulfillmentOrder.objects.filter(code=code.strip().upper()))
    return rows.select_related("location", "demand", "via", "delivery__courier").first()


def units_are_out(fo: FulfillmentOrder) -> bool:
    return RefusedUnits.objects.filter(delivery__fulfillment=fo, returned_at=None).exists()


def days_over(fo: FulfillmentOrder, *, now: datetime) -> int:
    """Whole days beyond its limit, in Shanghai's calendar."""
    return (clock.local_day(now) - clock.local_day(fo.until)).days
