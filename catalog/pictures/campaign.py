"""The season's banner: a winter evening before New Year, quiet on the left where the words stand.

Run `python -m catalog.pictures.campaign static/brand` to draw the files again.
"""

import random
import sys
from pathlib import Path

from PIL import Image, ImageFilter

from .boxes import lid
from .colours import Gradient, darker, lighter, lit, mix
from .layer import Layer, curve
from .phones import back, front

WIDTH, HEIGHT = 1920, 640
NIGHT, DEEP, GOLD, RED = "#0c3f49", "#082b34", "#f3c469", "#b5372f"


def _mountains(sheet: Layer, rng):
    for depth, base in enumerate((330, 400, 465)):
        tone = mix("#5f9aa0", DEEP, 0.3 + depth * 0.24)
        points, x = [(-20, HEIGHT)], -20
        while x < WIDTH + 160:
            points.append((x, base - rng.randint(0, 150 - depth * 30)))
            points.append((x + 90, base + rng.randint(10, 50)))
            x += rng.randint(190, 280)
        sheet.polygon([*points, (WIDTH + 200, HEIGHT)], tone)
        for peak in points[1:-1:2]:
            cap = [
                (peak[0], peak[1]),
                (peak[0] + 34, peak[1] + 34),
                (peak[0] + 4, peak[1] + 26),
                (peak[0] - 30, peak[1] + 40),
            ]
            sheet.polygon(cap, lighter(tone, 0.55), 210)


def _pine(sheet: Layer, x, foot, tall):
    for i in range(4):
        y, half = foot - tall * (0.24 * i + 0.06), tall * (0.3 - 0.06 * i)
        top = y - tall * 0.34
        sheet.polygon([(x - half, y), (x, top), (x + half, y)], mix("#123f3f", "#0a2a30", i / 5))
        sheet.polygon([(x - half, y), (x, top), (x - half * 0.4, y - 8)], "#dbe9ea", 150)


def _lantern(sheet: Layer, x, y, r):
    sheet.line([(x, y - r * 2.1), (x, y - r)], 3, "#d9ad57")
    sheet.circle(
        x, y, r * 1.5, Gradient((0, "#ffcf7a", 90), (0.5, "#ffcf7a", 30), (1, "#ffcf7a", 0), axis="radial")
    )
    sheet.ellipse((x - r, y - r * 0.82, x + r, y + r * 0.82), Gradient("#e4573f", RED, "#7c1d1c"))
    for share in (0.35, 0.7):
        sheet.ellipse((x - r * share, y - r * 0.82, x + r * share, y + r * 0.82), "#ffb45e", 46)
    for edge in (-0.82, 0.82):
        sheet.rounded((x - r * 0.42, y + edge * r - 5, x + r * 0.42, y + edge * r + 5), 3, "#d9ad57")
    for i in range(3):
        sheet.line([(x - 6 + i * 6, y + r * 0.9), (x - 6 + i * 6, y + r * 1.5)], 2.5, "#e8b45a")


def _goods(picture: Image.Image, rng):
    """What the season sells, standing in the snow on the right."""
    ground = Layer(WIDTH, HEIGHT)
    box = lid(220, 240, "#9c2530", "", "blossom", rng)
    ground.put(box, 1560, 330)
    ground.polygon([(1780, 330), (1836, 352), (1836, 556), (1780, 570)], lit("#5c1219", 0.2))
    ground.rounded((1560, 436, 1780, 462), 0, lit(GOLD, 0.3))
    ground.rounded((1656, 330, 1684, 570), 0, lit(GOLD, 0.3))
    for side in (-1, 1):
        bow = curve((1670, 330), (1670 + side * 90, 240), (1670 + side * 120, 340), (1670, 332), steps=24)
        ground.polygon(bow, lit(GOLD, 0.35))
    rear = back(184, 390, colour="#e9ece8", camera="ring", lenses=3).turned(7)
    face = front(random.Random(7), 184, 390, colour="#2b3a40").turned(-5)
    ground.put(rear, 1190, 150)
    ground.put(face, 1345, 175)
    picture.alpha_composite(ground.image)


def banner(seed: int = 2027) -> Image.Image:
    """The banner, 1,920 by 640 pixels."""
    rng = random.Random(seed)
    sky = Layer(WIDTH, HEIGHT)
    sky.rounded(
        (0, 0, WIDTH, HEIGHT),
        0,
        Gradient((0, DEEP), (0.45, NIGHT), (0.72, "#2c7577"), (0.86, "#d99a62"), (1, "#f0c58a"), axis="y"),
    )
    sky.circle(1480, 250, 330, Gradient((0, GOLD, 120), (0.5, GOLD, 40), (1, GOLD, 0), axis="radial"))
    sky.circle(1480, 250, 128, lit("#f8dc9c", 0.12))
    _mountains(sky, rng)
    picture = sky.image.filter(ImageFilter.GaussianBlur(1.2))
    near = Layer(WIDTH, HEIGHT)
    hill = curve((-10, 560), (500, 420), (900, 640), (1930, 500), steps=60)
    near.polygon([*hill, (WIDTH + 10, HEIGHT), (-10, HEIGHT)], Gradient("#cfe2e4", "#9fc3c8", axis="y"))
    for x, foot, tall in (
        (70, 560, 190),
        (180, 545, 130),
        (820, 560, 120),
        (930, 570, 180),
        (1050, 566, 110),
        (1880, 520, 150),
    ):
        _pine(near, x, foot, tall)
    cord = curve((900, -30), (1250, 130), (1600, 60), (1950, -60), steps=60)
    near.line(cord, 4, "#d9ad57")
    picture.alpha_composite(near.image)
    _goods(picture, rng)
    front_snow = Layer(WIDTH, HEIGHT)
    drift = curve((-10, 610), (600, 560), (1100, 590), (1500, 520), (1930, 570), steps=60)
    front_snow.polygon(
        [*drift, (WIDTH + 10, HEIGHT), (-10, HEIGHT)], Gradient("#f4f9f9", "#bcd6da", axis="y")
    )
    for place in (8, 20, 33, 46):
        x, y = cord[place]
        _lantern(front_snow, x, y + 74, 34)
    for _ in range(170):
        radius = rng.choice((1.6, 2.2, 3, 4.2))
        front_snow.circle(
            rng.randint(0, WIDTH), rng.randint(0, HEIGHT), radius, "#ffffff", rng.randint(90, 220)
        )
    front_snow.rounded(
        (0, 0, 1150, HEIGHT), 0, Gradient((0, darker(DEEP, 0.2), 225), (0.62, DEEP, 150), (1, DEEP, 0))
    )
    picture.alpha_composite(front_snow.image)
    return picture.convert("RGB")


def save(folder: Path) -> None:
    """hero-newyear.webp and its half."""
    picture = banner()
    picture.save(folder / "hero-newyear.webp", quality=82, method=6)
    picture.reduce(2).save(folder / "hero-newyear-960.webp", quality=82, method=6)


if __name__ == "__main__":
    save(Path(sys.argv[1]))
