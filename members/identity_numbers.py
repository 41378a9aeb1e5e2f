"""Resident identity numbers by GB 11643: area, date of birth, sequence, check character."""

import unicodedata
from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from members.places import all_places
from omnichannel.kernel.errors import Invalid

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
TEST_AREA = "990101"
GROWN_UP_YEARS = 16


class IdentityChecksum(Invalid):
    code = "identity_checksum"
    message = _("This is not a valid resident ID number. Please check its 18 characters.")


class IdentityUnderAge(Invalid):
    code = "identity_under_age"
    status = 409
    message = _("The holder must be 16 or older.")


def areas() -> tuple[str, ...]:
    """Prefixes of accepted area codes: every province, and what IDENTITY_AREAS adds.

    Whole provinces, because old numbers keep codes of counties that no longer exist. The demo company
    adds an area that was never assigned, so that no test number can be a living person's.
    """
    provinces = tuple(place.code[:2] for place in all_places() if not place.city)
    return (*provinces, *settings.IDENTITY_AREAS)


def check_character(first_seventeen: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def cleaned(number: str, *, today: date) -> str:
    """The number in its kept form. Raises IdentityChecksum, IdentityUnderAge."""
    text = unicodedata.normalize("NFKC", str(number or "")).replace(" ", "").upper()
    if len(text) != 18 or not text.isascii() or not text[:17].isdigit() or not text.startswith(areas()):
        raise IdentityChecksum(field="id_number")
    born = _born(text)
    if check_character(text[:17]) != text[17] or born > today:
        raise IdentityChecksum(field="id_number")
    if age(born, today) < GROWN_UP_YEARS:
        raise IdentityUnderAge(field="id_number")
    return text


def _born(number: str) -> date:
    try:
        return date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        raise IdentityChecksum(field="id_number")


def age(born: date, today: date) -> int:
    """Completed years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
