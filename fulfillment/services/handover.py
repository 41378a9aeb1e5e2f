"""Hand-over: packed parcels leave with a courier, both sides on one manifest."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from fulfillment.models import (
    Delivery,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    LeftBehind,
    Manifest,
    StationStep,
    Way,
    WrongState,
)
from fulfillment.services import stock
from fulfillment.services.departure import depart
from fulfillment.services.packing import must_be_ready
from fulfillment.services.steps import advance, advance_many
from fulfillment.services.undo import remember, undoes
from fulfillment.services.waves import by_courier
from fulfillment.services.workplaces import parcel_at, parcels, workplace
from members.actors import SYSTEM, Actor, NotYours
from members.queries import institution
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

STATION = "handover"
SAME_DAY_UNTIL_HOUR = 15
NAMED = 5


class SignerMissing(Invalid):
    code = "signer_missing"
    message = _("Type the name of the person who signs for the courier, not a scan.")


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


class CourierHasLeft(DomainError):
    code = "courier_has_left"
    message = _("The courier has signed manifest %(manifest)s: what is on it is on its way.")


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
    depart(manifests, now=now)
    return manifests


def _leave(fos: list[FulfillmentOrder], courier_id: int | None, now: datetime, actor) -> list[Manifest]:
    if not fos:
        raise NothingToHandOver()
    _must_be_shippable(fos)
    for fo in fos:  # one that comes back from a visit is handed over by its courier, not at the ramp
        if fo.state != FulfillmentState.PACKED:
            raise WrongState(fulfillment=fo.code, state=str(fo.get_state_display()))
    advance_many(fos, FulfillmentState.HANDED_OVER, now=now, actor=actor)
    stock.ship_many(fulfillments=fos, times=_taken_off([fo.pk for fo in fos]), now=now)
    groups = _by_courier(fos, courier_id)
    return [_manifest(courier, groups[courier], now, actor) for courier in sorted(groups)]


@transaction.atomic
def close(
    *,
    actor: Actor,
    location_id: int,
    manifest_id: int,
    now: datetime,
    without_missing: bool = False,
    received_by: str = "",
) -> Manifest:
    """The courier has signed: nothing more goes on this manifest, which whoever closes it handed over.

    received_by: who signed for the courier, as it is kept and printed.
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
        manifest.handed_over_by = actor.label[:80]
        manifest.received_by = received_by.strip()[:80]
        manifest.save(update_fields=["handed_over_by", "received_by"])
        depart([manifest], now=now)
    return manifest


def to_close(*, actor: Actor, location_id: int, manifest_id: int, now: datetime) -> Manifest:
    """The open manifest whose courier is about to sign. Reads only. Raises ManifestUnknown, StationClosed."""
    workplace(actor, location_id, station=STATION)
    rows = Manifest.objects.filter(pk=manifest_id, location_id=location_id).select_related("courier")
    found = rows.first()
    if found is None:
        raise ManifestUnknown()
    return found


def must_be_a_name(text: str) -> str:
    """Who signs, as it is kept. Raises SignerMissing for nothing and for what a scanner sends."""
    name = text.strip()[:80]
    if not any(letter.isalpha() for letter in name) or any(letter.isdigit() for letter in name):
        raise SignerMissing(field="received_by")
    return name


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
    manifest = _leave([fo], None, now, actor)[0]
    what = f"{fo.code} → {manifest.courier.label}"
    remember(STATION, fo, actor=actor, now=now, what=what, manifest=manifest.pk)
    return manifest


@transaction.atomic
def give_at_counter(
    *, actor: Actor, location_id: int, code: str, now: datetime, received_by: str = ""
) -> Manifest:
    """A small house hands one parcel to the courier at the counter; as scan().

    With the last one packed for this courier the manifest is closed: nobody there comes back to do it.
    """
    manifest = scan(actor=actor, location_id=location_id, code=code, now=now)
    if not missing(manifest):
        signed = {"manifest_id": manifest.pk, "received_by": received_by}
        return close(actor=actor, location_id=location_id, now=now, **signed)
    return manifest


@undoes(STATION)
def _take_off(fo: FulfillmentOrder, facts: dict, now: datetime, actor: Actor) -> None:
    """As long as the courier has not signed, the parcel lies packed at the ramp again."""
    manifest = Manifest.objects.select_for_update().get(pk=facts["manifest"])
    delivery = Delivery.objects.select_for_update().filter(fulfillment=fo, manifest=manifest).first()
    if manifest.closed_at is not None or delivery is None or delivery.loaded_at is not None:
        raise CourierHasLeft(manifest=manifest.code)
    advance(fo, FulfillmentState.PACKED, now=now, actor=actor)
    stock.unship(fulfillment=fo, times=_taken_off([fo.pk]), now=now)
    delivery.delete()
    manifest.parcels -= 1
    manifest.save(update_fields=["parcels"])


def _taken_off(fo_ids: list[int]) -> int:
    """How often one of these parcels was taken off a manifest before."""
    undone = StationStep.objects.filter(station=STATION, fulfillment__in=fo_ids).exclude(undone_at=None)
    counts = (
        undone.order_by().values("fulfillment").annotate(times=Count("pk")).values_list("times", flat=True)
    )
    return max(counts, default=0)


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
            due_on=due_on(fo, now=now),
            cod_fen=fo.cod_fen,
        )
        for fo in fos
    )
    return manifest


def _holders(fos: list[FulfillmentOrder]) -> dict[int, int]:
    """Whose identity the door must see: parcels that open an account."""
    lines = FulfillmentLine.objects.filter(fulfillment__in=fos).exclude(identity_id=None)
    return dict(lines.order_by("-line_id").values_list("fulfillment_id", "identity_id"))


def due_on(fo: FulfillmentOrder, *, now: datetime) -> date:
    """So many days after the hand-over as its tariff or trunk line says.

    Where none is known, next door say: handed over until 15:00 in Shanghai today, else tomorrow.
    """
    local = now.astimezone(clock.SHANGHAI)
    days = fo.transit_days or int(local.hour >= SAME_DAY_UNTIL_HOUR)
    return local.date() + timedelta(days=days)
