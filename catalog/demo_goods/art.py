"""Pictures of the range: drawn once, in parallel, skipped when they are there."""

import zlib
from pathlib import Path

from catalog.demo_goods.items import Item
from catalog.pictures import WIDTHS, Spec, render_many


def specs_of(item: Item) -> list[Spec]:
    """One per colour, or one for the article itself; phones have further views of their first colour."""
    seed = zlib.crc32(item.code.encode())
    colours = {variant.picture: variant.colour_hex for variant in item.variants}
    if not colours:
        return [Spec(item.code, item.look, seed, item.art)]
    made = [Spec(name, item.look, seed, item.art | {"colour": value}) for name, value in colours.items()]
    first = next(iter(colours.values()))
    return made + [
        Spec(f"{item.code}-{view}", item.look, seed, item.art | {"colour": first, "view": view})
        for view in item.views
    ]


def draw_missing(items, folder: Path) -> int:
    """Returns the number of files made."""
    specs = [spec for item in items for spec in specs_of(item)]
    last = max(WIDTHS)
    missing = [spec for spec in specs if not (Path(folder) / f"{spec.slug}-{last}.webp").exists()]
    return render_many(missing, folder) if missing else 0
