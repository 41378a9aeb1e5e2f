"""Packing: the scale tells whether the parcel holds what it should."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import FulfillmentOrder, FulfillmentState, SerialKind, Wave, WrongState
from fulfillment.services import found_again, hands, sort_wall, waves, weights
from fulfillment.services.steps import advance, advance_many
from fulfillment.services.undo import remember, undoes
from fulfillment.services.workplaces import parcel, parcel_at, parcels
from members.actors import SYSTEM, Actor
from omnichannel.kernel.errors import DomainError, Invalid

STATION = "pack"
HEAVIEST_G = 50_000


class WeightInvalid(Invalid):
    code = "weight_invalid"
    message = _("Type the weight in grams, between 1 and 50,000.")


class NothingPacked(DomainError):
    code = "nothing_packed_yet"
    message = _("You have packed nothing here yet. Print a label from the parcel's page.")


class AccountNotOpen(DomainError):
    code = "account_not_open"
    message = _("Parcel %(parcel)s holds a SIM card whose account is not open yet.")


class PackedAlready(WrongState):
    code = "packed_already"
    message = _("Parcel %(parcel)s is packed. Press P for its label, or take it to the ramp.")


@transaction.atomic
def parcel_to_pack(*, actor: Actor, location_id: int, code: str, now: datetime) -> FulfillmentOrder:
    """The scanned parcel, in the actor's hands, when it may be closed now.

    Raises ParcelNotHere, ParcelCancelled, StationClosed, AccountNotOpen, NotSorted, PackedAlready,
    WrongState, InColleaguesHands.
    """
    fo = parcel_at(actor, code, location_id=location_id, station=STATION)
    if fo.state == FulfillmentState.PACKED:
        raise PackedAlready(parcel=fo.code)
    must_be_ready([fo])
    _must_be_open([fo])
    sort_wall.must_be_sorted(fo)
    hands.take(STATION, fo, actor=actor, now=now)
    return fo


@transaction.atomic
def pack(
    *, actor: Actor, location_id: int, code: str, weight_g: int, now: datetime, reason: str = ""
) -> FulfillmentOrder:
    """Close a parcel at its weight. `reason`: a lead opened it, looked, and says why the weight is right.

    Raises WeightInvalid, WeightDiffers (beyond 5 % of what is expected, and no lead has accepted it),
    NotALead, and as parcel_to_pack.
    """
    if not 0 < weight_g <= HEAVIEST_G:
        raise WeightInvalid(field="weight_g")
    fo = parcel_to_pack(actor=actor, location_id=location_id, code=code, now=now)
    if reason.strip():
        weights.overrule(fo, weight_g, reason=reason, actor=actor, now=now)
    else:
        weights.check(fo, weight_g)
    fo.packed_g = weight_g
    fo.save(update_fields=["packed_g"])
    note = f"{weight_g} g" if weights.fits(weight_g, fo.weight_g) else f"{weight_g} g ≠ {fo.weight_g} g"
    return _close(fo, note=note, actor=actor, now=now)


@transaction.atomic
def pack_at_counter(*, actor: Actor, location_id: int, code: str, now: datetime) -> FulfillmentOrder:
    """A store has no scale: whoever packs has looked inside. Raises as parcel_to_pack."""
    fo = parcel(actor, code, location_id=location_id)
    must_be_ready([fo])
    _must_be_open([fo])
    return _close(fo, note="", actor=actor, now=now)


def _close(fo: FulfillmentOrder, *, note: str, actor: Actor, now: datetime) -> FulfillmentOrder:
    before = fo.state
    advance(fo, FulfillmentState.PACKED, now=now, actor=actor, note=note)
    remember(STATION, fo, actor=actor, now=now, what=f"{fo.code} {note}", before=before)
    sort_wall.free_slots([fo.pk])
    hands.put_down(STATION, fo, now=now)
    waves.close_finished(location_id=fo.location_id, now=now)
    return fo


@transaction.atomic
def pack_many(*, location_id: int, ids: Iterable[int], now: datetime, actor: Actor = SYSTEM) -> int:
    """Close parcels at their expected weight, as an automatic packing line does; returns how many."""
    fos = parcels(actor, ids, location_id=location_id)
    must_be_ready(fos)
    _must_be_open(fos)
    advance_many(fos, FulfillmentState.PACKED, now=now, actor=actor)
    sort_wall.free_slots([fo.pk for fo in fos])
    waves.close_finished(location_id=location_id, now=now)
    return len(fos)


def _must_be_open(fos: list[FulfillmentOrder]) -> None:
    """Raise WrongState for a parcel that is not open in front of a packer: what left or waits at a counter
    becomes "packed" again by being taken back there, not by being packed."""
    for fo in fos:
        if fo.state not in (FulfillmentState.PICKED, FulfillmentState.ACCOUNT_OPEN):
            raise WrongState(fulfillment=fo.code, state=str(fo.get_state_display()))


def must_be_ready(fos: list[FulfillmentOrder]) -> None:
    """Raise AccountNotOpen for a parcel with a SIM card that has no account yet."""
    waiting = [fo for fo in fos if fo.state in (FulfillmentState.PICKED, FulfillmentState.SIM_TAKEN)]
    with_card = FulfillmentOrder.objects.filter(
        pk__in=[fo.pk for fo in waiting], lines__serial_kind=SerialKind.ICCID, lines__msisdn__gt=""
    )
    code = with_card.order_by("pk").values_list("code", flat=True).first() if waiting else None
    if code is not None:
        raise AccountNotOpen(parcel=code)


@undoes(STATION)
def _unpack(fo: FulfillmentOrder, facts: dict, now: datetime, actor: Actor) -> None:
    if "short" in facts:
        found_again.take_back(fo, facts, now=now, actor=actor)
        return
    if fo.state != FulfillmentState.PACKED:
        raise WrongState(fulfillment=fo.code, state=str(fo.get_state_display()))
    advance(fo, facts["before"], now=now, actor=actor)
    fo.packed_g = None
    fo.save(update_fields=["packed_g"])
    Wave.objects.filter(entries__fulfillment=fo).update(closed_at=None)
