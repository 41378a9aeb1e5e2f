"""A proof of delivery as one file that may leave the house, and the examination of such a file.

A ZIP of proof.json (document, seals, root, our binding), the pictures under their hashes, and a guide by
which anybody can reckon the hashes anew. Only the binding needs our key.
"""

import io
import json
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fulfillment.models import Evidence
from fulfillment.services import evidence_check, photos, signatures
from fulfillment.services.evidence_check import Flaw
from omnichannel.kernel.errors import Invalid

PROOF, GUIDE, PICTURES = "proof.json", "README.txt", "pictures"
FORMAT = "huatong-proof-of-delivery/1"
BEGINNING = (1980, 1, 1, 0, 0, 0)  # of every entry: the same proof is the same file
MOST_FILES = 40
MOST_BYTES = 64 * 1024 * 1024


class BundleUnreadable(Invalid):
    code = "evidence_bundle_unreadable"
    message = _("This is no bundle of a proof of delivery. Choose the ZIP file as it was downloaded.")


@dataclass(frozen=True)
class Examined:
    """What a file says, and what is wrong with it; `kept` when we hold a proof of this parcel."""

    proof: Evidence
    parcel: str
    flaws: tuple[Flaw, ...]
    kept: bool


def pack(proof: Evidence, *, guide: str) -> bytes:
    """The bundle of a proof. Pictures that are missing are missing in it too."""
    content = {
        "format": FORMAT,
        "document": proof.document,
        "seals": proof.seals,
        "sha256": proof.sha256,
        "mac": proof.mac,
    }
    told = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        _put(bundle, PROOF, told.encode())
        _put(bundle, GUIDE, guide.encode())
        for sha256 in evidence_check.pictures_of(proof):
            raw = evidence_check.kept_picture(proof, sha256)
            if raw is not None:
                _put(bundle, _path(proof, sha256), raw)
    return buffer.getvalue()


def _put(bundle: zipfile.ZipFile, name: str, raw: bytes) -> None:
    bundle.writestr(zipfile.ZipInfo(name, BEGINNING), raw, zipfile.ZIP_DEFLATED)


def _path(proof: Evidence, sha256: str) -> str:
    ending = signatures.ENDING if evidence_check.is_signature(proof, sha256) else photos.ENDING
    return f"{PICTURES}/{sha256}.{ending}"


def examine(raw: bytes) -> Examined:
    """Everything in the file that is not as it was bound, also against the proof that we keep.

    Raises BundleUnreadable.
    """
    files = _files(raw)
    proof = _proof(files.get(PROOF, b""))
    parcel = str(proof.document.get("parcel", "")).replace("\0", "")[:40]
    flaws = evidence_check.examine_alone(proof, read=lambda sha256: files.get(_path(proof, sha256)))
    kept = Evidence.objects.filter(fulfillment__code=parcel).first()
    if kept is None:
        flaws.append(Flaw("", "unknown_to_us"))
    elif kept.sha256 != proof.sha256:
        flaws.append(Flaw("", "kept_differs"))
    return Examined(proof, parcel, tuple(flaws), kept is not None)


def _files(raw: bytes) -> dict[str, bytes]:
    """What is in the ZIP, never more than it may hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as bundle:
            entries = bundle.infolist()
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise BundleUnreadable(field="bundle")
            return {entry.filename: bundle.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError, ValueError):
        raise BundleUnreadable(field="bundle")


def _proof(raw: bytes) -> Evidence:
    try:
        content = json.loads(raw)
        json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise BundleUnreadable(field="bundle")
    shape = {"document": dict, "seals": dict, "sha256": str, "mac": str}
    if not isinstance(content, dict) or not all(isinstance(content.get(k), v) for k, v in shape.items()):
        raise BundleUnreadable(field="bundle")
    return Evidence(**{name: content[name] for name in shape})
