"""Amounts as people type them."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid
from omnichannel.kernel.money import fen


class AmountInvalid(Invalid):
    code = "amount_invalid"
    message = _("Type the amount in yuan, such as 199.00.")


def fen_of(text: str) -> int:
    """Fen of "1,234.50" or "¥199"; raises AmountInvalid."""
    plain = text.strip().replace(",", "").replace("，", "").lstrip("¥￥")
    try:
        amount = fen(Decimal(plain))
    except (InvalidOperation, ValueError, OverflowError):
        raise AmountInvalid(field="amount")
    if not 0 <= amount < 10**12:
        raise AmountInvalid(field="amount")
    return amount
