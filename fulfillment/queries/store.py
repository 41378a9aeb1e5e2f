"""The store's inbox: what was routed here, and what waits for whom."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from fulfillment.models import Delivery, FulfillmentOrder, FulfillmentState, PickupCode, RefusedUnits, Way
from fulfillment.queries import stations
from omnichannel.kernel.secrets import mask_name, mask_tail

_S = FulfillmentState
# Parcels delivered in part: the units not taken are still on their way back.
UNITS_OUT = RefusedUnits.objects.filter(returned_at=None, delivery__fulfillment__state=_S.DELIVERED).values(
    "delivery__fulfillment"
)
SECTIONS = {
    "accept": Q(state=_S.AWAITING_ACCEPTANCE),
    "prepare": Q(state__in=(_S.ACCEPTED, _S.IN_WAVE, _S.PICKED, _S.SIM_TAKEN, _S.ACCOUNT_OPEN)),
    "leave": Q(state=_S.PACKED),
    "pickup": Q(state=_S.READY_FOR_PICKUP),
    "back": Q(state=_S.REFUSED) | Q(pk__in=UNITS_OUT),
}


@dataclass(frozen=True)
class InboxRow:
    fo: FulfillmentOrder
    contents: list[stations.Content]
    receiver: str
    phone: str
    city: str
    delivery: Delivery | None = None
    back: tuple[RefusedUnits, ...] = ()

    @property
    def is_pickup(self) -> bool:
        return self.fo.way == Way.PICKUP

    @property
    def needs_identity(self) -> bool:
        return any(line.msisdn for line in self.contents)

    @property
    def has_card(self) -> bool:
        return any(line.serial_kind == "iccid" for line in self.contents)


def counts(location_id: int) -> dict[str, int]:
    """How many parcels stand in each section."""
    rows = FulfillmentOrder.objects.filter(location_id=location_id)
    return {name: rows.filter(condition).count() for name, condition in SECTIONS.items()}


def section(location_id: int, name: str) -> QuerySet[FulfillmentOrder]:
    """The parcels of a section, the most urgent first, for a paginator."""
    rows = FulfillmentOrder.objects.filter(SECTIONS[name], location_id=location_id)
    return rows.select_related("demand").order_by("accept_by", "pk")


def row(location_id: int, code: str) -> InboxRow | None:
    found = FulfillmentOrder.objects.filter(location_id=location_id, code=code.upper())
    rows = rows_of(list(found.select_related("demand", "location")))
    return _with_delivery(rows[0]) if rows else None


def _with_delivery(found: InboxRow) -> InboxRow:
    """With its way after the hand-over: the courier's number of it, and units that come back."""
    delivery = Delivery.objects.filter(fulfillment=found.fo).select_related("courier").first()
    out = RefusedUnits.objects.filter(delivery=delivery, returned_at=None).select_related("line")
    return replace(found, delivery=delivery, back=tuple(out) if delivery else ())


def rows_of(fos: list[FulfillmentOrder]) -> list[InboxRow]:
    """What the inbox shows of these parcels; four queries."""
    contents = stations.contents([fo.pk for fo in fos])
    rows = []
    for fo in fos:
        receiver = fo.demand.wish["destination"] or {}
        rows.append(
            InboxRow(
                fo=fo,
                contents=contents[fo.pk],
                receiver=mask_name(receiver.get("name", "")),
                phone=mask_tail(receiver.get("phone") or fo.demand.wish.get("contact_phone", "")),
                city=receiver.get("city", ""),
            )
        )
    return rows


def code_of(location_id: int, scanned: str) -> str | None:
    """The parcel of a scanned code, or the first of a typed order number, at this location."""
    found = _named(scanned).filter(location_id=location_id)
    return found.values_list("code", flat=True).first()


def collected_at(scanned: str) -> str:
    """Where a customer in the wrong store has to go: the label of the pick-up's store, or ""."""
    found = _named(scanned).filter(way=Way.PICKUP).select_related("location").first()
    return found.location.label if found else ""


def _named(scanned: str) -> QuerySet[FulfillmentOrder]:
    text = scanned.strip().upper()
    rows = FulfillmentOrder.objects.live().filter(Q(code=text) | Q(demand__order_number=text))
    return rows.order_by("pk")


def code_locked_until(fulfillment_id: int, *, now: datetime) -> datetime | None:
    """Until when wrong pick-up codes lock a waiting parcel; None when they do not."""
    locked = PickupCode.objects.filter(
        fulfillment_id=fulfillment_id,
        fulfillment__state=_S.READY_FOR_PICKUP,
        locked_until__gt=now,
    )
    return locked.values_list("locked_until", flat=True).first()
