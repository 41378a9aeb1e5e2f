"""Prices change here: base prices in Oscar's stock records, channel prices beside them with their reason."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from catalog.kinds import Kind
from catalog.models import ChannelPrice, Offering
from omnichannel.kernel.errors import DomainError, Invalid
from omnichannel.kernel.money import yuan

StockRecord = get_model("partner", "StockRecord")


class PriceOverlaps(DomainError):
    code = "price_overlaps"
    message = _("Another price for this product and channel is in force in that time.")


class PriceInvalid(Invalid):
    code = "price_invalid"
    message = _("A price is not negative and ends after it starts.")


class CardAtFaceValue(DomainError):
    code = "card_at_face_value"
    message = _("A prepaid card costs its face value: no special price, no discount.")


def set_channel_price(
    *,
    actor,
    product_id: int,
    channel: str = "",
    institution_id: int | None = None,
    amount: int,
    starts: datetime,
    ends: datetime | None = None,
    reason_code: str,
    reason: str,
    reason_en: str,
) -> ChannelPrice:
    """A new price (fen) for a time. Raises NotAllowed, PriceInvalid, CardAtFaceValue and PriceOverlaps."""
    actor.must_have("operator")
    if Offering.objects.filter(pk=product_id, kind=Kind.PREPAID_CARD).exists():
        raise CardAtFaceValue()
    if amount < 0 or (ends is not None and ends <= starts):
        raise PriceInvalid(field="amount" if amount < 0 else "ends")
    try:
        with transaction.atomic():
            return ChannelPrice.objects.create(
                product_id=product_id,
                channel=channel,
                institution_id=institution_id,
                amount=amount,
                starts=starts,
                ends=ends,
                reason_code=reason_code,
                reason=reason,
                reason_en=reason_en,
            )
    except IntegrityError as error:
        if "channel_price_no_overlap" not in str(error):
            raise
        raise PriceOverlaps() from None


def end_channel_prices(*, actor, ids: list[int], now: datetime) -> int:
    """End these prices now; those that have not begun are removed. Returns how many."""
    actor.must_have("operator")
    rows = ChannelPrice.objects.filter(pk__in=ids)
    with transaction.atomic():
        removed, _rows = rows.filter(starts__gte=now).delete()
        return removed + rows.in_force(now).update(ends=now)


def set_base_price(*, actor, product_id: int, amount: int) -> None:
    """The price (fen) where no channel price is in force. Raises NotAllowed and PriceInvalid."""
    actor.must_have("operator")
    if amount < 0:
        raise PriceInvalid(field="amount")
    StockRecord.objects.filter(product_id=product_id).update(price=yuan(amount))
