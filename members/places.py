"""Provinces, cities and districts with coordinates and area codes: reference data, read once from a file.

Provinces and cities go by their short names ("江苏", "苏州"), districts by their full ones ("姑苏区").
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid

SOURCE = Path(__file__).parent / "data" / "places.csv"
PROVINCE_ENDING = re.compile(r"(维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|省|市)$")


class PlaceUnknown(Invalid):
    code = "place_unknown"
    message = _("We do not know this place: %(place)s.")


@dataclass(frozen=True)
class Place:
    code: str
    province: str
    city: str
    district: str
    latitude: float
    longitude: float


@cache
def all_places() -> tuple[Place, ...]:
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Place(
                r["code"],
                r["province"],
                r["city"],
                r["district"],
                float(r["latitude"]),
                float(r["longitude"]),
            )
            for r in csv.DictReader(file)
        )


@cache
def _by_name() -> dict[tuple[str, str, str], Place]:
    return {(p.province, p.city, p.district): p for p in all_places()}


@cache
def provinces() -> tuple[str, ...]:
    return tuple(p.province for p in all_places() if not p.city)


@cache
def cities(province: str) -> tuple[str, ...]:
    found = [p.city for p in all_places() if p.province == short_province(province) and p.city]
    return tuple(dict.fromkeys(found))


@cache
def districts(province: str, city: str) -> tuple[str, ...]:
    wanted = (short_province(province), short_city(city))
    return tuple(p.district for p in all_places() if (p.province, p.city) == wanted and p.district)


def short_province(name: str) -> str:
    return PROVINCE_ENDING.sub("", name.strip())


def short_city(name: str) -> str:
    name = name.strip()
    return name[:-1] if len(name) > 2 and name.endswith("市") else name


def place(province: str, city: str, district: str = "") -> Place:
    """The place of these names; a district that is not listed counts as its city. Raises PlaceUnknown."""
    names = (short_province(province), short_city(city))
    found = _by_name().get((*names, district.strip())) or _by_name().get((*names, ""))
    if found is None or not names[1]:
        raise PlaceUnknown(field="city", place=f"{province} {city}".strip()[:60])
    return found


def locate(province: str, city: str, district: str = "") -> tuple[float, float]:
    """(latitude, longitude) of the place's centre. Raises PlaceUnknown."""
    found = place(province, city, district)
    return found.latitude, found.longitude
