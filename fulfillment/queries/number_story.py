"""A mobile number's whole story: receipt, dealers, holds, order, card, account, rest, in one timeline."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.queries import numbers
from catalog.queries.numbers import AllotmentCard, HoldCard, NumberRecord
from members.actors import Actor
from members.queries import institutions_by_ids
from members.values import InstitutionCard
from omnichannel.kernel.clock import local_day

from ..models import FulfillmentLine, NumberReceipt, ProvisioningJob, SerialClaim
from ..reasons import words
from . import dealers
from .serials import OVERSEERS, READERS, Step

Spans = list[tuple[datetime, datetime | None]]
DIGITS = re.compile(r"^(\+?86)?1[3-9][0-9]{9}$")


@dataclass(frozen=True)
class NumberStory:
    """order_number, card: of the parcel that last carried the number; dealer: who alone may sell it."""

    record: NumberRecord
    steps: tuple[Step, ...]
    order_number: str
    card: str
    dealer: InstitutionCard | None


def looks_like_number(text: str) -> bool:
    return bool(DIGITS.match(re.sub(r"[\s-]", "", text)))


def find(actor: Actor, text: str) -> NumberRecord | None:
    """A number of the pool: any for overseers, for others one that a parcel at a place of theirs carries.

    Who looks after a dealer sees the dealer's numbers, too.
    """
    if not looks_like_number(text):
        return None
    found = numbers.record(text)
    if found is None or actor.has(*OVERSEERS):
        return found
    if found.dealer_id and dealers.terms(actor).filter(pk=found.dealer_id).exists():
        return found
    return found if _was_packed_by(actor, found) else None


def _was_packed_by(actor: Actor, record: NumberRecord) -> bool:
    """A parcel at a place of the actor's carries or carried the number."""
    places = FulfillmentLine.objects.filter(msisdn=record.msisdn).values_list(
        "fulfillment__location__path", flat=True
    )
    paths = tuple(actor.paths(*READERS))
    return bool(paths) and any(place.startswith(paths) for place in places)


def story(actor: Actor, record: NumberRecord) -> NumberStory:
    """What find() found for this actor; about nine statements, whatever befell the number.

    Of dealers only those that the actor looks after are told (overseers: all). Who sees the number for its
    dealer alone sees what befell it while that dealer had it: the rest is another's business.
    """
    allotments, spans = _seen(actor, record)
    houses = institutions_by_ids({each.dealer_id for each in allotments})
    claims = list(
        SerialClaim.objects.filter(line__msisdn=record.msisdn)
        .select_related("serial", "line__fulfillment__demand", "line__fulfillment__location")
        .order_by("pk")
    )
    claims = [claim for claim in claims if _within(claim.claimed_at, spans)]
    lines = FulfillmentLine.objects.filter(msisdn=record.msisdn).select_related("fulfillment__demand")
    last = lines.order_by("-pk").first() if spans is None else None
    steps = [
        *_received(record),
        *_at_dealers(allotments, houses),
        *_held(record),
        *_carded(claims),
        *_accounts(record),
        *_rest(record),
    ]
    return NumberStory(
        record=record,
        steps=tuple(sorted((step for step in steps if _within(step.at, spans)), key=lambda step: step.at)),
        order_number=record.reference or (last.fulfillment.demand.order_number if last else ""),
        card=claims[-1].serial.serial if claims else "",
        dealer=houses.get(record.dealer_id),
    )


def _within(at: datetime, spans: Spans | None) -> bool:
    return spans is None or any(begins <= at and (ends is None or at <= ends) for begins, ends in spans)


def _seen(actor: Actor, record: NumberRecord) -> tuple[list[AllotmentCard], Spans | None]:
    """The allotments that the actor may know of, and when the rest is theirs to read; None: always."""
    if actor.has(*OVERSEERS):
        return list(record.allotments), None
    known = dealers.terms(actor).filter(pk__in={each.dealer_id for each in record.allotments})
    mine = set(known.values_list("pk", flat=True))
    found = [each for each in record.allotments if each.dealer_id in mine]
    if _was_packed_by(actor, record):
        return found, None
    return found, [(each.since, each.ended_at) for each in found]


def _received(record: NumberRecord) -> list[Step]:
    receipt = (
        NumberReceipt.objects.filter(pk=record.msisdn)
        .select_related("batch__location")
        .defer("batch__content")
        .first()
    )
    if receipt is None:
        return []
    batch = receipt.batch
    text = _("Delivery note %(note)s, file %(file)s") % {"note": batch.delivery_note, "file": batch.file_name}
    where = batch.location.label
    return [Step(receipt.received_at, _("Received"), batch.uploaded_by, where, text, icon="package-check")]


def _at_dealers(allotments: list[AllotmentCard], houses: dict[int, InstitutionCard]) -> list[Step]:
    """Each dealer that got the number, by which order, when it sold it and how it left it."""
    steps = []
    for each in allotments:
        where = houses[each.dealer_id].label
        text = _("Order %(order)s") % {"order": each.reference}
        steps.append(Step(each.since, _("A dealer got it to sell"), where=where, text=text, icon="handshake"))
        if each.sold_at is not None:
            steps.append(Step(each.sold_at, _("Sold by the dealer"), where=where, icon="shopping-bag"))
        if each.ended_at is not None:
            title = _("Left the dealer: %(why)s") % {"why": each.end_words}
            steps.append(Step(each.ended_at, title, each.ended_by, where, each.reason, icon="undo-2"))
    return steps


def _held(record: NumberRecord) -> list[Step]:
    """Each hold begins, and ends by being given back, running out, or the order taking the number."""
    steps = []
    for hold in record.holds:
        who = _holder(hold)
        steps.append(Step(hold.held_at, _("Kept"), text=who, icon="lock"))
        if hold.ended_at is not None:
            taken = hold.end == "allocated"
            title = _("Taken by the order") if taken else hold.end_words
            steps.append(Step(hold.ended_at, title, text=who, icon="shopping-bag" if taken else ""))
    return steps


def _holder(hold: HoldCard) -> str:
    """Whom people may know: an order by its number; visitors and baskets stay unnamed."""
    kind, _sep, name = hold.holder.partition(":")
    if kind == "order":
        return _("Order %(order)s") % {"order": name}
    return _("in a basket") if kind == "basket" else _("by a visitor")


def _carded(claims: list[SerialClaim]) -> list[Step]:
    steps = []
    for claim in claims:
        fo = claim.line.fulfillment
        names = {"card": claim.serial.serial, "parcel": fo.code}
        steps.append(
            Step(
                claim.claimed_at,
                _("Card %(card)s taken for parcel %(parcel)s") % names,
                where=fo.location.label,
                text=_("Order %(order)s") % {"order": fo.demand.order_number},
                icon="package",
            )
        )
        if claim.state == "released":
            title = _("Card %(card)s put back") % names
            steps.append(Step(claim.changed_at, title, state="failed"))
    return steps


def _accounts(record: NumberRecord) -> list[Step]:
    return [
        Step(
            job.finished_at or job.requested_at,
            f"{job.get_kind_display()} · {job.get_state_display()}",
            text=" · ".join(part for part in (job.iccid, words(job.reason)) if part),
            state="failed" if job.state == "failed" else "done",
            icon="smartphone",
        )
        for job in ProvisioningJob.objects.filter(msisdn=record.msisdn).order_by("pk")
    ]


def _rest(record: NumberRecord) -> list[Step]:
    """While it rests: since when, and until which day nobody may have it."""
    if record.rests_until is None:
        return []
    since = record.rests_until - timedelta(days=settings.NUMBER_REST_DAYS)
    text = _("until %(day)s") % {"day": local_day(record.rests_until).isoformat()}
    return [Step(since, _("Given back: it rests"), text=text, icon="moon")]
