"""Facts about what is sold, for the apps above: one query whatever the number of SKUs."""

from collections.abc import Iterable

from django.conf import settings

from catalog.kinds import GOODS_KINDS, INSTANT_KINDS, Kind
from catalog.models import Offering, PlanTerms
from catalog.values import OfferingFacts, PlanCard, worded
from omnichannel.kernel import prepared

_COLUMNS = (
    "product_id",
    "sku",
    "kind",
    "serial_kind",
    "weight_g",
    "volume_ml",
    "seller_id",
    "brand",
    "tier",
    "picture",
    "title_en",
    "colour",
    "colour_en",
    "storage",
    "product__title",
    "product__slug",
    "product__parent_id",
    "product__parent__title",
    "product__parent__slug",
    "product__parent__offering__title_en",
)
# On every page with lines of a basket or an order, so it is spelled out rather than built each time.
_OF_SKUS = """
SELECT o.product_id, o.sku, o.kind, o.serial_kind, o.weight_g, o.volume_ml, o.seller_id, o.brand, o.tier,
    o.picture, o.title_en, o.colour, o.colour_en, o.storage, p.title AS product__title,
    p.slug AS product__slug, p.parent_id AS product__parent_id, parent.title AS product__parent__title,
    parent.slug AS product__parent__slug, family.title_en AS product__parent__offering__title_en
FROM catalogue_offering o
JOIN catalogue_product p ON p.id = o.product_id
LEFT JOIN catalogue_product parent ON parent.id = p.parent_id
LEFT JOIN catalogue_offering family ON family.product_id = parent.id
WHERE o.sku = ANY(%(skus)s)
"""
_BY_SKU = f"{_OF_SKUS} AND p.is_public"


def by_sku(skus: Iterable[str]) -> dict[str, OfferingFacts]:
    """Facts by SKU; what is unknown or not public is absent."""
    return _facts(_BY_SKU, skus)


def of_skus(skus: Iterable[str]) -> dict[str, OfferingFacts]:
    """Facts by SKU, of what left the shop too, as orders and goods outlive it; what is unknown is absent."""
    return _facts(_OF_SKUS, skus)


def _facts(statement: str, skus: Iterable[str]) -> dict[str, OfferingFacts]:
    wanted = sorted(set(skus))
    rows = prepared.rows(statement, {"skus": wanted}) if wanted else ()
    return {row["sku"]: facts_of(row) for row in rows}


_PICTURES = """
SELECT o.sku, o.picture FROM catalogue_offering o JOIN catalogue_product p ON p.id = o.product_id
 WHERE p.is_public AND o.sku = ANY(%(skus)s)
"""


def pictures_of(skus: Iterable[str]) -> dict[str, str]:
    """The picture's address by SKU; what is unknown or not public is absent."""
    wanted = sorted(set(skus))
    found = prepared.tuples(_PICTURES, {"skus": wanted}) if wanted else ()
    return {sku: picture_address(name) for sku, name in found}


def by_product(ids: Iterable[int]) -> dict[int, OfferingFacts]:
    """Facts by product id, of what carries a SKU; withdrawn products too (orders outlive them)."""
    rows = Offering.objects.sellable().filter(product_id__in=set(ids)).values(*_COLUMNS)
    return {row["product_id"]: facts_of(row) for row in rows}


def of_kind(*kinds: str) -> list[OfferingFacts]:
    """Everything public of these kinds, the best sellers first."""
    rows = Offering.objects.sellable().filter(kind__in=kinds, product__is_public=True)
    return [facts_of(row) for row in rows.order_by("-sold", "product_id").values(*_COLUMNS)]


def service_of(kind: str) -> OfferingFacts | None:
    """The service that a counter sells under its own rules; it stands in no shop and need not be public."""
    rows = Offering.objects.sellable().filter(kind=kind).order_by("product_id")
    row = rows.values(*_COLUMNS).first()
    return facts_of(row) if row else None


def variant_words(colour: str, storage: str) -> str:
    return " · ".join(word for word in (colour, storage) if word)


def picture_address(name: str) -> str:
    """Where a picture is served, without width and suffix; "" where there is none."""
    return f"{settings.MEDIA_URL}pictures/{name}" if name else ""


def facts_of(row: dict) -> OfferingFacts:
    kind, variant = row["kind"], variant_words(row["colour"], row["storage"])
    title = row["product__parent__title"] or row["product__title"]
    title_en = row["product__parent__offering__title_en"] or row["title_en"]
    variant_en = variant_words(row["colour_en"], row["storage"])
    return OfferingFacts(
        product_id=row["product_id"],
        sku=row["sku"],
        title=" ".join(word for word in (title, variant.replace(" · ", " ")) if word),
        title_en=" ".join(word for word in (title_en, variant_en.replace(" · ", " ")) if word),
        kind=kind,
        serial_kind=row["serial_kind"],
        weight_g=row["weight_g"],
        volume_ml=row["volume_ml"],
        seller_id=row["seller_id"],
        is_goods=kind in GOODS_KINDS,
        is_instant=kind in INSTANT_KINDS,
        needs_number=kind == Kind.SIM or kind in INSTANT_KINDS,
        needs_identity=kind == Kind.SIM,
        brand=row["brand"],
        tier=row["tier"],
        picture=picture_address(row["picture"]),
        variant=variant,
        variant_en=variant_en,
        card_id=row["product__parent_id"] or row["product_id"],
        slug=row["product__parent__slug"] or row["product__slug"],
    )


def plans(*, tier: str = "") -> list[PlanCard]:
    """The plans of a customer brand (all without one), the cheapest first; one query."""
    terms = PlanTerms.objects.filter(product__is_public=True)
    rows = terms.filter(tier=tier) if tier else terms
    return [_plan(row) for row in rows.select_related("product__offering").order_by("monthly_fee", "pk")]


def plan_by_sku(sku: str) -> PlanCard | None:
    row = PlanTerms.objects.select_related("product__offering").filter(product__offering__sku=sku).first()
    return _plan(row) if row else None


def _plan(row: PlanTerms) -> PlanCard:
    return PlanCard(
        product_id=row.product_id,
        sku=row.product.offering.sku,
        title=worded(row.product.title, row.product.offering.title_en),
        tier=row.tier,
        fee=row.monthly_fee,
        data_gb=row.data_gb,
        voice_minutes=row.voice_minutes,
        messages=row.messages,
        commitment_months=row.commitment_months,
        extras=worded(row.extras, row.extras_en),
    )
