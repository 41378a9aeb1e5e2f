"""The thousand articles that both shops sell: a function of nothing but their number."""

from dataclasses import dataclass

PRODUCTS = 1000
# Ten categories of a hundred articles, two of them in the one active offer: a phone and a case.
GROUPS = (
    ("phones", "smartphones", "智能手机", "Smartphone"),
    ("phones", "tablets-watches", "平板与穿戴", "Tablet"),
    ("phones", "audio", "耳机音频", "Headphones"),
    ("phones", "home-network", "家庭网络", "Router"),
    ("accessories", "power", "充电与电源", "Charger"),
    ("accessories", "cases", "保护壳与贴膜", "Case"),
    ("accessories", "more-accessories", "更多配件", "Stand"),
    ("gifts", "festival", "节令食品", "Cake"),
    ("gifts", "tea", "茶叶", "Tea"),
    ("gifts", "pantry", "粮油坚果", "Nuts"),
)
BRANDS = (("航帆", "Sail"), ("墨川", "Mochuan"), ("安信", "Anxin"), ("轻羽", "Qingyu"), ("禾野", "Heye"))
LISTED = "power"  # the category whose page is measured
PER_PAGE = 20


@dataclass(frozen=True)
class Article:
    """price in fen."""

    number: int
    root: str
    category: str
    title: str
    title_en: str
    brand: tuple[str, str]
    price: int

    @property
    def code(self) -> str:
        return f"bench-{self.number:04d}"

    @property
    def sku(self) -> str:
        return self.code.upper()

    @property
    def text(self) -> str:
        return f"{self.title}，{self.brand[0]}出品。" * 8


def articles() -> list[Article]:
    return [_article(number) for number in range(PRODUCTS)]


def _article(number: int) -> Article:
    root, category, name, name_en = GROUPS[number % len(GROUPS)]
    brand = BRANDS[number // len(GROUPS) % len(BRANDS)]
    price = 1900 + number * 7919 % 180_000 // 100 * 100
    return Article(
        number, root, category, f"{brand[0]}{name} {number}", f"{brand[1]} {name_en} {number}", brand, price
    )


def basket(lines: int, turn: int) -> list[int]:
    """Numbers of the articles of an order: always a phone and a case first, others by the turn."""
    phone, case = turn * 10 % PRODUCTS, (turn * 10 + 5) % PRODUCTS
    others = [(turn * 37 + index * 101) % PRODUCTS for index in range(lines * 3)]
    return list(dict.fromkeys([phone, case, *others]))[:lines]
