"""Prices that differ by channel, each with its reason, and the one site offer: phone and case."""

from datetime import datetime, timedelta

from oscar.core.loading import get_model

from catalog.models import ChannelPrice, OfferText, Product
from members.channels import SUPPLY, Channel
from omnichannel.kernel.money import fen

Benefit = get_model("offer", "Benefit")
Condition = get_model("offer", "Condition")
ConditionalOffer = get_model("offer", "ConditionalOffer")
Range = get_model("offer", "Range")
RangeProduct = get_model("offer", "RangeProduct")
StockRecord = get_model("partner", "StockRecord")

# SKU's beginning, channel, percent of the base price, days from now (None: no end), code, Chinese, English
PRICES = (
    ("SAIL-S2-LITE-", Channel.APP, 94, 7, "app-week", "App 本周专享价", "Cheaper in the app this week"),
    ("QINGYU-BUDS-3-", Channel.APP, 90, 7, "app-week", "App 本周专享价", "Cheaper in the app this week"),
    ("NEW-YEAR-BOX", "", 88, 40, "new-year", "年货节早鸟价", "New Year early bird"),
    ("RICE-5KG", "", 90, 40, "new-year", "年货节早鸟价", "New Year early bird"),
    ("NUTS-GIFT", "", 85, 40, "new-year", "年货节早鸟价", "New Year early bird"),
    ("CRAB-FAMILY-4", "", 85, 14, "season-end", "蟹季尾声特惠", "End of the crab season"),
    ("MOCHUAN-NOTE-7-", Channel.WEB, 95, 14, "web-launch", "网上营业厅直降", "Lower on the web"),
    ("KIDS-WATCH-", Channel.WEB, 92, 14, "web-launch", "网上营业厅直降", "Lower on the web"),
    ("ANXIN-A1-", Channel.STORE, 90, None, "store-senior", "门店敬老价", "Store price for seniors"),
    ("CASE-SAIL-S2-", Channel.STORE, 85, None, "store-fit", "门店到店价", "Price in the store"),
    ("SAIL-S2-", SUPPLY, 92, None, "dealer", "经销商供货价", "Dealer's price"),
    ("MOCHUAN-NOTE-7-", SUPPLY, 93, None, "dealer", "经销商供货价", "Dealer's price"),
    ("RECHARGE-CARD-", SUPPLY, 97, None, "dealer", "经销商供货价", "Dealer's price"),
    ("TOP-UP-100", Channel.APP, 98, 7, "app-week", "App 本周专享价", "Cheaper in the app this week"),
)

OFFER = "phone-and-case"


def load_prices(*, now: datetime) -> None:
    """Channel prices that begin yesterday; a product and channel that has one keeps it."""
    known = set(ChannelPrice.objects.values_list("product_id", "channel"))
    records = StockRecord.objects.exclude(price=None).values_list("partner_sku", "product_id", "price")
    rows = [
        _price(product_id, price, row, now)
        for row in PRICES
        for sku, product_id, price in records
        if sku.startswith(row[0]) and (product_id, row[1]) not in known
    ]
    ChannelPrice.objects.bulk_create(rows)


def _price(product_id, price, row, now) -> ChannelPrice:
    _beginning, channel, percent, days, code, reason, reason_en = row
    return ChannelPrice(
        product_id=product_id,
        channel=channel,
        amount=fen(price) * percent // 10_000 * 100,
        starts=now - timedelta(days=1),
        ends=now + timedelta(days=days) if days else None,
        reason_code=code,
        reason=reason,
        reason_en=reason_en,
    )


def load_offer() -> None:
    """Buy a phone and a case: the case is 20 % off."""
    if ConditionalOffer.objects.filter(slug=OFFER).exists():
        return
    phones = _range("Smartphones", "smartphones")
    cases = _range("Phone cases", "cases")
    condition = Condition.objects.create(range=phones, type=Condition.COUNT, value=1)
    benefit = Benefit.objects.create(range=cases, type=Benefit.PERCENTAGE, value=20, max_affected_items=1)
    offer = ConditionalOffer.objects.create(
        name="买手机，配壳八折",
        slug=OFFER,
        description="任意手机加任意手机壳，一只手机壳立享八折。",
        offer_type=ConditionalOffer.SITE,
        condition=condition,
        benefit=benefit,
        priority=10,
    )
    words = "Any phone with any phone case: one case is 20 % off."
    OfferText.objects.create(offer=offer, name_en="A phone and a case: case 20 % off", description_en=words)


def _range(name: str, category: str):
    """A range of what the category holds now; a parent stands for its variants."""
    made = Range.objects.create(name=name, slug=category, is_public=False)
    cards = Product.objects.filter(parent=None, categories__slug=category)
    RangeProduct.objects.bulk_create(RangeProduct(range=made, product=card) for card in cards)
    return made
