from datetime import date

from django.urls import register_converter


class FileKind:
    """The ending of a list taken away as a file."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class IsoDate:
    """A calendar day in an address: 2026-11-21."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value) -> str:
        return value if isinstance(value, str) else value.isoformat()


register_converter(IsoDate, "isodate")
register_converter(FileKind, "filekind")
