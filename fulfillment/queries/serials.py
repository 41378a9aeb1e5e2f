"""Units by their serial numbers: the list, imports, and the whole story of one unit."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from catalog.queries import offerings
from members.actors import Actor
from omnichannel.kernel.secrets import mask_name, mask_tail

from ..models import (
    ClaimState,
    DealerTerms,
    Delivery,
    FulfillmentEvent,
    FulfillmentState,
    ProvisioningJob,
    SerialClaim,
    SerialEvent,
    SerialEventKind,
    SerialImport,
    SerialUnit,
)
from ..reasons import words

OVERSEERS = ("operator", "auditor")
READERS = ("operator", "auditor", "warehouse", "warehouse_lead", "store_manager", "clerk", "partner")
_S = FulfillmentState
# What happened to the parcel is told of the units in it.
TOLD = (_S.HANDED_OVER, _S.READY_FOR_PICKUP, _S.DELIVERED, _S.REFUSED, _S.RETURNED, _S.LOST)


@dataclass(frozen=True)
class Step:
    """One event of a unit; `state` is the timeline's: done, now or failed."""

    at: datetime
    title: str
    who: str = ""
    where: str = ""
    text: str = ""
    state: str = "done"
    icon: str = ""


@dataclass(frozen=True)
class Story:
    """A unit with its name and everything known of it, oldest first. order_number: of the last parcel."""

    unit: SerialUnit
    label: str
    steps: tuple[Step, ...]
    order_number: str
    parcel: str
    receiver: str


def units(actor: Actor) -> QuerySet[SerialUnit]:
    """The units at the actor's locations, those that came in there, and those at its branches' dealers."""
    seen = _within(actor, "location__path") | _within(actor, "received_with__location__path")
    dealers = DealerTerms.objects.filter(_paths(actor.paths(*OVERSEERS, "store_manager"), "branch__path"))
    seen |= Q(location__in=dealers.values("dealer"))
    return SerialUnit.objects.filter(seen).select_related("location")


def imports(actor: Actor) -> QuerySet[SerialImport]:
    rows = SerialImport.objects.filter(_within(actor, "location__path")).defer("content")
    return rows.select_related("location")


def _within(actor: Actor, path: str) -> Q:
    """The actor's institutions and everything below; nothing for who reads nowhere."""
    return _paths(actor.paths(*READERS), path)


def _paths(paths: list[str], column: str) -> Q:
    return reduce(or_, (Q(**{f"{column}__startswith": each}) for each in paths), Q(pk__in=[]))


def counts(rows: QuerySet[SerialUnit]) -> dict[str, int]:
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def find(actor: Actor, scanned: str) -> SerialUnit | None:
    """A unit by its whole serial, blanks left out."""
    return units(actor).filter(serial="".join(scanned.split())).first()


def story(unit: SerialUnit) -> Story:
    """About seven statements, whatever befell the unit."""
    claims = list(
        SerialClaim.objects.filter(serial=unit)
        .select_related("line__fulfillment__demand", "line__fulfillment__location")
        .order_by("pk")
    )
    steps = [_received(unit), *_claimed(claims), *_accounts(unit), *_events(unit)]
    last = claims[-1].line.fulfillment if claims and claims[-1].state != ClaimState.RELEASED else None
    known = offerings.by_sku([unit.sku])
    return Story(
        unit=unit,
        label=known[unit.sku].label if unit.sku in known else unit.sku,
        steps=tuple(sorted(steps, key=lambda step: step.at)),
        order_number=last.demand.order_number if last else "",
        parcel=last.code if last else "",
        receiver=_receiver(last.demand.wish) if last else "",
    )


def _receiver(wish: dict) -> str:
    place = wish.get("destination") or {}
    phone = place.get("phone") or wish.get("contact_phone", "")
    return " · ".join(part for part in (mask_name(place.get("name", "")), mask_tail(phone)) if part)


def _received(unit: SerialUnit) -> Step:
    batch = unit.received_with
    if batch is None:
        return Step(unit.received_at, _("Received"), icon="package-check")
    text = _("Delivery note %(note)s, file %(file)s") % {"note": batch.delivery_note, "file": batch.file_name}
    return Step(
        unit.received_at, _("Received"), batch.uploaded_by, batch.location.label, text, icon="package-check"
    )


def _claimed(claims: list[SerialClaim]) -> list[Step]:
    """Taken for a parcel, put back, and what became of the parcels that left with the unit."""
    steps = []
    for claim in claims:
        fo = claim.line.fulfillment
        names = {"parcel": fo.code, "order": fo.demand.order_number}
        steps.append(
            Step(
                claim.claimed_at,
                _("Taken for parcel %(parcel)s") % names,
                where=fo.location.label,
                text=_("Order %(order)s") % names,
                icon="package",
            )
        )
        if claim.state == ClaimState.RELEASED:
            steps.append(Step(claim.changed_at, _("Put back from parcel %(parcel)s") % names, state="failed"))
    left = {c.line.fulfillment_id: c.line.fulfillment for c in claims if c.state == ClaimState.SHIPPED}
    return steps + _parcel_events(left)


def _parcel_events(parcels: dict) -> list[Step]:
    couriers = {
        row.fulfillment_id: row.courier.label
        for row in Delivery.objects.filter(fulfillment__in=parcels).select_related("courier")
    }
    steps = []
    told = FulfillmentEvent.objects.filter(fulfillment__in=parcels, state__in=TOLD, is_step=True)
    for event in told.order_by("pk"):
        fo = parcels[event.fulfillment_id]
        text = couriers.get(fo.pk, "")
        if event.state == _S.DELIVERED:
            text = " · ".join(part for part in (text, _receiver(fo.demand.wish)) if part)
        failed = event.state in (_S.REFUSED, _S.RETURNED, _S.LOST)
        steps.append(
            Step(
                event.at,
                f"{event.get_state_display()} · {fo.code}",
                event.who,
                fo.location.label,
                " · ".join(part for part in (text, words(event.note) if failed else "") if part),
                "failed" if failed else "done",
                "truck",
            )
        )
    return steps


def _accounts(unit: SerialUnit) -> list[Step]:
    jobs = ProvisioningJob.objects.filter(iccid=unit.serial).order_by("pk") if unit.kind == "iccid" else ()
    return [
        Step(
            job.finished_at or job.requested_at,
            f"{job.get_kind_display()} · {job.get_state_display()}",
            text=" · ".join(part for part in (mask_tail(job.msisdn[-11:]), words(job.reason)) if part),
            state="failed" if job.state == "failed" else "done",
            icon="smartphone",
        )
        for job in jobs
    ]


_K = SerialEventKind
_FAILURES = (_K.QUARANTINED, _K.SCRAPPED, _K.MISSING, _K.DAMAGED, _K.LOST, _K.NOT_FOUND, _K.WITHDRAWN)


def _events(unit: SerialUnit) -> list[Step]:
    rows = SerialEvent.objects.filter(unit=unit).select_related("location").order_by("pk")
    return [
        Step(
            row.at,
            str(row.get_kind_display()) + (f" · {row.grade}" if row.grade else ""),
            row.who,
            row.location.label if row.location else "",
            " · ".join(part for part in (words(row.reason), row.reference) if part),
            "failed" if row.kind in _FAILURES else "done",
        )
        for row in rows
    ]
