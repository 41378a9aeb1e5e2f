"""Account opening: the core network binds card and number; only then may the parcel leave."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from catalog.services import numbers
from fulfillment.events import AccountFailed, AccountOpened, ProvisioningRequested
from fulfillment.models import (
    ClaimState,
    FulfillmentOrder,
    FulfillmentState,
    JobKind,
    JobState,
    ProvisioningJob,
    SerialClaim,
)
from fulfillment.services import account_closing, serials, shortage
from fulfillment.services.sim_take import OpeningUnderWay, cards_of
from fulfillment.services.steps import advance, advance_many, locked, locked_whole
from fulfillment.services.undo import remember
from fulfillment.services.workplaces import parcel_at, parcels
from members.actors import SYSTEM, Actor, NotYours
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError

STATION = "account"
OPENED = (FulfillmentState.ACCOUNT_OPEN, FulfillmentState.PACKED)


class WrongCard(DomainError):
    code = "wrong_card"
    message = _("Card %(iccid)s does not belong to parcel %(parcel)s.")


class OpenAlready(DomainError):
    code = "account_open_already"
    message = _("The account of parcel %(parcel)s is open. Pack it, or take the account back.")


class StillOpen(DomainError):
    code = "number_still_open"
    message = _(
        "The number of parcel %(parcel)s is open with an earlier card. The network is closing it: wait."
    )


class CardUnknown(NotYours):
    code = "card_unknown"
    message = _("No parcel here waits with card %(iccid)s. Was it taken at the SIM station?")


@transaction.atomic
def request(
    *, actor: Actor, location_id: int, code: str, now: datetime, iccid: str | None = None
) -> FulfillmentOrder:
    """Ask the network for the parcel's accounts; `iccid`, scanned once more, must be the card taken.

    The answer comes by itself: AccountOpened and the parcel may be packed, or AccountFailed and it waits
    for another card. Raises ParcelNotHere, ParcelCancelled, StationClosed, WrongCard, OpeningUnderWay,
    OpenAlready, StillOpen, WrongState.
    """
    fo = parcel_at(actor, code, location_id=location_id, station=STATION)
    if fo.state in OPENED:
        raise OpenAlready(parcel=fo.code)
    fo.must_reach(FulfillmentState.ACCOUNT_OPEN)
    taken = _taken([fo.pk])
    if iccid is not None and iccid.strip() not in {claim.serial.serial for claim in taken}:
        raise WrongCard(iccid=iccid.strip(), parcel=fo.code)
    if still_open([fo]):
        raise StillOpen(parcel=fo.code)
    if not _ask([fo], taken, now, actor):
        raise OpeningUnderWay(parcel=fo.code)
    remember(STATION, fo, actor=actor, now=now, what=fo.code)
    return fo


@transaction.atomic
def request_by_card(*, actor: Actor, location_id: int, iccid: str, now: datetime) -> FulfillmentOrder:
    """As request, found by the card in hand. Raises CardUnknown for one that no parcel here waits with."""
    live = SerialClaim.objects.filter(serial__serial=iccid.strip(), state=ClaimState.LIVE)
    code = live.values_list("line__fulfillment__code", flat=True).first()
    if code is None:
        raise CardUnknown(iccid=iccid.strip())
    return request(actor=actor, location_id=location_id, code=code, now=now, iccid=iccid)


@transaction.atomic
def request_many(*, location_id: int, ids: Iterable[int], now: datetime, actor: Actor = SYSTEM) -> int:
    """Ask the network for the accounts of all parcels whose cards are taken; returns how many accounts.

    One whose number is open from before waits until that account is closed.
    """
    fos = parcels(actor, ids, location_id=location_id)
    ready = [fo for fo in fos if fo.state == FulfillmentState.SIM_TAKEN]
    waits = still_open(ready)
    ready = [fo for fo in ready if fo.pk not in waits]
    return _ask(ready, _taken([fo.pk for fo in ready]), now, actor)


def still_open(fos: list[FulfillmentOrder]) -> set[int]:
    """Parcels of these with a line that another card opened and that the network has not closed yet."""
    taken = SerialClaim.objects.filter(line=OuterRef("pk"), state=ClaimState.LIVE)
    other = ProvisioningJob.objects.filter(
        kind=JobKind.ACCOUNT,
        state__in=(JobState.WAITING, JobState.DONE),
        order_number=OuterRef("fulfillment__demand__order_number"),
        line_id=OuterRef("line_id"),
    ).exclude(iccid=OuterRef("card"))
    card = Coalesce(Subquery(taken.values("serial__serial")[:1]), Value(""))
    lines = cards_of([fo.pk for fo in fos]).annotate(card=card)
    return set(lines.filter(Exists(other)).values_list("fulfillment_id", flat=True))


def _taken(fo_ids: list[int]) -> list[SerialClaim]:
    live = SerialClaim.objects.filter(line__in=cards_of(fo_ids), state=ClaimState.LIVE)
    return list(live.select_related("serial", "line").order_by("line__line_id"))


def _ask(fos: list[FulfillmentOrder], taken: list[SerialClaim], now: datetime, actor: Actor) -> int:
    """Write the jobs that do not exist yet. A card without a number needs no account."""
    by_id = {fo.pk: fo for fo in fos}
    with_number = {claim.line.fulfillment_id for claim in taken if claim.line.msisdn}
    blank = [fo for fo in fos if fo.pk not in with_number]
    if blank:
        advance_many(blank, FulfillmentState.ACCOUNT_OPEN, now=now, actor=actor)
    jobs = [_job(by_id[claim.line.fulfillment_id], claim, now) for claim in taken if claim.line.msisdn]
    known = ProvisioningJob.objects.filter(key__in=[job.key for job in jobs]).values_list("key", flat=True)
    known = set(known)
    fresh = ProvisioningJob.objects.bulk_create(job for job in jobs if job.key not in known)
    outbox.publish(*(ProvisioningRequested(job_id=job.pk, round=job.round) for job in fresh))
    return len(fresh) + len(blank)


def _job(fo: FulfillmentOrder, claim: SerialClaim, now: datetime) -> ProvisioningJob:
    line = claim.line
    return ProvisioningJob(
        key=f"account-{fo.demand.order_number}-{line.line_id}-{claim.serial.serial}",
        kind=JobKind.ACCOUNT,
        order_number=fo.demand.order_number,
        line_id=line.line_id,
        fulfillment=fo,
        msisdn=line.msisdn,
        iccid=claim.serial.serial,
        sku=line.plan_sku,
        identity_id=line.identity_id,
        requested_at=now,
    )


def record(job: ProvisioningJob, *, now: datetime) -> None:
    """What the network's answer to an opening means for parcel, card and number."""
    numbers.lock([job.msisdn])
    failed = job.state == JobState.FAILED
    fo = (locked_whole if failed else locked)(job.fulfillment_id)
    if failed:
        _failed(job, fo, now)
    elif fo.state != FulfillmentState.SIM_TAKEN:  # cancelled while the network worked
        account_closing.close_accounts(fo, now=now)
    else:
        _opened(job, fo, now)


def _opened(job: ProvisioningJob, fo: FulfillmentOrder, now: datetime) -> None:
    numbers.activate(msisdn=job.msisdn, reference=job.order_number, now=now)
    outbox.publish(AccountOpened(**_news(job, now)))
    wanted = cards_of([fo.pk]).exclude(msisdn="").values_list("line_id", flat=True)
    accounts = ProvisioningJob.objects.filter(fulfillment=fo, kind=JobKind.ACCOUNT, state=JobState.DONE)
    if set(wanted) <= set(accounts.values_list("line_id", flat=True)):
        advance(fo, FulfillmentState.ACCOUNT_OPEN, now=now)


def _failed(job: ProvisioningJob, fo: FulfillmentOrder, now: datetime) -> None:
    """The card goes to quarantine, never back to the free ones; the parcel waits for another one here, or
    is routed elsewhere when there is none."""
    account_closing.lock_levels([fo], [job.iccid])
    replaceable = serials.quarantine(serial=job.iccid, reason=job.reason, reference=job.key, now=now)
    if fo.state == FulfillmentState.SIM_TAKEN and replaceable:
        advance(fo, FulfillmentState.PICKED, now=now, note=job.reason)
    elif fo.state == FulfillmentState.SIM_TAKEN:
        shortage.report_short(fulfillment_id=fo.pk, actor=SYSTEM, now=now)
    outbox.publish(AccountFailed(reason=job.reason, **_news(job, now)))


def _news(job: ProvisioningJob, now: datetime) -> dict:
    return {
        "fulfillment_id": job.fulfillment_id,
        "order_number": job.order_number,
        "line_id": job.line_id,
        "msisdn": job.msisdn,
        "iccid": job.iccid,
        "occurred_at": now.isoformat(),
    }
