"""The scale against what the catalogue says: beyond the tolerance a lead of the location decides."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import FulfillmentOrder, WeightCase
from fulfillment.services.workplaces import must_lead, parcel_at
from members.actors import Actor, NotYours
from omnichannel.kernel.errors import DomainError, Invalid

STATION = "pack"
TOLERANCE_PERCENT = 5  # fulfillment.md, operations centre


class WeightDiffers(DomainError):
    code = "weight_differs"
    message = _(
        "%(measured)s g on the scale, %(expected)s g expected. Open the parcel and check its contents."
    )


class ReasonNeeded(Invalid):
    code = "weight_reason_needed"
    message = _("Say in a few words why this weight is right, or what is wrong.")


class CaseUnknown(NotYours):
    code = "weight_case_unknown"
    message = _("No differing weight waits for a decision here.")


class NothingDiffers(DomainError):
    code = "weight_is_right"
    message = _("%(measured)s g is the weight expected. Nobody needs to be asked.")


def fits(measured: int, expected: int) -> bool:
    """Within five per cent; no expectation, no check: goods whose weight the catalogue does not know."""
    return not expected or abs(measured - expected) * 100 <= expected * TOLERANCE_PERCENT


def check(fo: FulfillmentOrder, measured: int) -> None:
    """Raise WeightDiffers unless the weight is as expected, or as a lead accepted it for this parcel."""
    if fits(measured, fo.weight_g):
        return
    accepted = WeightCase.objects.filter(fulfillment=fo, accepted=True).values_list("measured_g", flat=True)
    if not any(fits(measured, weight) for weight in accepted):
        raise WeightDiffers(measured=measured, expected=fo.weight_g)


@transaction.atomic
def ask(*, actor: Actor, location_id: int, code: str, measured: int, now: datetime) -> WeightCase:
    """Put a differing weight before the lead; the parcel waits aside. Asking twice keeps the last weight.

    Raises ParcelNotHere, ParcelCancelled, StationClosed, NothingDiffers.
    """
    fo = parcel_at(actor, code, location_id=location_id, station=STATION)
    if fits(measured, fo.weight_g):
        raise NothingDiffers(measured=measured)
    values = {
        "measured_g": measured,
        "expected_g": fo.weight_g,
        "asked_at": now,
        "asked_by": actor.label[:80],
    }
    return WeightCase.objects.update_or_create(fulfillment=fo, decided_at=None, defaults=values)[0]


@transaction.atomic
def decide(
    *, actor: Actor, location_id: int, case_id: int, accept: bool, reason: str, now: datetime
) -> WeightCase:
    """A lead accepts the weight, so that the parcel may be packed at it, or has it opened once more.

    Raises NotALead, CaseUnknown, ReasonNeeded.
    """
    must_lead(actor, location_id)
    rows = WeightCase.objects.select_for_update(of=("self",)).select_related("fulfillment")
    case = rows.filter(pk=case_id, fulfillment__location_id=location_id, decided_at=None).first()
    if case is None:
        raise CaseUnknown()
    _decide(case, accept, reason, actor, now)
    return case


def overrule(fo: FulfillmentOrder, measured: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """A lead at the scale decides on the spot; the case is kept as if it had been asked for."""
    must_lead(actor, fo.location_id)
    if fits(measured, fo.weight_g):
        return
    values = {
        "measured_g": measured,
        "expected_g": fo.weight_g,
        "asked_at": now,
        "asked_by": actor.label[:80],
    }
    case = WeightCase.objects.update_or_create(fulfillment=fo, decided_at=None, defaults=values)[0]
    _decide(case, True, reason, actor, now)


def _decide(case: WeightCase, accept: bool, reason: str, actor: Actor, now: datetime) -> None:
    reason = reason.strip()
    if not reason:
        raise ReasonNeeded(field="reason")
    case.accepted, case.reason = accept, reason[:160]
    case.decided_at, case.decided_by = now, actor.label[:80]
    case.save(update_fields=["accepted", "reason", "decided_at", "decided_by"])
