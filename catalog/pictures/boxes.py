"""Gift boxes: lids with their motifs, and what lies in or on them."""

import math

from .colours import Gradient, darker, lighter, lit, mix
from .layer import Layer, curve
from .studio import Studio

GOLD = "#d9ad57"


def petals(sheet: Layer, x, y, radius, count, colour, alpha=255):
    """A blossom of `count` round petals."""
    for i in range(count):
        turn = math.tau * i / count
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
            petals(
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
        petals(tray, x, y, 96, 14, darker(cake, 0.16))
        tray.circle(x, y, 96, lit(cake, 0.3, axis="xy"))
        for radius in (80, 52):
            tray.ring(x, y, radius, 6, darker(cake, 0.3), 190)
        tray.text(x, y - 2, "福禄寿喜吉祥"[i], 62, darker(cake, 0.42), anchor="mm")
    _slab(studio, tray, colour)


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
