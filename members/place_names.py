"""Names of provinces, cities and districts in the language of the page: Latin letters on English pages.

For places that are named alone. A postal address stays as it is written: it must agree with what is printed
on the parcel, and its street is Chinese in any case.
"""

import csv
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from members.places import short_city, short_province

SOURCE = Path(__file__).parent / "data" / "place_names.csv"


@cache
def _english() -> dict[str, str]:
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["english"] for row in csv.DictReader(file)}


def place_name(name: str) -> str:
    """The place in the page's language; what is no place of the list stays as it is."""
    if not (get_language() or "").startswith("en"):
        return name
    known = _english()
    return known.get(name) or known.get(short_city(name)) or known.get(short_province(name)) or name
