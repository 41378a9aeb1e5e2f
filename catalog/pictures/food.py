"""Own-brand food and gifts: boxes, tins, jars and what is in them."""

import math

from .colours import Gradient, cylinder, darker, ink_on, lighter, lit, mix
from .layer import Layer, curve
from .studio import Studio

GOLD = "#d9ad57"


def _petals(sheet: Layer, x, y, radius, petals, colour, alpha=255):
    for i in range(petals):
        turn = math.tau * i / petals
        sheet.circle(x + math.cos(turn) * radius, y + math.sin(turn) * radius, radius * 0.42, colour, alpha)
    sheet.circle(x, y, radius, colour, alpha)


def lid(width, height, colour, title, motif, rng) -> Layer:
    """A gift box seen from above: border, motif and the name in a panel."""
    sheet = Layer(width, height)
    sheet.rounded((0, 0, width, height), 18, lit(colour, 0.18, axis="xy"))
    _motif(sheet, motif, width, height, mix(colour, GOLD, 0.72), rng)
    for inset, thick in ((26, 5), (40, 2)):
        box = (inset, inset, width - inset, height - inset)
        sheet.line([box[:2], (box[2], box[1]), box[2:], (box[0], box[3]), box[:2]], thick, GOLD)
    if title:
        tall = 96 * len(title) + 60
        x, y = width / 2, (height - tall) / 2
        sheet.rounded((x - 74, y, x + 74, y + tall), 12, "#fbf3df")
        for i, sign in enumerate(title):
            sheet.text(x, y + 78 + i * 96, sign, 84, darker(colour, 0.35), anchor="mm")
    return sheet


def _motif(sheet, motif, width, height, ink, rng):
    if motif == "moon":
        sheet.circle(width * 0.7, height * 0.34, height * 0.24, ink, 235)
        for i in range(4):
            y = height * (0.62 + i * 0.09)
            cloud = curve((0, y), (width * 0.3, y - 120), (width * 0.6, y + 110), (width, y - 40), steps=30)
            sheet.line(cloud, 7, ink, 150)
    elif motif == "blossom":
        branch = curve(
            (0, height * 0.95),
            (width * 0.3, height * 0.5),
            (width * 0.6, height * 0.7),
            (width, height * 0.1),
            steps=40,
        )
        sheet.line(branch, 14, ink, 200)
        for x, y in branch[3::4]:
            _petals(
                sheet, x + rng.randint(-50, 50), y + rng.randint(-60, 40), rng.randint(13, 24), 5, ink, 235
            )
    elif motif == "waves":
        for row in range(7):
            for column in range(8):
                x, y = column * width / 7 - (row % 2) * width / 14, height - row * 62
                for radius in (70, 48, 26):
                    sheet.ring(x, y, radius, 5, ink, 120 - row * 12)
    elif motif == "crab":
        crab_figure(sheet, width * 0.5, height * 0.5, min(width, height) * 0.3, ink)
    else:
        for i in range(9):
            x = width * (0.06 + i * 0.11)
            leaf = curve(
                (x, height), (x - 80, height * 0.6), (x + 90, height * 0.4), (x + 30, height * 0.08), steps=24
            )
            sheet.line(leaf, 11, ink, 130)


def crab_figure(sheet: Layer, x, y, r, colour):
    """A crab from above."""
    for side in (-1, 1):
        for i in range(4):
            start = (x + side * r * 0.7, y + (i - 1) * r * 0.26)
            knee = (x + side * r * (1.5 - 0.06 * i), y + (i - 2.2) * r * 0.42)
            foot = (x + side * r * (1.62 - 0.12 * i), y + (i - 0.4) * r * 0.5)
            sheet.line([start, knee], r * 0.13, colour)
            sheet.line([knee, foot], r * 0.08, colour)
        elbow = (x + side * r * 1.12, y - r * 0.72)
        sheet.line([(x + side * r * 0.6, y - r * 0.4), elbow], r * 0.17, colour)
        claw = (x + side * r * 0.82, y - r * 1.12)
        sheet.ellipse(
            (claw[0] - r * 0.24, claw[1] - r * 0.28, claw[0] + r * 0.24, claw[1] + r * 0.34), colour
        )
        sheet.polygon(
            [
                (claw[0] - side * r * 0.02, claw[1] - r * 0.02),
                (claw[0] - side * r * 0.3, claw[1] - r * 0.42),
                (claw[0] + side * r * 0.04, claw[1] - r * 0.4),
            ],
            darker(colour, 0.3),
        )
    sheet.ellipse(
        (x - r * 0.92, y - r * 0.66, x + r * 0.92, y + r * 0.66),
        Gradient(lighter(colour, 0.25), colour, darker(colour, 0.25), axis="xy"),
    )
    for dx in (-0.3, 0.3):
        sheet.line([(x + dx * r, y - r * 0.6), (x + dx * r * 1.1, y - r * 0.82)], r * 0.07, colour)
        sheet.circle(x + dx * r * 1.1, y - r * 0.86, r * 0.08, darker(colour, 0.7))
    sheet.line(
        curve(
            (x - r * 0.5, y + r * 0.1),
            (x - r * 0.2, y - r * 0.2),
            (x + r * 0.2, y - r * 0.2),
            (x + r * 0.5, y + r * 0.1),
        ),
        r * 0.04,
        darker(colour, 0.35),
        160,
    )


def _slab(studio: Studio, top: Layer, colour, depth=110, y=0):
    """A flat box in perspective with `top` as its upper face."""
    corners = [(210, 250 + y), (860, 190 + y), (1060, 640 + y), (160, 720 + y)]
    studio.shadow(630, 790 + y, 980, 220, strength=120, blur=44)
    body = Layer(1200, 1200)
    left, right = corners[3], corners[2]
    body.polygon(
        [left, right, (right[0] - 6, right[1] + depth), (left[0] + 6, left[1] + depth)],
        lit(darker(colour, 0.28), 0.25),
    )
    body.polygon(
        [corners[1], right, (right[0] - 6, right[1] + depth), (corners[1][0] + 10, corners[1][1] + 40)],
        darker(colour, 0.55),
    )
    body.put(top.bent(corners, 1200, 1200), 0, 0)
    studio.put(body, 600, 600, cast=None)


def gift_box(studio: Studio, rng, *, colour="#8c1f2b", title="团圆", motif="moon", ribbon=True):
    """A closed gift box standing, with a bag or a ribbon."""
    studio.setting()
    face = lid(620, 700, colour, title, motif, rng)
    if ribbon:
        face.rounded((0, 610, 620, 646), 0, lit(GOLD, 0.3))
        for side in (-1, 1):
            face.polygon([(310, 628), (310 + side * 110, 574), (310 + side * 100, 690)], lit(GOLD, 0.35))
        face.circle(310, 628, 26, darker(GOLD, 0.12))
    box = Layer(840, 800)
    box.put(face.bent([(20, 60), (640, 20), (640, 770), (20, 790)], 840, 800), 0, 0)
    box.polygon([(640, 20), (790, 80), (790, 720), (640, 770)], lit(darker(colour, 0.42), 0.2))
    box.polygon([(20, 60), (640, 20), (790, 80), (170, 110)], lighter(colour, 0.1), 0)
    studio.stand(box, 620, bottom=970, width=760)


def mooncakes(studio: Studio, rng, *, colour="#203f63", title="", motif="moon"):
    """Mooncakes in their open tray."""
    studio.setting()
    tray = lid(900, 700, mix(colour, "#000000", 0.1), "", motif, rng)
    for i in range(6):
        x, y = 170 + (i % 3) * 280, 190 + (i // 3) * 320
        tray.circle(x, y, 132, darker(colour, 0.5))
        cake = rng.choice(("#c98a3f", "#b9752f", "#d39c55"))
        _petals(tray, x, y, 96, 14, darker(cake, 0.16))
        tray.circle(x, y, 96, lit(cake, 0.3, axis="xy"))
        for radius in (80, 52):
            tray.ring(x, y, radius, 6, darker(cake, 0.3), 190)
        tray.text(x, y - 2, "福禄寿喜吉祥"[i], 62, darker(cake, 0.42), anchor="mm")
    _slab(studio, tray, colour)


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


def crab_box(studio: Studio, rng, *, colour="#1f5560", title="", motif="waves"):
    """Hairy crabs tied on top of their box."""
    studio.setting()
    _slab(studio, lid(900, 700, colour, title, motif, rng), colour, depth=150)
    for x, y, turn in ((410, 440, 8), (760, 430, -10), (590, 620, 2)):
        crab = Layer(460, 400)
        crab_figure(crab, 230, 220, 128, rng.choice(("#b9552c", "#a9472a", "#c46a35")))
        crab.line([(130, 150), (330, 290)], 12, "#f0dfb0")
        crab.line([(330, 150), (130, 290)], 12, "#f0dfb0")
        studio.put(crab.turned(turn), x, y, strength=120, blur=14)


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
