"""Proof of delivery: who, what, when and the signature's hash in one document under one hash."""

import hashlib
import json
from datetime import datetime

from fulfillment.models import ClaimState, Evidence, FulfillmentOrder, SerialClaim
from fulfillment.services import signatures
from omnichannel.kernel.secrets import mask_name, mask_tail


def bind_many(fos: list[FulfillmentOrder], *, proofs: dict[int, dict], now: datetime) -> None:
    """Write the evidence of deliveries. `proofs`: what each door saw (identity, signature, cash, code)."""
    serials = _serials(fos)
    Evidence.objects.bulk_create(_evidence(fo, serials[fo.pk], proofs[fo.pk], now) for fo in fos)


def _serials(fos: list[FulfillmentOrder]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {fo.pk: [] for fo in fos}
    claims = SerialClaim.objects.filter(line__fulfillment__in=fos).exclude(state=ClaimState.RELEASED)
    for fo_pk, serial in claims.values_list("line__fulfillment_id", "serial__serial").order_by(
        "serial__serial"
    ):
        found[fo_pk].append(serial)
    return found


def _evidence(fo: FulfillmentOrder, serials: list[str], proof: dict, now: datetime) -> Evidence:
    destination = fo.demand.wish["destination"] or {}
    document = {
        "parcel": fo.code,
        "order": fo.demand.order_number,
        "receiver": mask_name(destination.get("name", "")),
        "phone": mask_tail(destination.get("phone", "")),
        "serials": serials,
        "delivered_at": now.isoformat(),
        **proof,
    }
    return Evidence(fulfillment=fo, document=document, sha256=digest(document))


def digest(document: dict) -> str:
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def verify(*, fulfillment_id: int) -> bool:
    """Is the document unchanged, and is the signature picture the one that was drawn?"""
    found = Evidence.objects.get(fulfillment_id=fulfillment_id)
    signature = found.document.get("signature_sha256", "")
    return digest(found.document) == found.sha256 and (
        not signature or signatures.read(signature) is not None
    )
