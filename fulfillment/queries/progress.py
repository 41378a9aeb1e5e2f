"""An order's way as its customer reads it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fulfillment.models import (
    Delivery,
    FulfillmentOrder,
    FulfillmentState,
    JobKind,
    JobState,
    PickupCode,
    ProvisioningJob,
    Way,
)
from fulfillment.models.demands import DemandState
from omnichannel.kernel import prepared

_S = FulfillmentState
# Seen again after them, the parcel was opened: what came later is to be done once more.
BACK_IN_HOUSE = (_S.IN_WAVE, _S.PICKED, _S.SIM_TAKEN)
ASKING = "asking_customer"
# Of an order that nobody has routed yet, all there is.
_DEMAND = """
SELECT state, reason, promised_on, wish ->> 'promised_on',
       EXISTS (SELECT 1 FROM fulfillment_fulfillmentorder parcel WHERE parcel.demand_id = demand.id)
  FROM fulfillment_fulfillmentdemand demand WHERE order_number = %(order_number)s
"""


@dataclass(frozen=True)
class TrackingEvent:
    """`state` of the timeline component: done, now, next or failed."""

    title: str
    at: datetime | None
    state: str = "done"
    text: str = ""


@dataclass(frozen=True)
class AccountState:
    line_id: int
    msisdn: str
    state: str
    label: str


@dataclass(frozen=True)
class FulfillmentCard:
    """One parcel. pickup_code is empty unless asked for by the owner and the parcel waits."""

    id: int
    code: str
    location_id: int
    location: str
    address: str
    closes_at: str
    state: str
    state_label: str
    way: str
    courier: str
    eta: date | None
    events: tuple[TrackingEvent, ...]
    pickup_code: str
    accounts: tuple[AccountState, ...]
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class OrderProgress:
    """`state` is the demand's: held, requested, routed, exception, released, cancelled or done."""

    order_number: str
    state: str
    fulfillments: tuple[FulfillmentCard, ...]
    instants: tuple[AccountState, ...]
    promised_on: date | None = None  # the day that the customer was told for all of it
    asks: bool = False  # whether another pick-up store is proposed


def of_order(order_number: str, *, for_owner: bool = False, has_accounts: bool = True) -> OrderProgress:
    """Nine queries at most; an order without goods has no fulfillments.

    has_accounts: whether a line opens an account or is provisioned at once; without it nobody looks.
    """
    known = prepared.tuples(_DEMAND, {"order_number": order_number})
    state, reason, promised_on, wished, has_parcels = known[0] if known else ("", "", None, None, False)
    fos = _parcels(order_number) if has_parcels else []
    jobs = ProvisioningJob.objects.filter(order_number=order_number).order_by("pk") if has_accounts else ()
    jobs = list(jobs)
    deliveries = {row.fulfillment_id: row for row in _deliveries(fos)} if fos else {}
    codes = _codes(fos) if for_owner else {}
    cards = tuple(_card(fo, deliveries.get(fo.pk), codes.get(fo.pk, ""), jobs) for fo in fos)
    day = promised_on or (date.fromisoformat(wished) if wished else None)
    asks = state == DemandState.EXCEPTION and reason == ASKING
    return OrderProgress(order_number, state, cards, _instants(jobs), day, asks)


def _parcels(order_number: str) -> list[FulfillmentOrder]:
    rows = FulfillmentOrder.objects.live().filter(demand__order_number=order_number)
    related = rows.select_related("demand").prefetch_related("location", "events", "lines")
    return list(related.order_by("pk"))


def _deliveries(fos: list[FulfillmentOrder]) -> QuerySet[Delivery]:
    return Delivery.objects.filter(fulfillment__in=fos).select_related("courier")


def _codes(fos: list[FulfillmentOrder]) -> dict[int, str]:
    waiting = [fo for fo in fos if fo.state == _S.READY_FOR_PICKUP]
    codes = PickupCode.objects.filter(fulfillment__in=waiting) if waiting else ()
    return {code.fulfillment_id: code.digits for code in codes}


def _card(fo: FulfillmentOrder, delivery: Delivery | None, code: str, jobs) -> FulfillmentCard:
    return FulfillmentCard(
        id=fo.pk,
        code=fo.code,
        location_id=fo.location_id,
        location=fo.location.label,
        address=fo.location.address,
        closes_at=fo.location.closes_at.strftime("%H:%M") if fo.location.closes_at else "",
        state=fo.state,
        state_label=str(fo.get_state_display()),
        way=fo.way,
        courier=delivery.courier.label if delivery else "",
        eta=delivery.due_on if delivery and not delivery.finished_at else None,
        events=events_of(fo),
        pickup_code=code,
        accounts=_accounts(fo, jobs),
        lines=tuple((line.line_id, line.quantity) for line in fo.lines.all()),
    )


def words(way: str) -> dict[str, str]:
    """What a state means to the customer; states that are our own affair are left out."""
    return {
        _S.ACCEPTED: _("The goods are set aside for you"),
        _S.PICKED: _("The goods are taken from the shelf"),
        _S.ACCOUNT_OPEN: _("Your number is open"),
        _S.PACKED: _("The parcel is packed"),
        _S.READY_FOR_PICKUP: _("Ready for you at the counter"),
        _S.HANDED_OVER: _("With the courier"),
        _S.OUT_FOR_DELIVERY: _("Out for delivery"),
        _S.DELIVERED: _("Picked up by you") if way == Way.PICKUP else _("Delivered"),
        _S.REFUSED: _("Not taken at the door"),
        _S.RETURNED: _("Back with us"),
        _S.LOST: _("Lost on the way"),
    }


def meaning_of(fo: FulfillmentOrder) -> dict[str, str]:
    """As words(); a posted parcel was packed by its sender, and comes back for them."""
    if not fo.is_posted:
        return words(fo.way)
    told = {_S.PACKED: _("Accepted at the counter"), _S.RETURNED: _("Back at the store, for its sender")}
    return words(fo.way) | told


def _path(fo: FulfillmentOrder) -> list[str]:
    if fo.way == Way.PICKUP:
        return [_S.ACCEPTED, _S.PACKED, _S.READY_FOR_PICKUP, _S.DELIVERED]
    return [_S.ACCEPTED, _S.PACKED, _S.HANDED_OVER, _S.OUT_FOR_DELIVERY, _S.DELIVERED]


def events_of(fo: FulfillmentOrder) -> tuple[TrackingEvent, ...]:
    """What happened, each state once at its last time, and what comes next."""
    meaning = meaning_of(fo)
    reached: dict[str, datetime] = {}
    for event in fo.events.all():
        if not event.is_step:
            continue
        if event.state in BACK_IN_HOUSE:
            reached.pop(_S.ACCOUNT_OPEN, None)
            reached.pop(_S.PACKED, None)
        if event.state in meaning:
            reached.pop(event.state, None)
            reached[event.state] = event.at
    failed = {_S.REFUSED, _S.RETURNED, _S.LOST}
    done = [TrackingEvent(meaning[s], at, "failed" if s in failed else "done") for s, at in reached.items()]
    if fo.state in failed or fo.state == _S.DELIVERED:
        return tuple(done)
    path = _path(fo)
    last = max((path.index(s) for s in reached if s in path), default=-1)
    ahead = [TrackingEvent(meaning[s], None, "next") for s in path[last + 1 :]]
    if done:
        newest = done.pop()
        done.append(TrackingEvent(newest.title, newest.at, "now"))
    return tuple(done + ahead)


def _accounts(fo: FulfillmentOrder, jobs: list[ProvisioningJob]) -> tuple[AccountState, ...]:
    """The numbers in this parcel; a refused card is our affair, the customer sees that we are at it."""
    accounts = [job for job in jobs if job.kind == JobKind.ACCOUNT]
    closing = {job.iccid for job in jobs if job.kind == JobKind.CLOSE}
    done = {job.line_id for job in accounts if job.state == JobState.DONE and job.iccid not in closing}
    closed = {job.line_id for job in accounts if job.iccid in closing} - done
    if fo.is_in_house:  # taken back at its station, to be opened with another card
        closed = set()
    found = []
    for line in fo.lines.all():
        if line.msisdn:
            state = "closed" if line.line_id in closed else "open" if line.line_id in done else "opening"
            label = {"closed": _("closed"), "open": _("open"), "opening": _("being opened")}[state]
            found.append(AccountState(line.line_id, line.msisdn, state, label))
    return tuple(found)


def _instants(jobs: list[ProvisioningJob]) -> tuple[AccountState, ...]:
    kinds = (JobKind.TOP_UP, JobKind.DATA_PACK)
    return tuple(
        AccountState(job.line_id, job.msisdn, job.state, str(job.get_state_display()))
        for job in jobs
        if job.kind in kinds
    )
