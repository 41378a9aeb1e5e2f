"""Frozen values that travel to the apps above. Money is fen, weight grams, volume millilitres."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel import money
from omnichannel.kernel.errors import Invalid


def in_english() -> bool:
    return (get_language() or "").startswith("en")


def worded(chinese: str, english: str) -> str:
    """The words in the language of the page; Chinese where English is missing."""
    return english if in_english() and english else chinese


class MsisdnInvalid(Invalid):
    code = "msisdn_invalid"
    message = _("This is not a mobile number of eleven digits.")


def msisdn_of(text: str) -> str:
    """86 and eleven digits from what people type; raises MsisdnInvalid."""
    digits = re.sub(r"[\s\-+]", "", str(text or ""))
    digits = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    if not re.fullmatch(r"1[3-9][0-9]{9}", digits):
        raise MsisdnInvalid(field="msisdn")
    return f"86{digits}"


def local_number(msisdn: str) -> str:
    """The eleven digits that people read."""
    return msisdn[2:] if len(msisdn) == 13 else msisdn


@dataclass(frozen=True)
class OfferingFacts:
    """needs_number: the line carries a chosen number (sim) or the number it is for (instant services).

    `picture` is an address without width and suffix; `card_id` and `slug` make the product page's address.
    """

    product_id: int
    sku: str
    title: str
    title_en: str
    kind: str
    serial_kind: str
    weight_g: int
    volume_ml: int
    seller_id: int
    is_goods: bool
    is_instant: bool
    needs_number: bool
    needs_identity: bool
    brand: str
    tier: str = ""
    picture: str = ""
    variant: str = ""
    variant_en: str = ""
    card_id: int = 0
    slug: str = ""

    @property
    def label(self) -> str:
        return worded(self.title, self.title_en)

    @property
    def variant_label(self) -> str:
        return worded(self.variant, self.variant_en)


@dataclass(frozen=True)
class PriceTag:
    """What a thing costs here and now, and why. `reason` is empty at the base price."""

    product_id: int
    amount: int
    base: int
    reason: str = ""
    reason_code: str = "base"
    until: datetime | None = None

    @property
    def saved(self) -> int:
        return max(0, self.base - self.amount)


@dataclass(frozen=True)
class NumberCard:
    """A number on offer. min_spend and prepayment in fen, months of agreement; held_until when held.

    dealer_id: the dealer that has got it; None: of the common pool.
    """

    msisdn: str
    grade: str
    min_spend: int
    prepayment: int
    months: int
    city: str
    grade_code: str = ""
    digits: str = ""
    held_until: datetime | None = None
    dealer_id: int | None = None

    @property
    def local(self) -> str:
        return local_number(self.msisdn)

    @property
    def min_spend_text(self) -> str:
        """¥29, without fen where there are none."""
        return money.display(self.min_spend).removesuffix(".00")


@dataclass(frozen=True)
class PlanCard:
    """A plan beside its siblings, for the comparison. fee in fen a month."""

    product_id: int
    sku: str
    title: str
    tier: str
    fee: int
    data_gb: int
    voice_minutes: int
    messages: int
    commitment_months: int
    extras: str
