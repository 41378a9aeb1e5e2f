"""Reading an ISO 20022 message of any version: elements by their local names, and the line they stand in."""

import re
from xml.etree import ElementTree

from django.utils.translation import gettext_lazy as _

from .common import AmountInvalid, BillCutOff, BillUnreadable, fen_of

CURRENCY = "CNY"


def parsed(content: bytes) -> ElementTree.Element:
    """The document. Raises BillUnreadable, also for document types; BillCutOff for one that has no end."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise BillUnreadable(line=1, reason=str(_("document types are not accepted")))
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        line = error.position[0]
        if line >= content.count(b"\n"):
            raise BillCutOff(line=line) from error
        raise BillUnreadable(line=line, reason=str(error)[:80]) from error


def find(element, path: str):
    """A descendant by local names, of whatever namespace."""
    for step in path.split("/"):
        element = next((child for child in element if name(child) == step), None)
        if element is None:
            return None
    return element


def name(element) -> str:
    return element.tag.rpartition("}")[2]


def text(element, path: str) -> str:
    found = find(element, path)
    return (found.text or "").strip() if found is not None else ""


def line_of(content: bytes, tag: bytes) -> int:
    return content.count(b"\n", 0, max(content.find(tag), 0)) + 1


def lines_of(content: bytes, tag: str) -> list[int]:
    """The line of each element of this local name."""
    hits = re.finditer(rb"<(?:\w+:)?" + tag.encode() + rb"[\s>]", content)
    return [content.count(b"\n", 0, hit.start()) + 1 for hit in hits]


def amount(element, path: str, line: int) -> int:
    """Fen of an amount in yuan. Raises AmountInvalid, for other currencies too."""
    found = find(element, path)
    if found is None or found.get("Ccy") != CURRENCY:
        raise AmountInvalid(line=line, value=path[:40])
    return fen_of((found.text or "").strip(), line)
