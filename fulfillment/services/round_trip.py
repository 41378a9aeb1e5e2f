"""A courier's whole round in one go, for devices that send their day's work together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fulfillment.models import CashMeans, Delivery, FulfillmentState, IdentityOutcome
from fulfillment.queries.carriers import carries
from fulfillment.services import completion, doors, identity_proof, signatures, visits
from fulfillment.services.delivery import proof_of
from fulfillment.services.identity_proof import IdentityDiffers
from fulfillment.services.steps import advance_many
from members.actors import Actor

WRITTEN = [
    "loaded_at",
    "arrived_at",
    "identity_passed_at",
    "signed_at",
    "signature_sha256",
    "cod_collected_fen",
    "cod_means",
    "finished_at",
    "courier_name",
    "courier_user_id",
]


@dataclass(frozen=True)
class Stop:
    """When the courier stood at a door, and when everything there was done."""

    arrived_at: datetime
    done_at: datetime


@transaction.atomic
def deliver_all(
    *,
    actor: Actor,
    courier_id: int,
    signature: str,
    identities: Mapping[str, tuple[str, str]],
    now: datetime,
    codes: set[str] | None = None,
    stops: Mapping[str, Stop] | None = None,
) -> list[str]:
    """Deliver a courier's parcels (those of `codes`, or all due): signed, paid in cash; returns their codes.

    identities: (name, last four of the ID) by parcel code, for those that demand it; one that does not fit
    refuses the whole round with IdentityDiffers. stops: the times at the doors by parcel code, else `now`.
    About thirty statements and three per identity.
    """
    found = _under_way(actor, courier_id, codes)
    digest, stops = signatures.keep(signature), stops or {}
    for row in found:
        stop = stops.get(row.fulfillment.code, Stop(now, now))
        _visit(row, digest, identities.get(row.fulfillment.code, ("", "")), actor, stop)
    fos = [row.fulfillment for row in found]
    at_ramp = [fo for fo in fos if fo.state == FulfillmentState.HANDED_OVER]
    advance_many(at_ramp, FulfillmentState.OUT_FOR_DELIVERY, now=now, actor=actor)
    Delivery.objects.bulk_update(found, WRITTEN, batch_size=500)
    visits.whole_visits(found)
    proofs = {row.fulfillment_id: proof_of(row) for row in found}
    cash = {row.fulfillment_id: row.cod_collected_fen for row in found}
    times = {row.fulfillment_id: row.finished_at for row in found} if stops else None
    completion.deliver_many(
        fos, courier_id=courier_id, proofs=proofs, cash=cash, times=times, actor=actor, now=now
    )
    return [fo.code for fo in fos]


def _under_way(actor: Actor, courier_id: int, codes: set[str] | None) -> list[Delivery]:
    rows = Delivery.objects.under_way().filter(courier_id=courier_id)
    if codes is not None:
        rows = rows.filter(fulfillment__code__in=codes)
    return [row for row in doors.locked(rows) if carries(actor, row.courier)]


def _visit(row: Delivery, digest: str, shown: tuple[str, str], actor: Actor, stop: Stop) -> None:
    row.loaded_at, row.arrived_at = row.loaded_at or stop.arrived_at, row.arrived_at or stop.arrived_at
    if row.identity_id and not row.identity_passed_at:
        name, tail = shown
        at = max(row.arrived_at, stop.arrived_at)
        outcome = identity_proof.record(
            row.fulfillment, row.identity_id, name=name, id_tail=tail, actor=actor, now=at
        )
        if outcome != IdentityOutcome.PASSED:
            raise IdentityDiffers(left=0, outcome=str(outcome), why=str(IdentityOutcome(outcome).label))
        row.identity_passed_at = at
    row.signed_at, row.signature_sha256 = stop.done_at, digest
    row.cod_collected_fen, row.cod_means = row.cod_fen, CashMeans.CASH if row.cod_fen else ""
    row.finished_at, row.courier_name, row.courier_user_id = stop.done_at, actor.label[:80], actor.user_id
