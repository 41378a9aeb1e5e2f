"""Packing: the scale tells whether the parcel holds what it should."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import FulfillmentOrder, FulfillmentState, SerialKind, Wave
from fulfillment.services import waves
from fulfillment.services.steps import advance, advance_many
from fulfillment.services.undo import remember, undoes
from fulfillment.services.workplaces import parcel, parcels
from members.actors import SYSTEM, Actor
from omnichannel.kernel.errors import DomainError, Invalid

TOLERANCE_PERCENT = 5
STATION = "pack"
HEAVIEST_G = 50_000


class WeightInvalid(Invalid):
    code = "weight_invalid"
    message = _("Type the weight in grams, between 1 and 50,000.")


class WeightDiffers(DomainError):
    code = "weight_differs"
    message = _(
        "%(measured)s g on the scale, %(expected)s g expected. Open the parcel and check its contents."
    )


class AccountNotOpen(DomainError):
    code = "account_not_open"
    message = _("Parcel %(parcel)s holds a SIM card whose account is not open yet.")


@transaction.atomic
def parcel_to_pack(*, actor: Actor, location_id: int, code: str) -> FulfillmentOrder:
    """The scanned parcel, when it may be closed now. Raises ParcelNotHere, AccountNotOpen, WrongState."""
    fo = parcel(actor, code, location_id=location_id)
    must_be_ready([fo])
    fo.must_reach(FulfillmentState.PACKED)
    return fo


@transaction.atomic
def pack(
    *, actor: Actor, location_id: int, code: str, weight_g: int, now: datetime, weight_is_right: bool = False
) -> FulfillmentOrder:
    """Close a parcel. weight_is_right: a person opened it, looked, and stands for what is inside.

    Raises ParcelNotHere, WeightInvalid, WeightDiffers (beyond 5 %), AccountNotOpen, WrongState.
    """
    if not 0 < weight_g <= HEAVIEST_G:
        raise WeightInvalid(field="weight_g")
    fo = parcel_to_pack(actor=actor, location_id=location_id, code=code)
    if not weight_is_right:
        _check_weight(fo, weight_g)
    before = fo.state
    note = f"{weight_g} g" if not weight_is_right else f"{weight_g} g ≠ {fo.weight_g} g"
    advance(fo, FulfillmentState.PACKED, now=now, actor=actor, note=note)
    remember(STATION, fo, actor=actor, now=now, what=f"{fo.code} {weight_g} g", before=before)
    waves.close_finished(location_id=location_id, now=now)
    return fo


@transaction.atomic
def pack_many(*, location_id: int, ids: Iterable[int], now: datetime, actor: Actor = SYSTEM) -> int:
    """Close parcels at their expected weight, as an automatic packing line does; returns how many."""
    fos = parcels(actor, ids, location_id=location_id)
    must_be_ready(fos)
    advance_many(fos, FulfillmentState.PACKED, now=now, actor=actor)
    waves.close_finished(location_id=location_id, now=now)
    return len(fos)


def must_be_ready(fos: list[FulfillmentOrder]) -> None:
    """Raise AccountNotOpen for a parcel with a SIM card that has no account yet."""
    waiting = [fo for fo in fos if fo.state in (FulfillmentState.PICKED, FulfillmentState.SIM_TAKEN)]
    with_card = FulfillmentOrder.objects.filter(
        pk__in=[fo.pk for fo in waiting], lines__serial_kind=SerialKind.ICCID, lines__msisdn__gt=""
    )
    code = with_card.order_by("pk").values_list("code", flat=True).first() if waiting else None
    if code is not None:
        raise AccountNotOpen(parcel=code)


def _check_weight(fo: FulfillmentOrder, measured: int) -> None:
    """No expectation, no check: goods whose weight the catalogue does not know."""
    if fo.weight_g and abs(measured - fo.weight_g) * 100 > fo.weight_g * TOLERANCE_PERCENT:
        raise WeightDiffers(measured=measured, expected=fo.weight_g)


@undoes(STATION)
def _unpack(fo: FulfillmentOrder, facts: dict, now: datetime, actor: Actor) -> None:
    advance(fo, facts["before"], now=now, actor=actor)
    Wave.objects.filter(entries__fulfillment=fo).update(closed_at=None)
