"""A handful of articles, numbers and prices for tests of catalog and shop, made without the demo."""

from datetime import UTC, datetime, timedelta
from functools import partial

from catalog.demo_goods.items import Item, Terms, variants
from catalog.demo_goods.numbers import load_grades
from catalog.demo_goods.products import load_items
from catalog.models import ChannelPrice, Number, NumberBlock, Offering
from catalog.services.indexing import reindex
from catalog.services.number_pool import stock_block
from members.actors import Actor, Grant
from members.models import Institution

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # noon in Shanghai
TAILS = (8888, 1234, 7755, 2626, 1357, 2468, 521, 4444, 9071, 3698, 9502, 7083)

goods = partial(Item, seller="huatong", weight=100, volume=200)
ITEMS = (
    goods(
        code="sail",
        kind="device",
        category="smartphones",
        serial="imei",
        title="云帆手机",
        title_en="Sail phone",
        price=300_000,
        text="自有品牌旗舰",
        text_en="Our own flagship",
        sold=50,
        variants=variants("sail", "ink sea", {"128GB": 300_000, "256GB": 350_000}),
    ),
    goods(
        code="case",
        kind="accessory",
        category="cases",
        title="云帆手机壳",
        title_en="Sail case",
        price=7_900,
        sold=20,
    ),
    goods(
        code="mooncake",
        kind="food",
        category="festival",
        title="月饼礼盒",
        title_en="Mooncake gift box",
        price=19_800,
        brand="华通优选",
        brand_en="Huatong Select",
        sold=80,
    ),
    goods(
        code="lamp",
        kind="merchant_goods",
        category="living",
        seller="mc-luma",
        title="护眼台灯",
        title_en="Desk lamp",
        price=25_900,
        brand="露玛生活",
        brand_en="Luma",
    ),
    goods(
        code="sim-youth",
        kind="sim",
        category="sim-cards",
        serial="iccid",
        tier="youth",
        title="闪动卡",
        title_en="Flash SIM",
        price=1_000,
    ),
    goods(
        code="plan-39",
        kind="plan",
        category="plans",
        tier="youth",
        title="闪动 39",
        title_en="Flash 39",
        price=3_900,
        terms=Terms("youth", 3_900, 40, 100),
    ),
    goods(
        code="top-up-50",
        kind="top_up",
        category="top-up",
        title="话费充值 50 元",
        title_en="Top-up ¥50",
        price=5_000,
    ),
)


class Range:
    """The articles above in the shop of a carrier and one merchant, and a block of Shanghai numbers."""

    def __init__(self, *, indexed: bool = True, numbers: bool = True):
        self.carrier = Institution.objects.create(
            code="huatong", path="huatong/", kind="carrier", name="华通"
        )
        self.merchant = Institution.objects.create(
            code="mc-luma", path="mc-luma/", kind="merchant", name="露玛"
        )
        sellers = {"huatong": self.carrier.pk, "mc-luma": self.merchant.pk}
        load_items(ITEMS, sellers=sellers)
        if numbers:
            load_grades()
            stock_block(prefix="1381613", province="上海", city="上海", lines=TAILS)
        if indexed:
            reindex()

    def more(self, items) -> None:
        load_items(items, sellers={"huatong": self.carrier.pk, "mc-luma": self.merchant.pk})

    def product_id(self, sku: str) -> int:
        return Offering.objects.get(sku=sku).product_id

    def card_id(self, code: str) -> int:
        return Offering.objects.get(product__code=code).product_id

    def price(self, sku: str, amount: int, *, channel="", institution=None, days=7, begins=-1, reason="特价"):
        return ChannelPrice.objects.create(
            product_id=self.product_id(sku),
            channel=channel,
            institution=institution,
            amount=amount,
            starts=NOW + timedelta(days=begins),
            ends=NOW + timedelta(days=days),
            reason_code="test",
            reason=reason,
            reason_en=f"{reason} in English",
        )

    def operator(self) -> Actor:
        return Actor(user_id=1, name="op", grants=frozenset([Grant("operator", self.carrier.pk, "huatong/")]))


def a_number(tail: str = "9071") -> str:
    return f"861381613{tail}"


def a_pool(tails=("9071",)) -> None:
    """Numbers alone, for races."""
    load_grades()
    stock_block(prefix="1381613", province="上海", city="上海", lines=[int(tail) for tail in tails])
    assert NumberBlock.objects.exists()
    assert Number.objects.count() == len(tails)
