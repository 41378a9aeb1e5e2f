"""Hand-over: packed parcels leave with a courier, both sides on one manifest."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.events import HandedOver
from fulfillment.models import (
    Delivery,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    LeftBehind,
    Manifest,
    Way,
)
from fulfillment.services import stock
from fulfillment.services.packing import must_be_ready
from fulfillment.services.steps import advance_many
from fulfillment.services.waves import by_courier
from fulfillment.services.workplaces import parcel_at, parcels, workplace
from members.actors import SYSTEM, Actor, NotYours
from members.queries import institution
from omnichannel.kernel import clock, outbox
from omnichannel.kernel.errors import DomainError

STATION = "handover"
SAME_DAY_UNTIL_HOUR = 15
NAMED = 5


class NothingToHandOver(DomainError):
    code = "nothing_to_hand_over"
    message = _("No packed parcels are waiting for this courier.")


class ManifestUnknown(NotYours):
    code = "manifest_unknown"
    message = _("There is no such manifest at this location.")


class WhichManifest(DomainError):
    code = "which_manifest"
    message = _("Several couriers are being loaded, or none. Scan or type the number of the manifest.")


class ParcelsMissing(DomainError):
    code = "parcels_missing"
    message = _(
        "Packed for this courier and not scanned (%(count)s): %(parcels)s. Find them, or close without them."
    )


class NotACourier(DomainError):
    code = "not_a_courier"
    message = _("This institution does not deliver parcels.")


class CollectedHere(DomainError):
    code = "parcel_is_for_pickup"
    message = _("The customer collects parcel %(parcel)s here. It does not leave with a courier.")


@transaction.atomic
def hand_over(
    *,
    location_id: int,
    ids: Iterable[int],
    now: datetime,
    actor: Actor = SYSTEM,
    courier_id: int | None = None,
) -> list[Manifest]:
    """Give packed parcels to their couriers, one manifest each; stock leaves the books here.

    courier_id overrules the location's own rule. Nothing leaves before its accounts are open. About ten
    statements for any number of parcels. Raises ParcelNotHere, AccountNotOpen, CollectedHere, NotACourier,
    NothingToHandOver, WrongState.
    """
    manifests = _leave(parcels(actor, ids, location_id=location_id), courier_id, now, actor)
    Manifest.objects.filter(pk__in=[manifest.pk for manifest in manifests]).update(closed_at=now)
    return manifests


def _leave(fos: list[FulfillmentOrder], courier_id: int | None, now: datetime, actor) -> list[Manifest]:
    if not fos:
        raise NothingToHandOver()
    _must_be_shippable(fos)
    advance_many(fos, FulfillmentState.HANDED_OVER, now=now, actor=actor)
    stock.ship_many(fulfillments=fos, now=now)
    groups = _by_courier(fos, courier_id)
    return [_manifest(courier, groups[courier], now, actor) for courier in sorted(groups)]


@transaction.atomic
def close(
    *, actor: Actor, location_id: int, manifest_id: int, now: datetime, without_missing: bool = False
) -> Manifest:
    """The courier has signed: nothing more goes on this manifest.

    Packed parcels of this courier that were not scanned are named first; closing without them notes them
    as left behind. Raises ManifestUnknown, ParcelsMissing, NotAllowed, StationClosed.
    """
    workplace(actor, location_id, station=STATION)
    rows = Manifest.objects.select_for_update().filter(pk=manifest_id, location_id=location_id)
    manifest = rows.first()
    if manifest is None:
        raise ManifestUnknown()
    if manifest.closed_at is None:
        _note_missing(manifest, without_missing)
        manifest.closed_at = now
        manifest.save(update_fields=["closed_at"])
    return manifest


def _note_missing(manifest: Manifest, without_missing: bool) -> None:
    left = missing(manifest)
    if left and not without_missing:
        codes = [fo.code for fo in left]
        named = ", ".join(codes[:NAMED]) + (" …" if len(codes) > NAMED else "")
        raise ParcelsMissing(count=len(codes), parcels=named, manifest=manifest.pk)
    LeftBehind.objects.bulk_create(LeftBehind(manifest=manifest, fulfillment=fo) for fo in left)


def missing(manifest: Manifest) -> list[FulfillmentOrder]:
    """Packed parcels here that this manifest's courier should take and that nobody scanned."""
    rows = FulfillmentOrder.objects.filter(location_id=manifest.location_id, state=FulfillmentState.PACKED)
    packed = list(rows.exclude(way=Way.PICKUP).select_related("demand").order_by("pk"))
    return by_courier(manifest.location_id, packed).get(manifest.courier_id, [])


@transaction.atomic
def scan(*, actor: Actor, location_id: int, code: str, now: datetime) -> Manifest:
    """A person at the ramp scans one parcel onto the courier's open manifest.

    Raises ParcelCancelled, StationClosed, and as hand_over does.
    """
    fo = parcel_at(actor, code, location_id=location_id, station=STATION)
    return _leave([fo], None, now, actor)[0]


def _must_be_shippable(fos: list[FulfillmentOrder]) -> None:
    must_be_ready(fos)
    for fo in fos:
        if fo.way == Way.PICKUP:
            raise CollectedHere(parcel=fo.code)


def _by_courier(fos, courier_id: int | None) -> dict[int, list[FulfillmentOrder]]:
    if courier_id is not None:
        if institution(courier_id).kind != "courier":
            raise NotACourier()
        return {courier_id: fos}
    return by_courier(fos[0].location_id, fos)


def _manifest(courier_id: int, fos: list[FulfillmentOrder], now: datetime, actor) -> Manifest:
    manifest, _created = Manifest.objects.select_for_update().get_or_create(
        location_id=fos[0].location_id,
        courier_id=courier_id,
        closed_at=None,
        defaults={"opened_at": now, "handed_over_by": actor.label[:80]},
    )
    manifest.parcels += len(fos)
    manifest.save(update_fields=["parcels"])
    holders = _holders(fos)
    Delivery.objects.bulk_create(
        Delivery(
            fulfillment=fo,
            manifest=manifest,
            courier_id=courier_id,
            identity_id=holders.get(fo.pk),
            due_on=due_on(now),
            cod_fen=fo.cod_fen,
        )
        for fo in fos
    )
    outbox.publish(*(_news(fo, courier_id, now) for fo in fos))
    return manifest


def _holders(fos: list[FulfillmentOrder]) -> dict[int, int]:
    """Whose identity the door must see: parcels that open an account."""
    lines = FulfillmentLine.objects.filter(fulfillment__in=fos).exclude(identity_id=None)
    return dict(lines.order_by("-line_id").values_list("fulfillment_id", "identity_id"))


def due_on(now: datetime) -> date:
    """Handed over until 15:00 in Shanghai: today, else tomorrow."""
    local = now.astimezone(clock.SHANGHAI)
    return local.date() + timedelta(days=0 if local.hour < SAME_DAY_UNTIL_HOUR else 1)


def _news(fo: FulfillmentOrder, courier_id: int, now: datetime) -> HandedOver:
    return HandedOver(
        fulfillment_id=fo.pk,
        order_number=fo.demand.order_number,
        location_id=fo.location_id,
        courier_id=courier_id,
        freight_fen=fo.freight_fen,
        occurred_at=now.isoformat(),
    )
