"""What a thing costs in a channel, and why. Read from the database each time: no price is cached."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, IntegerField, Q, Value, When
from oscar.core.loading import get_model

from catalog.models import ChannelPrice
from catalog.values import PriceTag, worded
from members.channels import SUPPLY
from omnichannel.kernel import prepared
from omnichannel.kernel.money import fen

StockRecord = get_model("partner", "StockRecord")
_REASONS = """
SELECT DISTINCT reason, reason_en FROM catalogue_channelprice
WHERE reason = ANY(%(asked)s) OR reason_en = ANY(%(asked)s)
"""


def price_tags(
    *, product_ids: Iterable[int], channel: str, institution_id: int | None = None, now: datetime
) -> dict[int, PriceTag]:
    """Tags by product id, two queries. A product without a base price is absent (it is not for sale).

    The institution's price goes before the channel's, the channel's before one for all channels. What is for
    all channels is for customers: dealers' supply is no channel and knows its own prices alone.
    """
    ids = set(product_ids)
    rows = StockRecord.objects.filter(product_id__in=ids).exclude(price=None).order_by("-pk")
    bases = {pk: fen(price) for pk, price in rows.values_list("product_id", "price")}
    special = _best_rows(ids, channel, institution_id, now)
    return {pk: tag(pk, base, special.get(pk)) for pk, base in bases.items()}


def _best_rows(ids, channel, institution_id, now) -> dict[int, ChannelPrice]:
    """By product the row that wins; ordered so that the best comes last and stays."""
    mine = Q(institution=None)
    if institution_id is not None:
        mine |= Q(institution_id=institution_id)
    nearness = Case(
        When(institution__isnull=False, then=Value(2)),
        When(channel=channel, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    channels = [SUPPLY] if channel == SUPPLY else [channel, ""]
    rows = ChannelPrice.objects.in_force(now).filter(mine, product_id__in=ids, channel__in=channels)
    return {row.product_id: row for row in rows.order_by(nearness, "channel", "starts", "pk")}


def tag(product_id: int, base: int, row: ChannelPrice | None) -> PriceTag:
    if row is None:
        return PriceTag(product_id=product_id, amount=base, base=base)
    return PriceTag(
        product_id=product_id,
        amount=row.amount,
        base=base,
        reason=worded(row.reason, row.reason_en),
        reason_code=row.reason_code,
        until=row.ends,
    )


def reasons_worded(reasons: Iterable[str]) -> dict[str, str]:
    """Reasons that orders keep as they were written, in the language of the page; one query, none for none.

    A reason whose price row is gone is absent.
    """
    asked = {reason for reason in reasons if reason}
    if not asked:
        return {}
    pairs = prepared.tuples(_REASONS, {"asked": sorted(asked)})
    return {written: worded(*pair) for pair in pairs for written in pair if written in asked}
