"""Looking at a proof of delivery again: is it as it was bound, and if not, what was altered?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fulfillment.models import Delivery, Evidence, IdentityCheck
from fulfillment.services import evidence, photos, pictures, signatures
from fulfillment.services.photos import PhotoUnknown


@dataclass(frozen=True)
class Flaw:
    """`entry` of the document (or "" for all of it) and what is wrong with it, as a code of FLAWS."""

    entry: str
    code: str
    detail: str = ""


def verify(*, fulfillment_id: int) -> bool:
    """Is the proof as it was bound, with its pictures?"""
    proof = Evidence.objects.select_related("fulfillment").get(fulfillment_id=fulfillment_id)
    return not examine(proof)


def examine(proof: Evidence) -> list[Flaw]:
    """Everything that is not as it was bound; an empty list is good news."""
    if not proof.seals:
        whole = [] if evidence.digest(proof.document) == proof.sha256 else [Flaw("", "altered")]
        return whole + list(_pictures(proof))
    return [*_entries(proof), *_binding(proof), *_pictures(proof), *_records(proof)]


def _entries(proof: Evidence) -> Iterator[Flaw]:
    """Each entry against its own seal."""
    now = evidence.seals_of(proof.document)
    for name in sorted(now.keys() | proof.seals.keys()):
        if name not in now:
            yield Flaw(name, "removed")
        elif name not in proof.seals:
            yield Flaw(name, "added")
        elif now[name] != proof.seals[name]:
            yield Flaw(name, "altered")


def _binding(proof: Evidence) -> Iterator[Flaw]:
    if evidence.digest(proof.seals) != proof.sha256:
        yield Flaw("", "seals_altered")
    if not evidence.is_ours(proof):
        yield Flaw("", "not_bound_by_us")


def _pictures(proof: Evidence) -> Iterator[Flaw]:
    signature = proof.document.get("signature_sha256") or ""
    if signature:
        yield from _picture("signature_sha256", signature, signatures.read(signature))
    for _kind, sha256 in proof.document.get("photos", []):
        raw = pictures.read(sha256, folder=photos.FOLDER, ending=photos.ENDING)
        yield from _picture("photos", sha256, raw)


def _picture(entry: str, sha256: str, raw: bytes | None) -> Iterator[Flaw]:
    if raw is None:
        yield Flaw(entry, "picture_missing", sha256[:12])
    elif not pictures.is_whole(sha256, raw):
        yield Flaw(entry, "picture_altered", sha256[:12])


def _records(proof: Evidence) -> Iterator[Flaw]:
    """What the working tables say today against what was bound."""
    document, fo = proof.document, proof.fulfillment
    delivery = Delivery.objects.filter(fulfillment=fo).first()
    if delivery is not None:
        for entry, value in (
            ("cod_fen", delivery.cod_collected_fen),
            ("cod_means", delivery.cod_means),
            ("signature_sha256", delivery.signature_sha256),
        ):
            if entry in document and (document[entry] or "") != (value or ""):
                yield Flaw(entry, "record_differs", str(value))
    checks = IdentityCheck.objects.filter(
        fulfillment=fo, at__lte=datetime.fromisoformat(document["delivered_at"])
    )
    bound = [outcome for _at, outcome, _name in document.get("identity_checks", [])]
    if list(checks.order_by("pk").values_list("outcome", flat=True)) != bound:
        yield Flaw("identity_checks", "record_differs")


def picture(proof: Evidence, sha256: str) -> tuple[bytes, str]:
    """Bytes and type of a picture that the proof names. Raises PhotoUnknown."""
    if sha256 and sha256 == proof.document.get("signature_sha256"):
        raw, kind = signatures.read(sha256), "image/png"
    elif sha256 in {each for _kind, each in proof.document.get("photos", [])}:
        raw, kind = pictures.read(sha256, folder=photos.FOLDER, ending=photos.ENDING), "image/jpeg"
    else:
        raise PhotoUnknown()
    if raw is None:
        raise PhotoUnknown()
    return raw, kind
