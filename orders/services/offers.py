"""Oscar's offers applied to wishes of any channel, in one query however many lines and offers.

Oscar asks the database per line and range whether a product belongs to an offer's range. Here the
statement that finds the offers answers for all, and Oscar's own engine calculates on lines
that live in memory only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection
from oscar.apps.offer.applicator import Applicator
from oscar.apps.partner.availability import Available
from oscar.apps.partner.prices import TaxInclusiveFixedPrice
from oscar.apps.partner.strategy import Base, PurchaseInfo
from oscar.core.loading import get_model

from omnichannel.kernel import prepared
from omnichannel.kernel.money import CURRENCY, fen, share_out, yuan

Basket = get_model("basket", "Basket")
Line = get_model("basket", "Line")
Benefit = get_model("offer", "Benefit")
Condition = get_model("offer", "Condition")
ConditionalOffer = get_model("offer", "ConditionalOffer")
Product = get_model("catalogue", "Product")
Range = get_model("offer", "Range")
StockRecord = get_model("partner", "StockRecord")


def _columns(alias: str, model) -> str:
    return ", ".join(f"{alias}.{field.column}" for field in model._meta.concrete_fields)


# The offers in force, each with the products asked about that its two ranges hold: named, in a class, in a
# category or below one, or "all", less what is excluded; a variant belongs where its parent does.
_OFFERS = f"""
WITH live AS MATERIALIZED (
    SELECT id, condition_id, benefit_id FROM offer_conditionaloffer
     WHERE offer_type = 'Site' AND status = 'Open'
       AND (start_datetime IS NULL OR start_datetime <= %(now)s)
       AND (end_datetime IS NULL OR end_datetime >= %(now)s)
), wanted AS MATERIALIZED (
    SELECT p.id, ARRAY[p.id, coalesce(p.parent_id, p.id)] AS kin,
           coalesce(p.product_class_id, parent.product_class_id) AS class,
           ARRAY(SELECT above.id FROM catalogue_productcategory link
                   JOIN catalogue_category own ON own.id = link.category_id
                   JOIN catalogue_category above ON own.path LIKE above.path || '%%'
                  WHERE link.product_id IN (p.id, p.parent_id)) AS groups
      FROM catalogue_product p LEFT JOIN catalogue_product parent ON parent.id = p.parent_id
     WHERE p.id = ANY(%(products)s)
), held AS (
    SELECT r.id, array_agg(w.id) AS products
      FROM offer_range r CROSS JOIN wanted w
     WHERE r.id IN (SELECT c.range_id FROM live JOIN offer_condition c ON c.id = live.condition_id
                    UNION ALL SELECT b.range_id FROM live JOIN offer_benefit b ON b.id = live.benefit_id)
       AND (r.includes_all_products
            OR EXISTS (SELECT 1 FROM offer_rangeproduct x
                        WHERE x.range_id = r.id AND x.product_id = ANY(w.kin))
            OR EXISTS (SELECT 1 FROM offer_range_classes x
                        WHERE x.range_id = r.id AND x.productclass_id = w.class)
            OR EXISTS (SELECT 1 FROM offer_range_included_categories x
                        WHERE x.range_id = r.id AND x.category_id = ANY(w.groups)))
       AND NOT EXISTS (SELECT 1 FROM offer_range_excluded_products x
                        WHERE x.range_id = r.id AND x.product_id = ANY(w.kin))
       AND NOT EXISTS (SELECT 1 FROM offer_range_excluded_categories x
                        WHERE x.range_id = r.id AND x.category_id = ANY(w.groups))
     GROUP BY r.id
)
SELECT {_columns("o", ConditionalOffer)}, {_columns("c", Condition)}, {_columns("b", Benefit)},
       {_columns("cr", Range)}, {_columns("br", Range)}, cheld.products, bheld.products
  FROM live
  JOIN offer_conditionaloffer o ON o.id = live.id
  JOIN offer_condition c ON c.id = o.condition_id
  JOIN offer_benefit b ON b.id = o.benefit_id
  LEFT JOIN offer_range cr ON cr.id = c.range_id
  LEFT JOIN offer_range br ON br.id = b.range_id
  LEFT JOIN held cheld ON cheld.id = c.range_id
  LEFT JOIN held bheld ON bheld.id = b.range_id
 ORDER BY o.priority DESC, o.id
"""


@dataclass(frozen=True)
class Priced:
    """A product at its channel price: fen for one, how many."""

    product_id: int
    stockrecord_id: int
    is_discountable: bool
    unit_fen: int
    quantity: int


# Of a line: (id of the offer, fen it took off).
LineOffers = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Discounts:
    """Fen taken off per line (same order as asked) and per offer (id, name, fen); all sum to the same.

    line_offers: of each line (id of the offer, fen).
    """

    by_line: tuple[int, ...]
    by_offer: tuple[tuple[int, str, int], ...]
    line_offers: tuple[LineOffers, ...] = ()

    def of(self, index: int) -> LineOffers:
        return self.line_offers[index] if self.line_offers else ()


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
    offers = _active_offers([item.product_id for item in priced], now) if priced else []
    if not offers:
        return Discounts(by_line=(0,) * len(priced), by_offer=())
    basket = _transient_basket(priced)
    Applicator().apply_offers(basket, offers)
    by_line = tuple(_fen_off(line) for line in basket.all_lines())
    line_offers = tuple(
        _line_offers(line, off) for line, off in zip(basket.all_lines(), by_line, strict=True)
    )
    return Discounts(by_line=by_line, by_offer=_by_offer(line_offers, basket), line_offers=line_offers)


def _active_offers(product_ids: list[int], now: datetime) -> list:
    """The site offers in force, whose ranges know which of these products they hold. One statement."""
    values = {"products": product_ids, "now": now}
    with connection.cursor() as cursor:
        prepared.execute(cursor, _OFFERS, values)
        return [_offer(iter(row)) for row in cursor.fetchall()]


def _offer(values):
    """An offer with condition and benefit from a row that holds their columns one after the other."""
    offer, condition, benefit = (_taken(model, values) for model in (ConditionalOffer, Condition, Benefit))
    ranges = _taken(Range, values), _taken(Range, values)
    offer.condition = _knowing(condition, ranges[0], next(values))
    offer.benefit = _knowing(benefit, ranges[1], next(values))
    return offer


def _taken(model, values):
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db("default", names, [next(values) for _name in names])


def _knowing(part, its_range, product_ids: list[int] | None):
    """A condition or benefit of its concrete type, whose range knows these products and asks no database.

    Oscar makes a fresh object of the concrete type at each application, which would ask for its range
    again; an object that has its concrete type is kept.
    """
    concrete, belong = part.proxy(), frozenset(product_ids or ())
    concrete.range = its_range if its_range.pk else None
    its_range.contains_product = lambda product: product.pk in belong
    return concrete


def _transient_basket(priced: Sequence[Priced]):
    basket = Basket(pk=0)
    basket.strategy = ChannelStrategy({item.product_id: item.unit_fen for item in priced})
    basket._lines = [
        Line(
            pk=index,
            basket=basket,
            product=Product(pk=item.product_id, is_discountable=item.is_discountable),
            stockrecord=StockRecord(pk=item.stockrecord_id, product_id=item.product_id),
            quantity=item.quantity,
            price_currency=CURRENCY,
        )
        for index, item in enumerate(priced, start=1)
    ]
    return basket


def _fen_off(line) -> int:
    off = Decimal(line.discount_value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return min(fen(off), fen(line.line_price_incl_tax))


def _line_offers(line, off: int) -> LineOffers:
    """Which offers took the fen off a line, by the largest remainder of what each took."""
    taken: dict[int, Decimal] = {}
    for entry in line.discounts:
        if entry.offer is not None and entry.amount > 0:
            taken[entry.offer.pk] = taken.get(entry.offer.pk, Decimal(0)) + entry.amount
    if not off or not taken:
        return ()
    parts = share_out(off, [int(amount * 10_000) for amount in taken.values()])
    return tuple((pk, part) for pk, part in zip(taken, parts, strict=True) if part)


def _by_offer(line_offers, basket) -> tuple[tuple[int, str, int], ...]:
    """The same fen by offer, in the order in which the offers were applied."""
    sums: dict[int, int] = {}
    for pairs in line_offers:
        for pk, part in pairs:
            sums[pk] = sums.get(pk, 0) + part
    applied = {entry["offer"].pk: entry["offer"].name for entry in basket.offer_applications}
    return tuple((pk, name, sums[pk]) for pk, name in applied.items() if sums.get(pk))
