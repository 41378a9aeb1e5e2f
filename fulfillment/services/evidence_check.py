"""Looking at a proof of delivery again: is it as it was bound, and if not, what was altered?"""

from collections.abc import Callable, Iterator
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
    return [*examine_alone(proof, read=lambda sha256: kept_picture(proof, sha256)), *_records(proof)]


def examine_alone(proof: Evidence, *, read: Callable[[str], bytes | None]) -> list[Flaw]:
    """The proof by itself, with the pictures that `read` finds by their hash; nothing else is looked at.

    Without seals it is anybody's: who can write the table can take them off.
    """
    return [*_entries(proof), *_binding(proof), *_pictures(proof, read)]


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


def pictures_of(proof: Evidence) -> list[str]:
    """Hashes of the signature, if there is one, and of the photos. A document may be anybody's making."""
    signature = proof.document.get("signature_sha256")
    told = proof.document.get("photos")
    rows = told if isinstance(told, list) else []
    taken = [row[1] for row in rows if isinstance(row, list) and len(row) == 2 and isinstance(row[1], str)]
    return ([signature] if isinstance(signature, str) and signature else []) + taken


def is_signature(proof: Evidence, sha256: str) -> bool:
    return sha256 == proof.document.get("signature_sha256")


def kept_picture(proof: Evidence, sha256: str) -> bytes | None:
    """A picture that the proof names, as it lies here; None when it is missing."""
    if is_signature(proof, sha256):
        return signatures.read(sha256)
    return pictures.read(sha256, folder=photos.FOLDER, ending=photos.ENDING)


def _pictures(proof: Evidence, read: Callable[[str], bytes | None]) -> Iterator[Flaw]:
    for sha256 in pictures_of(proof):
        entry = "signature_sha256" if is_signature(proof, sha256) else "photos"
        yield from _picture(entry, sha256, read(sha256))


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
    raw = kept_picture(proof, sha256) if sha256 in pictures_of(proof) else None
    if raw is None:
        raise PhotoUnknown()
    return raw, "image/png" if is_signature(proof, sha256) else "image/jpeg"
