"""Proof of delivery: who, what, when and the signature's hash in one document under one hash."""

import hashlib
import json
from datetime import datetime

from fulfillment.models import ClaimState, Evidence, FulfillmentOrder, SerialClaim
from fulfillment.services import signatures
from omnichannel.kernel.secrets import mask_name, mask_tail


def bind(fo: FulfillmentOrder, *, proof: dict, now: datetime) -> Evidence:
    """Write the evidence of a delivery. `proof`: what the door saw (identity, signature, cash, code)."""
    claims = SerialClaim.objects.filter(line__fulfillment=fo).exclude(state=ClaimState.RELEASED)
    destination = fo.demand.wish["destination"] or {}
    document = {
        "parcel": fo.code,
        "order": fo.demand.order_number,
        "receiver": mask_name(destination.get("name", "")),
        "phone": mask_tail(destination.get("phone", "")),
        "serials": sorted(claims.values_list("serial__serial", flat=True)),
        "delivered_at": now.isoformat(),
        **proof,
    }
    return Evidence.objects.create(fulfillment=fo, document=document, sha256=digest(document))


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
