"""From articles to Oscar's products with our side tables, in bulk: a thousand take about a second."""

from collections.abc import Iterable

from oscar.core.loading import get_model

from catalog.demo_goods.categories import LINES, TREE
from catalog.demo_goods.items import Item, VariantItem
from catalog.kinds import GOODS_KINDS, Kind
from catalog.models import Category, CategoryText, Offering, PlanTerms, Product, ProductCategory, ProductClass
from omnichannel.kernel.money import yuan

# Sold at face value, without discounts.
FACE_VALUE = frozenset({Kind.TOP_UP, Kind.PLAN, Kind.PREPAID_CARD, Kind.RECHARGE_CARD})

Partner = get_model("partner", "Partner")
StockRecord = get_model("partner", "StockRecord")


def load_categories() -> dict[str, Category]:
    """The tree by slug; what exists stays as it is."""
    known = {category.slug: category for category in Category.objects.all()}
    position = 0
    for slug, name, name_en, icon, children in TREE:
        words = {"name": name, "slug": slug, "description": LINES[slug][0]}
        root = known.get(slug) or Category.objects.add_root(words)
        known[slug] = root
        _category_text(root, name_en, icon, position, LINES[slug][1])
        for child_slug, child_name, child_en, child_icon in children:
            position += 1
            if child_slug not in known:
                parent = Category.objects.get(pk=root.pk)
                words = {"name": child_name, "slug": child_slug}
                known[child_slug] = Category.objects.add_child(parent, words)
            _category_text(known[child_slug], child_en, child_icon, position, "")
    return known


def _category_text(category, name_en, icon, position, line_en) -> None:
    values = {"name_en": name_en, "icon": icon, "position": position, "description_en": line_en}
    CategoryText.objects.get_or_create(category=category, defaults=values)


def load_classes() -> dict[str, ProductClass]:
    """One product class per kind; stock is not tracked by Oscar."""
    known = {one.slug: one for one in ProductClass.objects.all()}
    for kind in Kind:
        if kind.value not in known:
            known[kind.value] = ProductClass.objects.create(
                name=kind.value.replace("_", " ").capitalize(),
                slug=kind.value,
                requires_shipping=kind in GOODS_KINDS,
                track_stock=False,
            )
    return known


def load_items(items: Iterable[Item], *, sellers: dict[str, int]) -> list[int]:
    """Make what is not there yet; returns the new products' ids. `sellers`: institution ids by code."""
    categories, classes = load_categories(), load_classes()
    partners = {
        code: Partner.objects.get_or_create(code=code, defaults={"name": code})[0] for code in sellers
    }
    known = set(Product.objects.exclude(code=None).values_list("code", flat=True))
    fresh = [item for item in items if item.code not in known]
    cards = Product.objects.bulk_create(_card(item, classes[item.kind]) for item in fresh)
    pairs = list(zip(fresh, cards, strict=True))
    leaves = Product.objects.bulk_create(
        _child(variant, card) for item, card in pairs for variant in item.variants
    )
    offers = _offerings(pairs, leaves, sellers)
    Offering.objects.bulk_create(offers)
    ProductCategory.objects.bulk_create(
        ProductCategory(product=card, category=categories[item.category]) for item, card in pairs
    )
    PlanTerms.objects.bulk_create(_terms(item, card) for item, card in pairs if item.terms)
    StockRecord.objects.bulk_create(_records(pairs, leaves, partners))
    return [card.pk for card in cards] + [leaf.pk for leaf in leaves]


def _partner(code: str):
    return Partner.objects.get_or_create(code=code, defaults={"name": code})[0]


def _card(item: Item, product_class) -> Product:
    return Product(
        structure=Product.PARENT if item.variants else Product.STANDALONE,
        title=item.title,
        slug=item.code,
        code=item.code,
        upc=None if item.variants else item.sku,
        description=item.text,
        product_class=product_class,
        priority=item.priority,
        is_discountable=item.kind not in FACE_VALUE,
    )


def _child(variant: VariantItem, card: Product) -> Product:
    return Product(
        structure=Product.CHILD,
        parent=card,
        title=" ".join(part for part in (card.title, variant.colour, variant.storage) if part),
        slug=card.slug,
        upc=variant.sku,
        code=variant.sku.lower(),
    )


def _offerings(pairs, leaves, sellers) -> list[Offering]:
    children = iter(leaves)
    rows = []
    for item, card in pairs:
        seller = sellers[item.seller]
        rows.append(_offering(item, card, seller))
        rows += [_variant_offering(item, variant, next(children), seller) for variant in item.variants]
    return rows


def _shared(item: Item, seller: int) -> dict:
    return {
        "kind": item.kind,
        "serial_kind": item.serial,
        "tier": item.tier,
        "seller_id": seller,
        "brand": item.brand,
        "brand_en": item.brand_en,
        "title_en": item.title_en,
        "weight_g": item.weight,
        "volume_ml": item.volume,
    }


def _offering(item: Item, card: Product, seller: int) -> Offering:
    return Offering(
        product=card,
        sku=None if item.variants else item.sku,
        subtitle=item.subtitle,
        subtitle_en=item.subtitle_en,
        description_en=item.text_en,
        specs=[list(row) for row in item.specs],
        picture=item.variants[0].picture if item.variants else item.code,
        pictures=[f"{item.code}-{view}" for view in item.views],
        sold=item.sold,
        **_shared(item, seller),
    )


def _variant_offering(item: Item, variant: VariantItem, child: Product, seller: int) -> Offering:
    return Offering(
        product=child,
        sku=variant.sku,
        colour=variant.colour,
        colour_en=variant.colour_en,
        colour_hex=variant.colour_hex,
        storage=variant.storage,
        picture=variant.picture,
        **_shared(item, seller),
    )


def _terms(item: Item, card: Product) -> PlanTerms:
    terms = item.terms
    return PlanTerms(
        product=card,
        tier=terms.tier,
        monthly_fee=terms.fee,
        data_gb=terms.data_gb,
        voice_minutes=terms.minutes,
        messages=terms.messages,
        commitment_months=terms.months,
        extras=terms.extras,
        extras_en=terms.extras_en,
    )


def _records(pairs, leaves, partners) -> list[StockRecord]:
    children = iter(leaves)
    rows = []
    for item, card in pairs:
        if not item.variants:
            rows.append((card, item.sku, item.price, item.seller))
        rows += [(next(children), variant.sku, variant.price, item.seller) for variant in item.variants]
    return [
        StockRecord(product=product, partner=partners[seller], partner_sku=sku, price=yuan(price))
        for product, sku, price, seller in rows
    ]
