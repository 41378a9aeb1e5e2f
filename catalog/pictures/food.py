"""Own-brand food: dumplings, tea, rice, honey."""

import math

from .colours import Gradient, cylinder, darker, ink_on, lighter, lit, mix
from .layer import Layer, curve
from .studio import Studio


def zongzi(studio: Studio, rng, *, colour="#3f6b3c", count=3, string="#b5372f"):
    """Rice dumplings wrapped in leaves, tied with string, on a board."""
    studio.setting()
    studio.plinth(600, 800, 900, 60)
    spots = {2: [(420, 610, 1.05), (800, 640, 1.0)], 3: [(600, 480, 0.95), (390, 690, 1.0), (820, 700, 1.0)],
             4: [(430, 480, 0.8), (780, 480, 0.8), (400, 730, 0.95), (820, 740, 0.95)]}[count]  # fmt: skip
    for x, y, size in spots:
        studio.put(
            _dumpling(rng, colour, string, size).turned(rng.randint(-14, 14)), x, y, strength=120, blur=16
        )


def _dumpling(rng, colour, string, size) -> Layer:
    u = 3.6 * size
    leaf = mix(colour, rng.choice(("#6d8b3d", "#2f5a41", "#7f8f45")), 0.4)
    sheet = Layer(120 * u, 110 * u)

    def at(*points):
        return [(x * u, y * u) for x, y in points]

    sheet.polygon(at((60, 4), (8, 92), (60, 106)), lit(lighter(leaf, 0.14), 0.2))
    sheet.polygon(at((60, 4), (60, 106), (112, 88)), lit(darker(leaf, 0.24), 0.3))
    for i in range(6):
        sheet.line(at((60, 6), (12 + i * 9, 92 + i * 2.4)), 1.1 * u / 3, darker(leaf, 0.35), 120)
        sheet.line(at((60, 6), (66 + i * 8.6, 104 - i * 2.6)), 1.1 * u / 3, darker(leaf, 0.5), 120)
    sheet.polygon(at((60, 4), (36, 46), (84, 40)), lit(lighter(leaf, 0.26), 0.25))
    for y in (52, 64):
        half = (y - 4) * 0.56
        sheet.line(at((60 - half, y + 4), (60, y + 10), (60 + half * 0.98, y + 1)), u + 6, string)
    for side in (-1, 1):
        bow = curve(*at((60, 62), (60 + side * 26, 42), (60 + side * 30, 76), (60, 64)), steps=20)
        sheet.line(bow, 2.2 * u / 3 + 2, lighter(string, 0.15))
    return sheet


def tea(studio: Studio, rng, *, colour="#29543f", title="龙井", liquor="#c7b24a"):
    """A tea tin with its label and a glass of tea."""
    studio.setting()
    tin = Layer(400, 680)
    tin.rounded((0, 60, 400, 670), 34, cylinder(colour))
    tin.ellipse((0, 20, 400, 110), lit(lighter(colour, 0.28), 0.2))
    tin.rounded((0, 60, 400, 176), 0, cylinder(lighter(colour, 0.12)))
    tin.ellipse((0, 12, 400, 112), lit(lighter(colour, 0.34), 0.15))
    tin.rounded((0, 176, 400, 184), 0, darker(colour, 0.5), 150)
    tin.rounded((110, 240, 290, 600), 14, Gradient("#fdf8ea", "#efe5cb"))
    for i, sign in enumerate(title[:3]):
        tin.text(200, 316 + i * 100, sign, 84, darker(colour, 0.3), anchor="mm")
    if len(title) < 3:
        tin.circle(200, 562, 18, "#a83a2d")
    studio.stand(tin, 460, bottom=950)
    glass = Layer(300, 340)
    glass.polygon([(20, 20), (280, 20), (240, 330), (60, 330)], "#ffffff", 90)
    glass.polygon(
        [(34, 110), (266, 110), (236, 320), (64, 320)],
        Gradient(lighter(liquor, 0.3), liquor, darker(liquor, 0.2)),
        225,
    )
    glass.ellipse((34, 92, 266, 130), lighter(liquor, 0.3), 240)
    for _ in range(7):
        x, y = rng.randint(80, 220), rng.randint(150, 300)
        glass.line([(x, y), (x + rng.randint(-16, 16), y - 30)], 8, "#4e6b35", 210)
    glass.polygon([(50, 30), (78, 30), (92, 320), (76, 320)], "#ffffff", 120)
    studio.stand(glass, 850, bottom=980)


def rice(studio: Studio, rng, *, colour="#b4472f", title="稻香", weight="5 kg", grain="#faf6ec"):
    """A bag of rice and a bowl."""
    studio.setting()
    bag = Layer(560, 780)
    outline = [
        *curve((60, 60), (20, 300), (30, 560), (50, 760)),
        *curve((510, 760), (540, 560), (540, 300), (500, 60)),
    ]
    bag.polygon(outline, lit("#f4efe2", 0.2))
    bag.polygon([(50, 10), (510, 10), (500, 70), (60, 70)], lit(colour, 0.25))
    for i in range(11):
        bag.line([(76 + i * 41, 20), (72 + i * 41, 62)], 4, darker(colour, 0.35), 120)
    bag.polygon([(44, 460), (520, 420), (510, 758), (52, 758)], lit(colour, 0.25))
    for i in range(5):
        x = 120 + i * 80
        bag.line(curve((x, 420), (x + 10, 330), (x + 50, 300), (x + 66, 250)), 6, "#c79a3c")
        for j in range(5):
            bag.ellipse((x + 26 + j * 9, 262 + j * 24, x + 50 + j * 6, 286 + j * 26), "#dcb355")
    bag.text(280, 170, title, 116, darker(colour, 0.2), anchor="mm")
    bag.text(280, 640, weight, 92, ink_on(colour), anchor="mm")
    studio.stand(bag, 460, bottom=970)
    bowl = Layer(380, 300)
    bowl.ellipse((30, 20, 350, 190), Gradient(lighter(grain, 0.3), darker(grain, 0.06), axis="radial"))
    for _ in range(60):
        x, y = rng.randint(70, 310), rng.randint(50, 150)
        bowl.ellipse((x, y, x + 20, y + 9), rng.choice((lighter(grain, 0.5), darker(grain, 0.12), grain)))
    half = curve((10, 110), (30, 330), (350, 330), (370, 110), steps=40)
    bowl.polygon(
        [*half, *curve((370, 110), (330, 180), (50, 180), (10, 110), steps=30)],
        lit(mix(studio.tone, colour, 0.5), 0.35),
    )
    studio.stand(bowl, 880, bottom=990, width=240)


def honey(studio: Studio, rng, *, colour="#d4881c", title="槐花蜜"):
    """A jar of honey with a dipper."""
    studio.setting()
    jar = Layer(480, 640)
    jar.rounded(
        (20, 110, 460, 630),
        80,
        Gradient(
            (0, darker(colour, 0.25)), (0.3, lighter(colour, 0.35)), (0.7, colour), (1, darker(colour, 0.4))
        ),
    )
    jar.rounded((48, 130, 80, 560), 16, "#ffffff", 110)
    jar.rounded((60, 20, 420, 120), 20, cylinder("#efe6d3"))
    jar.rounded((60, 96, 420, 128), 10, cylinder(darker("#efe6d3", 0.12)))
    jar.rounded((110, 250, 370, 500), 20, "#fffaf0")
    jar.text(240, 350, title, 76 if len(title) > 2 else 100, darker(colour, 0.5), anchor="mm")
    for i in range(3):
        x = 190 + i * 50
        hexagon = [
            (x + 22 * math.cos(math.tau * k / 6), 448 + 22 * math.sin(math.tau * k / 6)) for k in range(6)
        ]
        jar.polygon(hexagon, colour)
    studio.stand(jar, 500, bottom=950)
    dipper = Layer(560, 130)
    dipper.line([(40, 65), (390, 65)], 24, lit("#c9995c", 0.3, axis="y"))
    for i in range(5):
        dipper.rounded(
            (380 + i * 32, 18 + abs(i - 2) * 9, 404 + i * 32, 112 - abs(i - 2) * 9), 12, lit("#b98548", 0.3)
        )
    studio.put(dipper.turned(28), 850, 900, strength=100, blur=14)
