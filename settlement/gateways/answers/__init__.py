"""The bank's answer to a transfer file: our CSV, or ISO 20022 pain.002; checked before it is believed."""

from settlement.models import AnswerFormat

from . import csv_file, pain002
from .common import Answer


def read(content: bytes) -> tuple[str, Answer]:
    """The format and what the file says. Raises the refusals of .common and of bills.common."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return AnswerFormat.PAIN_002, pain002.read(content)
    return AnswerFormat.CSV, csv_file.read(content)
