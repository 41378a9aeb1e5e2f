"""A courier leaves: the manifest is closed and the news of its parcels goes out, once.

Until then a parcel that was scanned onto it by mistake can be taken off again.
"""

from collections.abc import Iterable
from datetime import datetime

from fulfillment.events import HandedOver
from fulfillment.models import Delivery, FulfillmentOrder, Manifest
from omnichannel.kernel import outbox


def depart(manifests: Iterable[Manifest], *, now: datetime) -> None:
    """Close the locked manifests and tell of all their parcels; three statements and the news."""
    manifests = list(manifests)
    rows = Delivery.objects.filter(manifest__in=manifests).order_by("pk")
    outbox.publish(*(_news(row, now) for row in rows.select_related("fulfillment__demand")))
    Manifest.objects.filter(pk__in=[manifest.pk for manifest in manifests]).update(closed_at=now)
    for manifest in manifests:
        manifest.closed_at = now


def must_have_left(parcels: Iterable[FulfillmentOrder], *, now: datetime) -> None:
    """A courier works with these parcels: whatever manifest they are on, it has left. One statement."""
    on_it = Manifest.objects.filter(closed_at=None, deliveries__fulfillment__in=list(parcels))
    found = Manifest.objects.select_for_update().filter(pk__in=on_it.values("pk")).order_by("pk")
    if manifests := list(found):
        depart(manifests, now=now)


def _news(row: Delivery, now: datetime) -> HandedOver:
    fo = row.fulfillment
    return HandedOver(
        fulfillment_id=fo.pk,
        order_number=fo.demand.order_number,
        location_id=fo.location_id,
        courier_id=row.courier_id,
        freight_fen=fo.freight_fen,
        occurred_at=now.isoformat(),
    )
