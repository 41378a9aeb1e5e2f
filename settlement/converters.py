from datetime import date


class IsoDate:
    """A calendar day in an address: 2026-11-21."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value) -> str:
        return value if isinstance(value, str) else value.isoformat()
