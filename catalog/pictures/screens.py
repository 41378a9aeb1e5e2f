"""What screens show: pictures in one of a few palettes."""

from .colours import Gradient, mix
from .layer import Layer, curve

SCREENS = (
    ("#0d3b66", "#faf0ca", "#f4d35e", "#ee964b"),
    ("#132a33", "#2f7f79", "#9fd8cb", "#f6f3c9"),
    ("#3d1f47", "#8f3f71", "#e07a8b", "#ffd6a5"),
    ("#10223a", "#2d5d8b", "#7fb2d9", "#f1f6f9"),
    ("#402a23", "#a35d3d", "#e5a869", "#f7e7c4"),
    ("#1b3326", "#3f7d58", "#a9cf9b", "#f2f5d7"),
    ("#26264f", "#5a54a4", "#b3a6e0", "#f7d9e3"),
    ("#5a1420", "#b3373f", "#f0a36b", "#fbe8c8"),
)


def wallpaper(rng, width: int, height: int) -> Layer:
    """What a screen shows: hills, a ring, petals or bands in one of the palettes."""
    deep, middle, pale, glow = rng.choice(SCREENS)
    sheet = Layer(width, height)
    sheet.rounded((0, 0, width, height), 0, Gradient(deep, middle, pale, axis="y"))
    style = rng.randrange(4)
    if style == 0:
        sheet.circle(width * rng.uniform(0.3, 0.7), height * 0.42, width * 0.22, glow)
        for i, colour in enumerate((mix(middle, pale, 0.5), middle, deep)):
            top = height * (0.52 + 0.14 * i)
            hill = curve(
                (0, top),
                (width * 0.3, top - width * 0.5 + i * 40),
                (width * 0.7, top + width * 0.4),
                (width, top),
            )
            sheet.polygon([*hill, (width, height), (0, height)], colour)
    elif style == 1:
        for i in range(6):
            sheet.ring(
                width * 0.5,
                height * 0.55,
                width * (0.16 + i * 0.14),
                width * 0.05,
                mix(glow, middle, i / 6),
                235 - i * 24,
            )
    elif style == 2:
        for _ in range(7):
            x, y = width * rng.uniform(0, 1), height * rng.uniform(0.25, 1)
            sheet.circle(x, y, width * rng.uniform(0.18, 0.5), rng.choice((glow, pale, middle)), 110)
    else:
        for i in range(5):
            start = height * (0.2 + 0.17 * i)
            wave = curve(
                (0, start),
                (width * 0.4, start + width * 0.45),
                (width * 0.6, start - width * 0.4),
                (width, start + 30),
            )
            sheet.polygon([*wave, (width, height), (0, height)], mix(pale, deep, i / 4), 210)
    return sheet
