"""A parcel's last metres: loaded, at the door, signature, cash; delivered, refused, or another day."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from fulfillment.models import (
    AgainReason,
    CashMeans,
    Delivery,
    FulfillmentState,
    RefusalReason,
    RefusedUnits,
    VisitEnd,
)
from fulfillment.queries import told
from fulfillment.queries.carriers import carries
from fulfillment.queries.tracking import link_of
from fulfillment.services import account_closing, completion, doors, part, signatures, visits
from fulfillment.services.doors import ParcelUnknown, must_be, must_go_on, parcel_at_door
from fulfillment.services.steps import advance, advance_many
from fulfillment.services.wrong_input import NoReasonChosen
from members.actors import Actor
from members.services import messages
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

# Why a parcel goes back when the last visit was in vain.
FINALLY = {
    AgainReason.NO_DOCUMENT: RefusalReason.IDENTITY,
    AgainReason.NO_CASH: RefusalReason.NO_CASH,
    AgainReason.UNREACHABLE: RefusalReason.UNREACHABLE,
}


class CashDiffers(Invalid):
    code = "cod_differs"
    message = _("Exactly %(wanted_text)s are due, no more and no less.")


class DeliveryOver(DomainError):
    code = "delivery_over"
    message = _("The delivery of parcel %(parcel)s is over.")


class DayInvalid(Invalid):
    code = "delivery_day_invalid"
    message = _("Choose a day from tomorrow on, at most %(most)s days away.")


@transaction.atomic
def load(*, actor: Actor, courier_id: int, now: datetime, codes: Iterable[str] | None = None) -> int:
    """Take parcels on the van: those scanned, or all that wait; returns how many.

    Parcels that are due on a later day stay where they are unless they are scanned; one that is on the van
    stays there. Raises ParcelUnknown when none of the scanned ones is this courier's, DeliveryOver
    when nothing of them is left to deliver.
    """
    rows = Delivery.objects.filter(courier_id=courier_id)
    if codes is None:
        rows = rows.under_way().filter(loaded_at=None, due_on__lte=clock.local_day(now))
    else:
        rows = rows.filter(fulfillment__code__in=[code.strip().upper() for code in codes])
    known = [row for row in doors.locked(rows) if carries(actor, row.courier)]
    if codes is not None and not known:
        raise ParcelUnknown(parcel=", ".join(codes)[:40])
    open_ones = [row for row in known if not row.finished_at]
    if known and not open_ones:
        raise DeliveryOver(parcel=known[0].fulfillment.code)
    found = [row for row in open_ones if not row.loaded_at]
    at_ramp = [row.fulfillment for row in found if row.fulfillment.state == FulfillmentState.HANDED_OVER]
    advance_many(at_ramp, FulfillmentState.OUT_FOR_DELIVERY, now=now, actor=actor)
    loaded = Delivery.objects.filter(pk__in=[row.pk for row in found])
    return loaded.update(loaded_at=now, courier_name=actor.label[:80], courier_user_id=actor.user_id)


@transaction.atomic
def arrive(
    *,
    actor: Actor,
    code: str,
    now: datetime,
    fix: visits.Fix = visits.NO_FIX,
    recorded_at: datetime | None = None,
) -> Delivery:
    """The courier is at the door; pressed twice is once. Raises ParcelUnknown, StepOrder when it is over."""
    delivery = parcel_at_door(actor, code)
    must_go_on(delivery)
    if not delivery.arrived_at:
        visits.begin(delivery, actor=actor, now=now, fix=fix, recorded_at=recorded_at)
    return delivery


@transaction.atomic
def sign(*, actor: Actor, code: str, signature: str, now: datetime) -> Delivery:
    """Keep the signature drawn on the screen (a PNG data URL); without cash to collect, that delivers.

    Raises signatures.SignatureInvalid and its kin, ParcelUnknown, StepOrder.
    """
    delivery = parcel_at_door(actor, code)
    must_be(delivery, "sign")
    now = max(now, delivery.arrived_at)
    delivery.signature_sha256, delivery.signed_at = signatures.keep(signature), now
    delivery.save(update_fields=["signature_sha256", "signed_at"])
    if delivery.next_step == "deliver":
        finish(delivery, actor=actor, now=now)
    return delivery


@transaction.atomic
def collect(*, actor: Actor, code: str, amount_fen: int, now: datetime, means: str = "cash") -> Delivery:
    """Take the cash on delivery, to the fen; that delivers. By QR the provider says when it is paid.

    Raises CashDiffers, ParcelUnknown, StepOrder.
    """
    delivery = parcel_at_door(actor, code)
    must_be(delivery, "cash")
    check_cash(due_fen=delivery.cod_fen, amount_fen=amount_fen, means=means)
    take_money(delivery, means=CashMeans.CASH, actor=actor, now=max(now, delivery.signed_at))
    return delivery


def take_money(delivery: Delivery, *, means: str, actor: Actor, now: datetime) -> None:
    """All that is due at a locked, signed delivery was paid: it is delivered."""
    delivery.cod_collected_fen, delivery.cod_means = delivery.cod_fen, means
    delivery.save(update_fields=["cod_collected_fen", "cod_means"])
    finish(delivery, actor=actor, now=now)


def check_cash(*, due_fen: int, amount_fen: int, means: str) -> None:
    """Raise CashDiffers unless exactly the sum is paid, in cash."""
    if amount_fen != due_fen or means != CashMeans.CASH:
        text = f"¥{due_fen // 100:,}.{due_fen % 100:02d}"
        raise CashDiffers(field="amount", wanted=due_fen, given=amount_fen, wanted_text=text)


def finish(delivery: Delivery, *, actor: Actor, now: datetime) -> None:
    """Everything is done at the door: the parcel, or the kept part of it, is delivered."""
    delivery.finished_at = now
    delivery.save(update_fields=["finished_at"])
    refused = list(RefusedUnits.objects.filter(delivery=delivery).select_related("line"))
    visits.end(delivery, VisitEnd.PARTLY if refused else VisitEnd.DELIVERED, now=now)
    fo = delivery.fulfillment
    completion.deliver(
        fo,
        courier_id=delivery.courier_id,
        proof=proof_of(delivery),
        cash_fen=delivery.cod_collected_fen if delivery.cod_means == CashMeans.CASH else 0,
        actor=actor,
        now=now,
    )
    gone = [row.line.line_id for row in refused if row.line.msisdn]
    if gone:
        account_closing.close_accounts(fo, now=now, line_ids=gone)


def proof_of(delivery: Delivery) -> dict:
    """What the door saw, for the evidence."""
    passed_at = delivery.identity_passed_at
    return {
        "courier": delivery.courier.name,
        "delivered_by": delivery.courier_name,
        "identity_passed_at": passed_at.isoformat() if passed_at else None,
        "signature_sha256": delivery.signature_sha256,
        "cod_fen": delivery.cod_collected_fen,
        "cod_means": delivery.cod_means,
    }


@transaction.atomic
def refuse(
    *, actor: Actor, code: str, reason: str, now: datetime, recorded_at: datetime | None = None
) -> Delivery:
    """The parcel is not taken and goes back to its location; an account opened for it is closed.

    Raises NoReasonChosen, ParcelUnknown, StepOrder when the delivery is over.
    """
    if reason not in RefusalReason.values:
        raise NoReasonChosen(field="reason")
    delivery = parcel_at_door(actor, code)
    must_go_on(delivery)
    if not delivery.arrived_at:
        visits.begin(delivery, actor=actor, now=now, recorded_at=recorded_at)
    give_back(delivery, reason=reason, actor=actor, now=now)
    return delivery


def give_back(delivery: Delivery, *, reason: str, actor: Actor, now: datetime) -> None:
    """A locked delivery ends without being taken."""
    part.forget(delivery)
    delivery.finished_at, delivery.refused_reason = now, reason
    delivery.save(update_fields=["finished_at", "refused_reason"])
    visits.end(delivery, VisitEnd.REFUSED, now=now, reason=reason)
    fo = delivery.fulfillment
    completion.refuse(fo, courier_id=delivery.courier_id, reason=reason, actor=actor, now=now)
    account_closing.close_accounts(fo, now=now)


@transaction.atomic
def come_again(
    *,
    actor: Actor,
    code: str,
    reason: str,
    next_on: date | None,
    now: datetime,
    recorded_at: datetime | None = None,
) -> Delivery:
    """This visit was in vain: the next one is on `next_on`, and the customer is told by text message.

    After the last visit allowed the parcel goes back instead, as refuse() does. Raises NoReasonChosen,
    DayInvalid, ParcelUnknown, StepOrder when the delivery is over.
    """
    if reason not in AgainReason.values:
        raise NoReasonChosen(field="reason")
    delivery = parcel_at_door(actor, code)
    must_go_on(delivery)
    if not delivery.arrived_at:
        visits.begin(delivery, actor=actor, now=now, recorded_at=recorded_at)
    if delivery.visit >= settings.DELIVERY_MOST_VISITS:
        give_back(delivery, reason=FINALLY.get(reason, RefusalReason.VISITS_USED), actor=actor, now=now)
        return delivery
    _check_day(next_on, today=clock.local_day(now))
    postpone(delivery, reason=reason, next_on=next_on, actor=actor, now=now)
    return delivery


def _check_day(next_on: date | None, *, today: date) -> None:
    most = settings.DELIVERY_AGAIN_WITHIN_DAYS
    if next_on is None or not timedelta(0) < next_on - today <= timedelta(days=most):
        raise DayInvalid(field="next_on", most=most)


def postpone(delivery: Delivery, *, reason: str, next_on: date, actor: Actor, now: datetime) -> None:
    """A locked delivery is back at the courier's until the day; the visit's steps are forgotten."""
    visits.end(delivery, VisitEnd.AGAIN, now=now, reason=reason, next_on=next_on)
    part.forget(delivery)
    delivery.visit, delivery.due_on = delivery.visit + 1, next_on
    delivery.arrived_at = delivery.loaded_at = delivery.signed_at = delivery.identity_passed_at = None
    delivery.signature_sha256, delivery.qr_reference = "", None
    delivery.save()
    fo = delivery.fulfillment
    if fo.state != FulfillmentState.HANDED_OVER:
        advance(fo, FulfillmentState.HANDED_OVER, now=now, actor=actor, note=reason)
    _tell_customer(delivery, next_on, now)


def _tell_customer(delivery: Delivery, next_on: date, now: datetime) -> None:
    with override("zh-hans"):
        text = gettext(
            "We could not deliver parcel %(parcel)s today. We come again on %(day)s. Another day: %(link)s"
        ) % {
            "parcel": delivery.fulfillment.code,
            "day": next_on.isoformat(),
            "link": link_of(delivery.fulfillment.code),
        }
    for phone in told.of_goods(delivery.fulfillment):
        messages.send(phone=phone, kind="order", text=text, now=now)
