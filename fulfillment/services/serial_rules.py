"""What a serial number must look like, and why a row is set aside."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _
from stdnum import luhn

from omnichannel.kernel.money import fen

from ..models import SerialKind
from .serial_file import Row

# Digits per kind. IMEI: 3GPP TS 23.003; ICCID: ITU-T E.118, in China 8986…; recharge card: as printed.
LENGTHS = {SerialKind.IMEI: (15,), SerialKind.ICCID: (19, 20), SerialKind.CARD: (16, 17, 18)}
PIN_LENGTH = 18

MISSING = "missing"
NOT_DIGITS = "not_digits"
LENGTH = "wrong_length"
PREFIX = "wrong_prefix"
CHECK_DIGIT = "wrong_check_digit"
TWICE = "twice_in_file"
KNOWN = "known_already"
OTHER_SKU = "known_as_other_sku"
SKU_MISSING = "sku_missing"
SKU_UNKNOWN = "sku_unknown"
SKU_KIND = "sku_of_other_kind"
PIN = "pin_invalid"
PIN_TWICE = "pin_twice"
FACE = "face_invalid"
EXPIRES = "expiry_invalid"
SEGMENT = "foreign_segment"
PLACE_MISSING = "block_place_missing"
PLACE_DIFFERS = "block_of_other_place"
TIME = "activation_time_invalid"
FUTURE = "activation_in_future"
UNKNOWN = "serial_unknown"
PROMISED = "stock_promised"
NOT_ANNOUNCED = "sku_not_announced"
UNDER_WAY = "announced_before"
MOVED = "serial_moved"

WORDS = {
    MISSING: _("no serial number in the row"),
    NOT_DIGITS: _("holds something else than digits"),
    LENGTH: _("wrong number of digits"),
    PREFIX: _("does not begin as such a card does"),
    CHECK_DIGIT: _("the check digit is wrong"),
    TWICE: _("stands twice in the file"),
    KNOWN: _("was received before"),
    OTHER_SKU: _("was received as another article: take that receipt back first"),
    SKU_MISSING: _("no SKU in the row, none chosen for the file"),
    NOT_ANNOUNCED: _("this article is not announced here, or has no serial numbers"),
    UNDER_WAY: _("another notice announces it"),
    SKU_UNKNOWN: _("the SKU is unknown"),
    SKU_KIND: _("the SKU has other serial numbers"),
    PIN: _("the secret is not 18 digits"),
    PIN_TWICE: _("the secret belongs to another card"),
    FACE: _("the face value is not an amount"),
    EXPIRES: _("the date is not like 2027-12-31"),
    SEGMENT: _("the first three digits are no segment of ours"),
    PLACE_MISSING: _("the block is new: province and city are needed"),
    PLACE_DIFFERS: _("the block is at home elsewhere"),
    TIME: _("the time is not written as 2026-11-21 14:05"),
    FUTURE: _("the time is still to come"),
    UNKNOWN: _("nobody knows this serial: take its delivery note in first"),
    PROMISED: _("all units on that dealer's shelf are promised to orders: look at the shelf"),
    MOVED: _("was being moved at that moment: load the row again"),
}


def fault(kind: str, serial: str) -> str:
    """The code of what is wrong with a serial written without blanks; empty when nothing is."""
    if not serial:
        return MISSING
    if not (serial.isascii() and serial.isdigit()):
        return NOT_DIGITS
    if len(serial) not in LENGTHS[kind]:
        return LENGTH
    if kind == SerialKind.ICCID and not serial.startswith("89"):
        return PREFIX
    if kind != SerialKind.CARD and not luhn.is_valid(serial):
        return CHECK_DIGIT
    return ""


def card_fault(row: Row) -> str:
    """What is wrong with the secret and terms of a recharge card."""
    pin = "".join(row.pin.split())
    if len(pin) != PIN_LENGTH or not (pin.isascii() and pin.isdigit()):
        return PIN
    try:
        if row.face and fen(Decimal(row.face)) < 0:
            return FACE
    except (InvalidOperation, ValueError, OverflowError):
        return FACE
    try:
        if row.expires:
            date.fromisoformat(row.expires[:10])
    except ValueError:
        return EXPIRES
    return ""
