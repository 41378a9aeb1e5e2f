"""Accounts of goods that the customer does not get: closed at the network, their cards put aside."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from fulfillment.events import ProvisioningRequested
from fulfillment.models import (
    AccountUndo,
    FulfillmentOrder,
    FulfillmentState,
    JobKind,
    JobState,
    ProvisioningJob,
    Reservation,
    SerialUnit,
)
from fulfillment.services import serials
from fulfillment.services.shelf_locks import lock_shelves
from omnichannel.kernel import outbox


def close_accounts_of(*, fulfillment_id: int, now: datetime) -> None:
    """As close_accounts, by id; an id that is no parcel's has no accounts."""
    fo = FulfillmentOrder.objects.filter(pk=fulfillment_id).first()
    if fo is not None:
        close_accounts(fo, now=now)


@transaction.atomic
def close_accounts(
    fo: FulfillmentOrder,
    *,
    now: datetime,
    line_ids: Iterable[int] | None = None,
    undo: AccountUndo | None = None,
) -> int:
    """Take back accounts opened for goods that the customer did not get, all or those of these order lines.

    Returns how many closings were asked for now; repeating it does nothing. undo: who asked at a station.
    """
    opened = ProvisioningJob.objects.filter(fulfillment=fo, kind=JobKind.ACCOUNT, state=JobState.DONE)
    if line_ids is not None:
        opened = opened.filter(line_id__in=list(line_ids))
    closing = ProvisioningJob.objects.filter(fulfillment=fo, kind=JobKind.CLOSE).values("iccid")
    jobs = ProvisioningJob.objects.bulk_create(
        ProvisioningJob(
            key=f"close-{job.pk}",
            kind=JobKind.CLOSE,
            order_number=job.order_number,
            line_id=job.line_id,
            fulfillment=fo,
            msisdn=job.msisdn,
            iccid=job.iccid,
            undo=undo,
            requested_at=now,
        )
        for job in opened.exclude(iccid__in=closing).order_by("pk")
    )
    outbox.publish(*(ProvisioningRequested(job_id=job.pk, round=job.round) for job in jobs))
    return len(jobs)


def set_aside_used_cards(
    fos: Iterable[FulfillmentOrder], *, now: datetime, reason: str = "cancelled"
) -> None:
    """Cards that the network has seen, opened or asked about, never go back to the free ones.

    For parcels that are given up, in the transaction that lets their units go. The accounts themselves
    are closed when the news arrives (close_accounts).
    """
    used = ProvisioningJob.objects.filter(fulfillment__in=fos, kind=JobKind.ACCOUNT).exclude(
        state=JobState.FAILED
    )
    used = list(used.order_by("iccid").values_list("key", "iccid"))
    if used:
        lock_levels(fos, [iccid for _key, iccid in used])
    for key, iccid in used:
        serials.quarantine(serial=iccid, reason=reason, reference=key, now=now)


def lock_levels(fos: Iterable[FulfillmentOrder], iccids: list[str]) -> None:
    """All that giving these parcels up may change, before the first of their cards is locked."""
    cards = SerialUnit.objects.filter(serial__in=iccids).values_list("sku", "location_id")
    promised = Reservation.objects.filter(demand__in={fo.demand_id for fo in fos})
    lock_shelves([*cards, *promised.values_list("sku", "location_id")])


def note_closed(job: ProvisioningJob) -> None:
    """A closing is done: its opening counts no more, so that the line may be opened with another card.

    Where the parcel was delivered the rest of it keeps its story: nothing is opened there again.
    """
    opened = ProvisioningJob.objects.filter(
        kind=JobKind.ACCOUNT,
        state=JobState.DONE,
        fulfillment_id=job.fulfillment_id,
        line_id=job.line_id,
        iccid=job.iccid,
    )
    opened.exclude(fulfillment__state=FulfillmentState.DELIVERED).update(state=JobState.REVERSED)
