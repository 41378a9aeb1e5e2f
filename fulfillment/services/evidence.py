"""Proof of delivery: who, what, when and where, with the hashes of the pictures, bound under one hash."""

import hashlib
import hmac
import json
from collections import defaultdict
from datetime import datetime

from fulfillment.models import (
    ClaimState,
    DeliveryPhoto,
    DoorVisit,
    Evidence,
    FulfillmentLine,
    FulfillmentOrder,
    IdentityCheck,
    Posting,
    RefusedUnits,
    SerialClaim,
)
from omnichannel.kernel.secrets import lookup, mask_name, mask_tail

CONTEXT = "evidence"


def bind_many(fos: list[FulfillmentOrder], *, proofs: dict[int, dict]) -> None:
    """Write the evidence of parcels just delivered. `proofs`: what each door saw (signature, cash, code).

    Goods, what was not taken, identity checks, photos and visits are read here: seven statements for any
    number of parcels, one more where customers posted some themselves.
    """
    seen = _seen(fos)
    Evidence.objects.bulk_create(bound(fo, {**proofs[fo.pk], **seen[fo.pk]}, fo.changed_at) for fo in fos)


def bound(fo: FulfillmentOrder, proof: dict, now: datetime) -> Evidence:
    """The evidence of one parcel, sealed."""
    destination = fo.demand.wish["destination"] or {}
    document = {
        "parcel": fo.code,
        "order": fo.demand.order_number,
        "receiver": mask_name(destination.get("name", "")),
        "phone": mask_tail(destination.get("phone", "")),
        "delivered_at": now.isoformat(),
        **proof,
    }
    seals = seals_of(document)
    root = digest(seals)
    return Evidence(fulfillment=fo, document=document, seals=seals, sha256=root, mac=mac_of(root))


def _seen(fos: list[FulfillmentOrder]) -> dict[int, dict]:
    """Per parcel: serials, goods, posted, refused, identity_checks, photos, visits; empty ones stay away."""
    found: dict[int, dict[str, list]] = {fo.pk: defaultdict(list) for fo in fos}
    refused = RefusedUnits.objects.filter(delivery__fulfillment__in=fos)
    kept_back = {row.line_id: row for row in refused}
    for line in FulfillmentLine.objects.filter(fulfillment__in=fos).order_by("line_id"):
        back = kept_back.get(line.pk)
        goods = [line.sku, line.quantity - (back.quantity if back else 0)]
        found[line.fulfillment_id]["goods"].append(goods)
        if back:
            found[line.fulfillment_id]["refused"].append([line.sku, back.quantity, back.reason])
    gone = {serial for row in kept_back.values() for serial in row.serials}
    for pk, serial in _serials(fos):
        if serial not in gone:
            found[pk]["serials"].append(serial)
    by_demand = {fo.demand_id: fo.pk for fo in fos if fo.is_posted}
    for row in Posting.objects.filter(demand__in=by_demand) if by_demand else ():
        found[by_demand[row.demand_id]]["posted"].append([row.contents, row.weight_g])
    for check in IdentityCheck.objects.filter(fulfillment__in=fos).order_by("pk"):
        found[check.fulfillment_id]["identity_checks"].append(
            [check.at.isoformat(), check.outcome, check.name_masked]
        )
    for photo in DeliveryPhoto.objects.filter(fulfillment__in=fos):
        found[photo.fulfillment_id]["photos"].append([photo.kind, photo.sha256])
    for visit in DoorVisit.objects.filter(delivery__fulfillment__in=fos).select_related("delivery"):
        found[visit.delivery.fulfillment_id]["visits"].append(_visit(visit))
    return found


def _serials(fos: list[FulfillmentOrder]):
    claims = SerialClaim.objects.filter(line__fulfillment__in=fos).exclude(state=ClaimState.RELEASED)
    return claims.values_list("line__fulfillment_id", "serial__serial").order_by("serial__serial")


def _visit(visit: DoorVisit) -> dict:
    """Times, who, and the place: degrees and metres, or why there is none."""
    fix = (
        [visit.latitude, visit.longitude, visit.accuracy_m]
        if visit.latitude is not None
        else visit.position or "not_asked"
    )
    return {
        "number": visit.number,
        "by": visit.by,
        "arrived_at": visit.arrived_at.isoformat(),
        "recorded_at": visit.recorded_at.isoformat(),
        "position": fix,
        "distance_m": visit.distance_m,
        "end": visit.end,
    }


def seals_of(document: dict) -> dict[str, str]:
    """A hash of each entry together with its name."""
    return {name: digest([name, value]) for name, value in document.items()}


def digest(content) -> str:
    """SHA-256 over canonical JSON: keys sorted, no blanks, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def mac_of(root: str) -> str:
    """The root under our key: who can write the table but has no key cannot bind a new proof."""
    return lookup(root, context=CONTEXT)


def is_ours(proof: Evidence) -> bool:
    return hmac.compare_digest(proof.mac.encode(), mac_of(proof.sha256).encode())
