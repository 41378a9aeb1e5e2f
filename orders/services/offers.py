"""Oscar's offers applied to wishes of any channel, in one query however many lines and offers.

Oscar asks the database per line and range whether a product belongs to an offer's range. Here the
statement that finds the offers answers for all, and Oscar's own engine calculates on lines
that live in memory only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q
from django.db.models.expressions import RawSQL
from oscar.apps.offer.applicator import Applicator
from oscar.apps.partner.availability import Available
from oscar.apps.partner.prices import TaxInclusiveFixedPrice
from oscar.apps.partner.strategy import Base, PurchaseInfo
from oscar.core.loading import get_model

from omnichannel.kernel.money import CURRENCY, fen, share_out, yuan

Basket = get_model("basket", "Basket")
Line = get_model("basket", "Line")
ConditionalOffer = get_model("offer", "ConditionalOffer")

# The products asked about that belong to a range: named, in a class, in a category or below one, or "all",
# less what is excluded; a variant belongs where its parent does.
_BELONGING = """ARRAY(
SELECT w.id
  FROM (SELECT id, ARRAY[id, coalesce(parent_id, id)] AS kin FROM catalogue_product WHERE id = ANY(%s)) w
  JOIN offer_range r ON r.id = {range}
 WHERE (r.includes_all_products
        OR EXISTS (SELECT 1 FROM offer_rangeproduct x WHERE x.range_id = r.id AND x.product_id = ANY(w.kin))
        OR EXISTS (SELECT 1 FROM offer_range_classes x JOIN catalogue_product p ON p.id = ANY(w.kin)
                    WHERE x.range_id = r.id AND x.productclass_id = p.product_class_id)
        OR EXISTS (SELECT 1 FROM offer_range_included_categories x {below}))
   AND NOT EXISTS (SELECT 1 FROM offer_range_excluded_products x
                    WHERE x.range_id = r.id AND x.product_id = ANY(w.kin))
   AND NOT EXISTS (SELECT 1 FROM offer_range_excluded_categories x {below}))"""
_BELOW = """JOIN catalogue_category above ON above.id = x.category_id
                     JOIN catalogue_category own ON own.path LIKE above.path || '%%'
                     JOIN catalogue_productcategory link ON link.category_id = own.id
                    WHERE x.range_id = r.id AND link.product_id = ANY(w.kin)"""


@dataclass(frozen=True)
class Priced:
    """A product at its channel price: the Oscar stock record (with product), fen for one, how many."""

    stockrecord: object
    unit_fen: int
    quantity: int


@dataclass(frozen=True)
class Discounts:
    """Fen taken off per line (same order as asked) and per offer (id, name, fen); both sum to the same."""

    by_line: tuple[int, ...]
    by_offer: tuple[tuple[int, str, int], ...]


class ChannelStrategy(Base):
    """Oscar's strategy over prices that catalog has already looked up."""

    def __init__(self, unit_fen: Mapping[int, int]):
        super().__init__()
        self.unit_fen = unit_fen

    def fetch_for_line(self, line, stockrecord=None):
        return self.fetch_for_product(line.product, line.stockrecord)

    def fetch_for_product(self, product, stockrecord=None):
        price = TaxInclusiveFixedPrice(CURRENCY, yuan(self.unit_fen[product.pk]), tax=Decimal("0.00"))
        return PurchaseInfo(price=price, availability=Available(), stockrecord=stockrecord)


def discounts(priced: Sequence[Priced], *, user=None, now: datetime) -> Discounts:
    """What the active site offers take off these lines. Nothing is saved."""
    offers = _active_offers([item.stockrecord.product_id for item in priced], now) if priced else []
    if not offers:
        return Discounts(by_line=(0,) * len(priced), by_offer=())
    basket = _transient_basket(priced)
    Applicator().apply_offers(basket, offers)
    by_line = tuple(_fen_off(line) for line in basket.all_lines())
    return Discounts(by_line=by_line, by_offer=_by_offer(basket, sum(by_line)))


def _active_offers(product_ids: list[int], now: datetime) -> list:
    """The offers in force, whose ranges know which of these products they hold."""
    live = Q(start_datetime=None) | Q(start_datetime__lte=now)
    live &= Q(end_datetime=None) | Q(end_datetime__gte=now)
    offers = list(
        ConditionalOffer.objects.filter(live, offer_type=ConditionalOffer.SITE, status=ConditionalOffer.OPEN)
        .select_related("condition__range", "benefit__range")
        .annotate(
            condition_holds=_belonging('"offer_condition"."range_id"', product_ids),
            benefit_holds=_belonging('"offer_benefit"."range_id"', product_ids),
        )
        .order_by("-priority", "pk")
    )
    for offer in offers:
        offer.condition = _knowing(offer.condition, offer.condition_holds)
        offer.benefit = _knowing(offer.benefit, offer.benefit_holds)
    return offers


def _belonging(range_column: str, product_ids: list[int]) -> RawSQL:
    return RawSQL(_BELONGING.format(range=range_column, below=_BELOW), [product_ids])


def _knowing(part, product_ids: list[int]):
    """A condition or benefit of its concrete type, whose range knows these products and asks no database.

    Oscar makes a fresh object of the concrete type at each application, which would ask for its range
    again; an object that has its concrete type is kept.
    """
    concrete, belong = part.proxy(), frozenset(product_ids)
    concrete.range = part.range
    if concrete.range:
        concrete.range.contains_product = lambda product: product.pk in belong
    return concrete


def _transient_basket(priced: Sequence[Priced]):
    basket = Basket(pk=0)
    basket.strategy = ChannelStrategy({item.stockrecord.product_id: item.unit_fen for item in priced})
    basket._lines = [
        Line(
            pk=index,
            basket=basket,
            product=item.stockrecord.product,
            stockrecord=item.stockrecord,
            quantity=item.quantity,
            price_currency=CURRENCY,
        )
        for index, item in enumerate(priced, start=1)
    ]
    return basket


def _fen_off(line) -> int:
    off = Decimal(line.discount_value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return min(fen(off), fen(line.line_price_incl_tax))


def _by_offer(basket, total: int) -> tuple[tuple[int, str, int], ...]:
    applied = [entry for entry in basket.offer_applications if entry["discount"] > 0]
    if not applied or total == 0:
        return ()
    weights = [int(entry["discount"] * 10_000) for entry in applied]
    parts = share_out(total, weights)
    return tuple(
        (entry["offer"].pk, entry["offer"].name, part) for entry, part in zip(applied, parts, strict=True)
    )
