"""The shape of a demo article. Prices are fen, weights grams, volumes millilitres."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class VariantItem:
    sku: str
    price: int
    colour: str = ""
    colour_en: str = ""
    colour_hex: str = ""
    storage: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Terms:
    tier: str
    fee: int
    data_gb: int
    minutes: int
    messages: int = 0
    months: int = 0
    extras: str = ""
    extras_en: str = ""


@dataclass(frozen=True)
class Item:
    """`code` is the slug, the picture's name and, for what has no variants, the SKU in capitals."""

    code: str
    kind: str
    category: str
    title: str
    title_en: str
    price: int
    subtitle: str = ""
    subtitle_en: str = ""
    text: str = ""
    text_en: str = ""
    brand: str = "华通"
    brand_en: str = "Huatong"
    seller: str = "huatong"
    serial: str = ""
    tier: str = ""
    weight: int = 0
    volume: int = 0
    sold: int = 0
    priority: int = 0
    specs: tuple = ()
    variants: tuple[VariantItem, ...] = ()
    terms: Terms | None = None
    look: str = ""  # a kind of catalog.pictures, art its attributes
    art: dict = field(default_factory=dict)
    views: tuple[str, ...] = ()  # further pictures of a phone: back, front, fan, detail

    @property
    def sku(self) -> str:
        return self.code.upper()


COLOURS = {
    "ink": ("墨黑", "Ink black", "#23262b"),
    "mist": ("雾白", "Mist white", "#e9ebe8"),
    "sea": ("海青", "Sea teal", "#2f7d86"),
    "dawn": ("晨金", "Dawn gold", "#d9b483"),
    "lilac": ("丁香紫", "Lilac", "#a796c9"),
    "jade": ("竹青", "Jade", "#6f9a7c"),
    "coral": ("珊瑚红", "Coral", "#d9705f"),
    "sky": ("天蓝", "Sky blue", "#7fa9d6"),
}


def variants(code: str, colours: str, storages: dict[str, int]) -> tuple[VariantItem, ...]:
    """One variant per colour and storage; the picture is the colour's. Storage "" for none."""
    return tuple(
        VariantItem(
            sku="-".join(part for part in (code, colour, storage.lower()) if part).upper(),
            price=price,
            colour=COLOURS[colour][0],
            colour_en=COLOURS[colour][1],
            colour_hex=COLOURS[colour][2],
            storage=storage,
            picture=f"{code}-{colour}",
        )
        for colour in colours.split()
        for storage, price in storages.items()
    )
