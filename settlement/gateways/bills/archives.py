"""Statements that come as ZIP: the one file in it that is wanted, within a size that memory bears."""

import io
import zipfile
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from .common import BillCutOff, BillUnreadable

MOST_BYTES = 400_000_000


def is_zip(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def unzipped(content: bytes, wanted: Callable[[str], bool]) -> bytes:
    """The first wanted file of an archive whose names are GBK; the archive's checksum is verified."""
    try:
        with zipfile.ZipFile(io.BytesIO(content), metadata_encoding="gbk") as archive:
            for entry in archive.infolist():
                if wanted(entry.filename):
                    return _one(archive, entry)
    except (zipfile.BadZipFile, EOFError, UnicodeDecodeError) as error:
        raise BillCutOff(line=0) from error
    raise BillUnreadable(line=0, reason=str(_("the archive holds no such statement")))


def _one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size > MOST_BYTES:
        raise BillUnreadable(line=0, reason=str(_("it is too large")))
    return archive.read(entry)
