"""What stands on the papers of a parcel: its label, and its line on the courier's manifest."""

from dataclasses import dataclass
from datetime import datetime

from fulfillment.models import Delivery, FulfillmentOrder, Manifest, Way
from members.queries import institutions_by_ids
from members.values import InstitutionCard
from omnichannel.kernel.secrets import mask_name, mask_tail


@dataclass(frozen=True)
class LabelFacts:
    """Grams, fen. carrier: who takes it from the location, "" while nobody is decided; via: the hub between.

    is_measured: the weight is the scale's, not the catalogue's.
    """

    code: str
    carrier: str
    via: str
    wave: str
    departs: datetime | None
    sender: str
    sender_address: str
    sender_phone: str
    name: str
    phone: str
    place: str
    street: str
    is_pickup: bool
    weight_g: int
    is_measured: bool
    cod_fen: int
    needs_identity: bool


def label_facts(fo: FulfillmentOrder, *, planned_courier: int | None) -> LabelFacts:
    """planned_courier: who will take it by plan, until somebody has."""
    delivery = Delivery.objects.filter(fulfillment=fo).first()
    courier_id = delivery.courier_id if delivery else planned_courier
    ids = [pk for pk in (courier_id, fo.via_id, fo.location_id) if pk]
    cards = institutions_by_ids(ids)
    here, wish = cards[fo.location_id], fo.demand.wish
    receiver = wish["destination"] or {}
    entry = getattr(fo, "wave_entry", None)
    is_pickup = fo.way == Way.PICKUP
    sender, phone = _person(wish) if fo.is_posted else (here.name, fo.location.phone)
    return LabelFacts(
        code=fo.code,
        carrier=_name(cards.get(courier_id)),
        via=_name(cards.get(fo.via_id)),
        wave=f"{entry.wave.code} № {entry.slot}" if entry else "",
        departs=entry.wave.cut_off if entry else None,
        sender=sender,
        sender_address=fo.location.address or " ".join(part for part in (here.province, here.city) if part),
        sender_phone=phone,
        name=receiver.get("name") or wish.get("contact_name", ""),
        phone=receiver.get("phone") or wish.get("contact_phone", ""),
        place=" ".join(receiver.get(part, "") for part in ("province", "city", "district")).strip(),
        street=receiver.get("street", ""),
        is_pickup=is_pickup,
        weight_g=fo.packed_g or fo.weight_g,
        is_measured=fo.packed_g is not None,
        cod_fen=fo.cod_fen,
        needs_identity=fo.needs_identity,
    )


def _person(wish: dict) -> tuple[str, str]:
    """Name and phone of a posted parcel's sender, as far as a label shows people."""
    return mask_name(wish["contact_name"]), mask_tail(wish["contact_phone"])


def _name(card: InstitutionCard | None) -> str:
    return card.name if card else ""


@dataclass(frozen=True)
class ManifestRow:
    """A parcel on a manifest: grams, fen."""

    code: str
    place: str
    weight_g: int
    is_measured: bool
    cod_fen: int
    needs_identity: bool


def manifest_rows(manifest: Manifest) -> list[ManifestRow]:
    """What went, in the order it was put on. One query."""
    rows = Delivery.objects.filter(manifest=manifest).select_related("fulfillment__demand").order_by("pk")
    return [_row(row.fulfillment) for row in rows]


def left_behind_rows(manifest: Manifest) -> list[ManifestRow]:
    """What should have gone and was not there. One query."""
    rows = manifest.left_behind.select_related("fulfillment__demand").order_by("pk")
    return [_row(row.fulfillment) for row in rows]


def _row(fo: FulfillmentOrder) -> ManifestRow:
    receiver = fo.demand.wish["destination"] or {}
    return ManifestRow(
        code=fo.code,
        place=" ".join(receiver.get(part, "") for part in ("province", "city", "district")).strip(),
        weight_g=fo.packed_g or fo.weight_g,
        is_measured=fo.packed_g is not None,
        cod_fen=fo.cod_fen,
        needs_identity=fo.needs_identity,
    )
