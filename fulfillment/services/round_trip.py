"""A courier's whole round in one go, for devices that send their day's work together."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from fulfillment.models import CashMeans, Delivery, FulfillmentState, IdentityOutcome
from fulfillment.services import completion, identity_proof, signatures, visits
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


@transaction.atomic
def deliver_all(
    *,
    actor: Actor,
    courier_id: int,
    signature: str,
    identities: Mapping[str, tuple[str, str]],
    now: datetime,
    codes: set[str] | None = None,
) -> list[str]:
    """Deliver a courier's parcels (those of `codes`, or all due): signed, paid in cash; returns their codes.

    identities: (name, last four of the ID) by parcel code, for those that demand it; one that does not fit
    refuses the whole round with IdentityDiffers. About thirty statements and three per identity.
    """
    found = _under_way(actor, courier_id, codes)
    digest = signatures.keep(signature)
    for row in found:
        _visit(row, digest, identities.get(row.fulfillment.code, ("", "")), actor, now)
    fos = [row.fulfillment for row in found]
    at_ramp = [fo for fo in fos if fo.state == FulfillmentState.HANDED_OVER]
    advance_many(at_ramp, FulfillmentState.OUT_FOR_DELIVERY, now=now, actor=actor)
    Delivery.objects.bulk_update(found, WRITTEN, batch_size=500)
    visits.whole_visits(found, now=now)
    proofs = {row.fulfillment_id: proof_of(row) for row in found}
    cash = {row.fulfillment_id: row.cod_collected_fen for row in found}
    completion.deliver_many(fos, courier_id=courier_id, proofs=proofs, cash=cash, actor=actor, now=now)
    return [fo.code for fo in fos]


def _under_way(actor: Actor, courier_id: int, codes: set[str] | None) -> list[Delivery]:
    rows = Delivery.objects.select_for_update(of=("self", "fulfillment")).under_way()
    rows = rows.select_related("fulfillment__demand", "courier").filter(courier_id=courier_id)
    if codes is not None:
        rows = rows.filter(fulfillment__code__in=codes)
    return [row for row in rows.order_by("fulfillment_id") if actor.can("courier", row.courier.path)]


def _visit(row: Delivery, digest: str, shown: tuple[str, str], actor: Actor, now: datetime) -> None:
    if row.identity_id and not row.identity_passed_at:
        name, tail = shown
        outcome = identity_proof.record(
            row.fulfillment, row.identity_id, name=name, id_tail=tail, actor=actor, now=now
        )
        if outcome != IdentityOutcome.PASSED:
            raise IdentityDiffers(left=0, outcome=str(outcome), why=str(IdentityOutcome(outcome).label))
        row.identity_passed_at = now
    row.loaded_at, row.arrived_at = row.loaded_at or now, row.arrived_at or now
    row.signed_at, row.signature_sha256 = now, digest
    row.cod_collected_fen, row.cod_means = row.cod_fen, CashMeans.CASH if row.cod_fen else ""
    row.finished_at, row.courier_name, row.courier_user_id = now, actor.label[:80], actor.user_id
