"""Mainland mobile numbers as people type them, in the one form in which they are kept."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid

MOBILE = re.compile(r"1[3-9]\d{9}")


class PhoneInvalid(Invalid):
    code = "phone_invalid"
    message = _("Enter an 11-digit mobile number.")


def normalised(phone: str) -> str:
    """Eleven digits; raises PhoneInvalid. Blanks, hyphens, +86 and full-width digits are understood."""
    text = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", str(phone or "")))
    digits = re.sub(r"^(\+86|0086|86(?=\d{11}$))", "", text)
    if not MOBILE.fullmatch(digits) or not digits.isascii():
        raise PhoneInvalid(field="phone")
    return digits
