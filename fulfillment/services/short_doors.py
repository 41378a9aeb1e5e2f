"""Where it shows that goods lack after they were picked: the wall, the packing table, a counter."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from fulfillment.models import ClaimState, FulfillmentLine, FulfillmentState, PickState, SerialClaim
from fulfillment.services import hands, shortage, waves
from fulfillment.services.undo import remember
from fulfillment.services.workplaces import parcel, workplace
from members.actors import Actor
from omnichannel.kernel.errors import DomainError

AT_COUNTER = "pick"
AT_WORK = (
    FulfillmentState.IN_WAVE,
    FulfillmentState.PICKED,
    FulfillmentState.SIM_TAKEN,
    FulfillmentState.ACCOUNT_OPEN,
)


class NotAmongThem(DomainError):
    code = "not_in_work"
    message = _("%(scanned)s is in no parcel that is worked on here. Scan what lacks, or type its code.")


def line_of(scanned: str, *, location_id: int, parcel_code: str = "") -> tuple[FulfillmentLine, str]:
    """The line that lacks a scanned article or device, and the device's serial. Reads only.

    Of several parcels the one whose goods are not on the wall yet, by cut-off. Raises NotAmongThem.
    """
    text = scanned.strip().upper()
    lines = FulfillmentLine.objects.filter(
        fulfillment__location_id=location_id, fulfillment__state__in=AT_WORK
    ).select_related("fulfillment", "pick_task")
    if parcel_code:
        lines = lines.filter(fulfillment__code=parcel_code)
    claim = SerialClaim.objects.filter(serial__serial=text, state=ClaimState.LIVE).first()
    if claim is not None:
        found = lines.filter(pk=claim.line_id).first()
    else:
        found = lines.filter(sku__iexact=text)
        if not parcel_code:
            found = found.filter(pick_task__state=PickState.PICKED)
        found = found.order_by(
            F("pick_task__sorted_at").asc(nulls_first=True), "fulfillment__wave_entry__wave__cut_off", "pk"
        ).first()
    if found is None:
        raise NotAmongThem(scanned=scanned.strip()[:40])
    return found, text if claim is not None else ""


@transaction.atomic
def report(
    *,
    station: str,
    actor: Actor,
    location_id: int,
    line_id: int,
    now: datetime,
    there: int = 0,
    reason: str = shortage.MISSING,
    serial: str = "",
) -> shortage.Report:
    """A line of a parcel at work holds only `there` good pieces, or a device of it is not there or not good.

    Raises StationClosed, NotAmongThem, InColleaguesHands, and as shortage.report_units does.
    """
    workplace(actor, location_id, station=station)
    line = FulfillmentLine.objects.select_related("fulfillment").filter(pk=line_id).first()
    if line is None or line.fulfillment.location_id != location_id:
        raise NotAmongThem(scanned=str(line_id))
    if line.serial_kind and not serial:
        raise shortage.SerialsWanted(field="serials", units=line.quantity - there, sku=line.sku)
    if not serial and not 0 <= there <= line.quantity:
        raise shortage.UnitsWrong(field="units", sku=line.sku, least=0, most=line.quantity)
    fo = parcel(actor, line.fulfillment.code, location_id=location_id)
    if station == "pack":
        hands.take(station, fo, actor=actor, now=now)
    units = 1 if serial else line.quantity - there
    return _tell(station, fo, {line.pk: units}, reason, {line.pk: [serial] if serial else []}, actor, now)


@transaction.atomic
def report_at_counter(
    *,
    actor: Actor,
    location_id: int,
    code: str,
    lacking: Mapping[int, int],
    reason: str,
    now: datetime,
    serials: Mapping[int, list[str]] | None = None,
) -> shortage.Report:
    """On a store's, dealer's or merchant's page: units by FulfillmentLine pk, with their serials where bound.

    Raises ParcelNotHere, and as shortage.report_units does.
    """
    fo = parcel(actor, code, location_id=location_id)
    return _tell(AT_COUNTER, fo, lacking, reason, serials or {}, actor, now)


def _tell(station: str, fo, lacking: Mapping[int, int], reason: str, serials, actor: Actor, now: datetime):
    skus = dict(fo.lines.values_list("pk", "sku"))
    told = shortage.report_units(
        fulfillment_id=fo.pk, actor=actor, now=now, lacking=lacking, reason=reason, serials=serials
    )
    what = ", ".join(f"− {units} × {skus[pk]}" for pk, units in lacking.items() if units)
    remember(station, told.parcel, actor=actor, now=now, what=what, **told.facts)
    if not told.goes_on:
        hands.put_down(station, told.parcel, now=now)
    waves.close_finished(location_id=fo.location_id, now=now)
    return told
