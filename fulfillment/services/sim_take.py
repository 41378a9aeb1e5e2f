"""SIM take: a card from the drawer becomes the card of this number of this order."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import (
    CardsAllowed,
    ClaimState,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    JobKind,
    ProvisioningJob,
    SerialKind,
)
from fulfillment.queries.account_jobs import refused_cards
from fulfillment.services import claims, hands
from fulfillment.services.steps import advance, advance_many
from fulfillment.services.undo import remember, undoes
from fulfillment.services.workplaces import must_lead, parcel, parcel_at, parcels
from members.actors import SYSTEM, Actor
from omnichannel.kernel.errors import DomainError, Invalid

STATION = "sim"


class NoCardWanted(DomainError):
    code = "no_card_wanted"
    message = _("Parcel %(parcel)s needs no further SIM card.")


class CardsRefused(DomainError):
    code = "cards_refused"
    message = _(
        "The network refused %(count)s cards for parcel %(parcel)s. A lead looks at its number first, then"
        " allows further cards or gives the parcel to the operators."
    )


class CardsLeft(DomainError):
    code = "cards_left"
    message = _("Parcel %(parcel)s may still take another card. Nothing needs to be allowed.")


class ReasonMissing(Invalid):
    code = "reason_missing"
    message = _("Say what was done about its number.")


class OpeningUnderWay(DomainError):
    code = "account_opening_under_way"
    message = _("The network is already working on parcel %(parcel)s.")


def cards_of(fo_ids: Iterable[int]):
    """The lines whose SIM card opens an account; cards without a number are goods, picked as such."""
    rows = FulfillmentLine.objects.filter(fulfillment__in=fo_ids, serial_kind=SerialKind.ICCID)
    return rows.exclude(msisdn="")


@transaction.atomic
def parcel_for_card(*, actor: Actor, location_id: int, code: str, now: datetime) -> FulfillmentOrder:
    """The scanned parcel, in the actor's hands when a card is to be taken for it; raises as take does."""
    fo = parcel_at(actor, code, location_id=location_id, station=STATION)
    fo.must_reach(FulfillmentState.SIM_TAKEN)
    if not _waiting(fo):
        raise NoCardWanted(parcel=fo.code)
    _must_have_tries_left(fo)
    hands.take(STATION, fo, actor=actor, now=now)
    return fo


def _must_have_tries_left(fo: FulfillmentOrder) -> None:
    """No card after card is burnt on a number that the network does not want."""
    refused = refused_cards([fo.pk]).get(fo.pk, 0)
    if refused >= settings.MOST_REFUSED_CARDS:
        raise CardsRefused(count=refused, parcel=fo.code)


@transaction.atomic
def allow_more(*, actor: Actor, location_id: int, code: str, reason: str, now: datetime) -> CardsAllowed:
    """A lead looked at the number of a parcel whose cards were refused: the count begins anew.

    Raises ParcelNotHere, NotALead, ReasonMissing, CardsLeft.
    """
    must_lead(actor, location_id)
    if not any(letter.isalpha() for letter in reason):
        raise ReasonMissing(field="reason")
    fo = parcel(actor, code, location_id=location_id)
    if refused_cards([fo.pk]).get(fo.pk, 0) < settings.MOST_REFUSED_CARDS:
        raise CardsLeft(parcel=fo.code)
    failed = ProvisioningJob.objects.failed().filter(fulfillment=fo, kind=JobKind.ACCOUNT).count()
    return CardsAllowed.objects.create(
        fulfillment=fo,
        refused=failed,
        reason=reason.strip()[:160],
        allowed_by=actor.label[:80],
        allowed_at=now,
    )


def _waiting(fo: FulfillmentOrder) -> list[FulfillmentLine]:
    """Lines whose card is still missing, in the order of the order."""
    return list(cards_of([fo.pk]).exclude(claims__state=ClaimState.LIVE).order_by("line_id"))


@transaction.atomic
def take(*, actor: Actor, location_id: int, code: str, iccid: str, now: datetime) -> FulfillmentOrder:
    """Bind a scanned card to the parcel's next number; with the last card the parcel moves on.

    Raises ParcelNotHere, ParcelCancelled, StationClosed, InColleaguesHands, NoCardWanted, CardsRefused,
    WrongState, and claims.SerialNotHere, SerialOfOther, SerialTaken.
    """
    fo = parcel_for_card(actor=actor, location_id=location_id, code=code, now=now)
    waiting = _waiting(fo)
    claim = claims.claim(waiting[0], iccid, location_id=location_id, now=now)
    serial = claim.serial.serial
    if len(waiting) == 1:
        advance(fo, FulfillmentState.SIM_TAKEN, now=now, actor=actor, note=f"…{serial[-6:]}")
        hands.put_down(STATION, fo, now=now)
    remember(STATION, fo, actor=actor, now=now, what=f"{fo.code} ← {serial}", iccid=serial)
    return fo


@transaction.atomic
def take_many(*, location_id: int, ids: Iterable[int], now: datetime, actor: Actor = SYSTEM) -> int:
    """Take free cards for parcels, as a card machine does; returns how many. Raises SerialsShort."""
    fos = [fo for fo in parcels(actor, ids, location_id=location_id) if fo.state == FulfillmentState.PICKED]
    lines = list(cards_of([fo.pk for fo in fos]))
    taken = claims.claim_free(lines, location_id=location_id, now=now)
    with_cards = {line.fulfillment_id for line in lines}
    ready = [fo for fo in fos if fo.pk in with_cards]
    if ready:
        advance_many(ready, FulfillmentState.SIM_TAKEN, now=now, actor=actor)
    return taken


@undoes(STATION)
def _put_back(fo: FulfillmentOrder, facts: dict, now: datetime, actor: Actor) -> None:
    if ProvisioningJob.objects.filter(fulfillment=fo, iccid=facts["iccid"]).exists():
        raise OpeningUnderWay(parcel=fo.code)
    if fo.state != FulfillmentState.PICKED:
        advance(fo, FulfillmentState.PICKED, now=now, actor=actor)
    claims.let_go(cards_of([fo.pk]), now=now, serial=facts["iccid"])
