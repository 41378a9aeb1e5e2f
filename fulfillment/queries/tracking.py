"""Where a parcel is: its story with the courier's news, and the places it passed, for a map."""

import hmac
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fulfillment.models import (
    CourierEvent,
    CourierPosition,
    Delivery,
    DoorVisit,
    EventKind,
    EventOutcome,
    FulfillmentOrder,
    FulfillmentState,
    Way,
)
from fulfillment.models.demands import ARRIVED, GIVEN_UP
from fulfillment.queries import next_visit
from fulfillment.queries.progress import TrackingEvent, events_of, meaning_of, words
from members.place_names import place_name
from members.queries import PlaceUnknown, locate
from omnichannel.kernel import clock
from omnichannel.kernel.errors import NotFound
from omnichannel.kernel.secrets import lookup

_S = FulfillmentState
ENDED = (*ARRIVED, *GIVEN_UP)
SEAL_LENGTH = 20
# How couriers call a hub: "苏州分拨中心".
SORTING_CENTRE = "分拨中心"


class ParcelUntraceable(NotFound):
    code = "parcel_unknown"
    message = gettext_lazy("We could not find this parcel. Check the number.")


@dataclass(frozen=True)
class Waypoint:
    """A place on the way: kind is source, hub, van or goal. Degrees."""

    kind: str
    latitude: float
    longitude: float
    label: str
    at: datetime | None = None


@dataclass(frozen=True)
class Track:
    """One parcel as its receiver follows it; `refused` counts units that were not taken."""

    code: str
    order_number: str
    state: str
    state_label: str
    courier: str
    waybill: str
    due_on: date | None
    events: tuple[TrackingEvent, ...]
    waypoints: tuple[Waypoint, ...]
    refused: int
    way: str
    location: str
    promised_on: date | None
    today: date
    in_vain: int = 0  # visits
    days: tuple[date, ...] = ()  # from which the next visit may be chosen
    is_posted: bool = False  # its sender is the order's customer

    @property
    def is_live(self) -> bool:
        return self.state not in ENDED

    @property
    def is_unseen(self) -> bool:
        """On a van whose place nobody tells."""
        return self.state == _S.OUT_FOR_DELIVERY and all(point.kind != "van" for point in self.waypoints)

    @property
    def lateness(self) -> str:
        """overdue: the expected day is over; delayed: it is expected after the promised day though nobody
        came in vain; else ""."""
        if not self.is_live or self.state == _S.READY_FOR_PICKUP:
            return ""
        expected = self.due_on or self.promised_on
        if expected and expected < self.today:
            return "overdue"
        late = self.due_on and self.promised_on and self.promised_on < self.due_on
        return "delayed" if late and not self.in_vain else ""


def seal_of(code: str) -> str:
    """What stands in the link of a text message: who has it may follow this parcel, and nothing else."""
    return lookup(code, context="tracking")[:SEAL_LENGTH]


def link_of(code: str) -> str:
    """The address for a text message."""
    return settings.PUBLIC_URL + reverse("orders:track-guest", args=[code, seal_of(code)])


def is_sealed(code: str, seal: str) -> bool:
    return hmac.compare_digest(seal_of(code).encode(), seal.encode())


def code_for(parcel: str, phone_tail: str, *, of_receiver: bool = False) -> str:
    """The code of a parcel (or of a courier's waybill) whose receiver's or sender's phone ends so.

    of_receiver: a posted parcel's sender does not count. Raises ParcelUntraceable for a wrong number and for
    a wrong phone alike.
    """
    text = parcel.strip().upper()
    found = FulfillmentOrder.objects.live().filter(code=text).select_related("demand").first()
    if found is None and text:
        delivery = Delivery.objects.filter(waybill=text).select_related("fulfillment__demand").first()
        found = delivery.fulfillment if delivery else None
    if found is None or len(phone_tail) != 4 or phone_tail not in _tails(found, of_receiver):
        raise ParcelUntraceable()
    return found.code


def _tails(fo: FulfillmentOrder, of_receiver: bool) -> set[str]:
    wish = fo.demand.wish
    phones = [(wish.get("destination") or {}).get("phone", "")]
    if not (of_receiver and fo.is_posted):
        phones.append(wish.get("contact_phone", ""))
    return {phone[-4:] for phone in phones if phone}


def of_parcel(code: str, *, exact: bool, now: datetime) -> Track:
    """The track; `exact` for the receiver's own page, else the goal is the middle of its district.

    Eight queries. Raises ParcelUntraceable.
    """
    rows = FulfillmentOrder.objects.select_related("demand", "location", "via").prefetch_related("events")
    fo = rows.filter(code=code).first()
    if fo is None:
        raise ParcelUntraceable()
    delivery = Delivery.objects.filter(fulfillment=fo).select_related("courier", "fulfillment").first()
    news = CourierEvent.objects.filter(
        fulfillment=fo, outcome__in=(EventOutcome.APPLIED, EventOutcome.NOTED)
    ).order_by("occurred_at", "pk")
    news = list(news)
    vain = next_visit.in_vain(delivery) if delivery else []
    return Track(
        code=fo.code,
        order_number=fo.demand.order_number,
        state=fo.state,
        state_label=meaning_of(fo).get(fo.state) or capfirst(fo.get_state_display()),
        courier=delivery.courier.label if delivery else "",
        waybill=delivery.waybill if delivery else "",
        due_on=delivery.due_on if delivery and not delivery.finished_at else None,
        events=_story(fo, news, _of_visits(delivery, vain)),
        waypoints=_waypoints(fo, delivery, news, exact=exact, now=now),
        refused=sum(row.quantity for row in delivery.refused_units.all()) if delivery else 0,
        way=fo.way,
        location=fo.location.label,
        promised_on=_promised(fo),
        today=clock.local_day(now),
        in_vain=len(vain),
        days=next_visit.days(delivery, vain, now=now) if delivery else (),
        is_posted=fo.is_posted,
    )


def _promised(fo: FulfillmentOrder) -> date | None:
    """The day that the customer was told: by the routing, or with the order."""
    wished = fo.demand.wish.get("promised_on")
    return fo.demand.promised_on or (date.fromisoformat(wished) if wished else None)


def _story(fo: FulfillmentOrder, news: list[CourierEvent], visits: list[TrackingEvent]) -> tuple:
    """Our own steps, the courier's scans and visits in vain, in the order of time; what is to come last."""
    told, ahead = _own_steps(fo, rounds_told=any(e.kind == EventKind.OUT_FOR_DELIVERY for e in news))
    told += [_of_news(event) for event in news if event.kind in _scans()]
    told += visits
    story = sorted(told, key=lambda event: event.at)
    if story and ahead and story[-1].state == "done":
        story[-1] = replace(story[-1], state="now")
    return tuple(story + ahead)


def _own_steps(fo: FulfillmentOrder, *, rounds_told: bool) -> tuple[list, list]:
    """(what happened, what is to come). A parcel is handed over once, though it comes back from a visit in
    vain; rounds that the courier's own system tells are not told a second time."""
    known, meaning = events_of(fo), meaning_of(fo)
    handed_at = next((event.at for event in fo.events.all() if event.state == _S.HANDED_OVER), None)
    told = []
    for event in known:
        if event.at is None or (rounds_told and event.title == meaning[_S.OUT_FOR_DELIVERY]):
            continue
        at = handed_at if event.title == meaning[_S.HANDED_OVER] else event.at
        told.append(replace(event, at=at, state="done" if event.state == "now" else event.state))
    return told, [event for event in known if event.at is None]


def _scans() -> dict[str, str]:
    """What only a courier's system tells."""
    return {
        EventKind.PICKED_UP: _("Picked up by the courier"),
        EventKind.IN_TRANSIT: _("On the way"),
        EventKind.OUT_FOR_DELIVERY: words(Way.SHIP)[_S.OUT_FOR_DELIVERY],
        EventKind.ATTEMPT_FAILED: _("The courier came, nobody was met"),
    }


def _of_news(event: CourierEvent) -> TrackingEvent:
    state = "failed" if event.kind == EventKind.ATTEMPT_FAILED else "done"
    return TrackingEvent(_scans()[event.kind], event.occurred_at, state, scan_place(event.place))


def scan_place(name: str) -> str:
    """Where a courier scanned, in the page's language where it is a place we know; else as it was told."""
    city = name.removesuffix(SORTING_CENTRE)
    shown = place_name(city)
    if shown == city:
        return name
    return shown if city == name else _("%(city)s sorting centre") % {"city": shown}


def _of_visits(delivery: Delivery | None, vain: list[DoorVisit]) -> list[TrackingEvent]:
    """Visits in vain, and when the next one comes: of the last one the day in force."""
    told = []
    for visit in vain:
        text, day = _("We come again on %(day)s."), visit.next_on
        if visit is vain[-1] and delivery.visit == visit.number + 1 and delivery.due_on != visit.next_on:
            text, day = _("You chose %(day)s for the next visit."), delivery.due_on
        told.append(
            TrackingEvent(_("We came and could not deliver"), visit.ended_at, "failed", text % {"day": day})
        )
    return told


def _waypoints(fo, delivery, news, *, exact: bool, now: datetime) -> tuple[Waypoint, ...]:
    """Source, hubs in the order of time, van, goal; places without coordinates are left out."""
    points = []
    if fo.location.latitude is not None:
        points.append(Waypoint("source", fo.location.latitude, fo.location.longitude, fo.location.label))
    for event in news:
        if event.latitude is not None:
            points.append(Waypoint("hub", event.latitude, event.longitude, event.place, event.occurred_at))
    ends = (_trunk_hub(fo, delivery), _van(fo, delivery, now), _goal(fo, exact))
    return tuple(points + [point for point in ends if point])


def _trunk_hub(fo: FulfillmentOrder, delivery: Delivery | None) -> Waypoint | None:
    """The end of the trunk line, once its people have the parcel in hand."""
    if delivery is None or delivery.loaded_at is None or fo.via is None or fo.via.latitude is None:
        return None
    return Waypoint("hub", fo.via.latitude, fo.via.longitude, fo.via.label, delivery.loaded_at)


def _van(fo: FulfillmentOrder, delivery: Delivery | None, now: datetime) -> Waypoint | None:
    """The courier, while out with this parcel and sharing their place."""
    if delivery is None or fo.state != _S.OUT_FOR_DELIVERY or not delivery.courier_user_id:
        return None
    since = now - timedelta(minutes=settings.COURIER_POSITION_MINUTES)
    last = CourierPosition.objects.filter(user_id=delivery.courier_user_id, at__gte=since).first()
    return Waypoint("van", last.latitude, last.longitude, _("Courier"), last.at) if last else None


def _goal(fo: FulfillmentOrder, exact: bool) -> Waypoint | None:
    goal = fo.demand.wish.get("destination")
    if not goal:
        return None
    label = place_name(goal["district"] or goal["city"])
    if exact and goal.get("latitude") is not None:
        return Waypoint("goal", goal["latitude"], goal["longitude"], label)
    try:
        return Waypoint("goal", *locate(goal["province"], goal["city"], goal["district"]), label)
    except PlaceUnknown:
        return None
