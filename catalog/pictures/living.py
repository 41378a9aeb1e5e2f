"""A third-party merchant's goods for the home and the way there: mug, backpack, lamp, umbrella."""

import math

from .colours import Gradient, cylinder, darker, lighter, lit, metal, mix
from .layer import Layer, curve
from .studio import Studio


def mug(studio: Studio, rng, *, colour="#d7e3df", band="#2f6f6a"):
    studio.setting()
    cup = Layer(640, 560)
    cup.ring(500, 300, 120, 44, cylinder(darker(colour, 0.1)))
    cup.rounded((60, 60, 500, 545), 70, cylinder(colour))
    cup.rounded((60, 60, 500, 200), 0, cylinder(colour))
    cup.ellipse((60, 16, 500, 116), lighter(colour, 0.35))
    cup.ellipse((82, 30, 478, 106), Gradient(darker("#5b3a22", 0.35), "#6f4a2c", axis="x"))
    if rng.random() < 0.5:
        for i in range(3):
            cup.rounded((60, 330 + i * 52, 500, 356 + i * 52), 0, cylinder(mix(band, colour, i * 0.28)))
    else:
        cup.circle(270, 330, 98, band, 235)
        cup.polygon([(196, 390), (260, 290), (300, 350), (326, 316), (366, 392)], lighter(band, 0.6), 230)
    for side in (0, 1):
        x = 230 + side * 90
        steam = curve((x, 20), (x - 50, -60), (x + 60, -20), (x + 10, -120), steps=20)
        cup.line([(px, py + 20) for px, py in steam], 10, "#ffffff", 0)
    top = studio.plinth(590, 800, 760, 70) if rng.random() < 0.6 else None
    studio.stand(cup, 600, bottom=(top + 30) if top else 950, width=460)


def backpack(studio: Studio, rng, *, colour="#31506b", trim="#c98d4b"):
    studio.setting()
    bag = Layer(720, 860)
    for side in (-1, 1):
        strap = curve(
            (360 + side * 150, 150),
            (360 + side * 350, 260),
            (360 + side * 340, 620),
            (360 + side * 250, 760),
            steps=30,
        )
        bag.line(strap, 46, darker(colour, 0.42))
    bag.line(curve((290, 110), (300, 10), (420, 10), (430, 110), steps=20), 24, darker(colour, 0.4))
    bag.rounded((110, 80, 610, 840), 170, lit(colour, 0.34))
    bag.rounded((110, 500, 610, 840), 90, lit(colour, 0.34))
    bag.line(curve((140, 330), (200, 130), (520, 130), (580, 330), steps=30), 9, lighter(trim, 0.1))
    bag.rounded((170, 470, 550, 800), 60, lit(darker(colour, 0.1), 0.3))
    bag.line([(196, 540), (524, 540)], 9, trim)
    bag.rounded((470, 532, 494, 600), 8, lit(trim, 0.3))
    bag.rounded((320, 250, 400, 310), 10, trim)
    for x in (110, 582):
        bag.rounded((x, 600, x + 28, 830), 12, darker(colour, 0.45))
    studio.stand(bag, 600, bottom=985, width=520)


def lamp(studio: Studio, rng, *, colour="#e4a548"):
    studio.setting()
    stand = Layer(820, 860)
    stand.ellipse((110, 770, 470, 850), darker(colour, 0.35))
    stand.ellipse((110, 750, 470, 826), lit(colour, 0.3))
    stand.line([(290, 780), (210, 470)], 24, metal(darker(colour, 0.2)))
    stand.line([(210, 470), (520, 210)], 24, metal(darker(colour, 0.2)))
    stand.circle(210, 470, 28, lit(darker(colour, 0.4), 0.3))
    cone = [(460, 170), (560, 130), (760, 330), (560, 440)]
    beam = Layer(820, 860)
    beam.polygon(
        [(560, 440), (760, 330), (900, 860), (420, 860)],
        Gradient((0, "#fff3c8", 150), (1, "#fff3c8", 0), axis="y"),
    )
    stand.put(beam, 0, 0)
    stand.polygon(cone, Gradient(lighter(colour, 0.4), colour, darker(colour, 0.35), axis="xy"))
    stand.ellipse((548, 316, 774, 454), "#fff7dc", 0)
    stand.polygon(curve((560, 440), (600, 480), (760, 400), (760, 330), steps=20), "#fff3c4")
    studio.shadow(500, 950, 420, 60, strength=130, blur=16)
    studio.put(stand, 600, 540, cast=(36, 8), strength=40, blur=30)


def umbrella(studio: Studio, rng, *, colour="#a8324a"):
    """Open, seen from a little below its side."""
    studio.setting()
    shade = Layer(980, 900)
    shade.line([(490, 120), (490, 770)], 17, metal("#8b9498"))
    hook = curve((490, 760), (490, 880), (380, 880), (384, 800), steps=24)
    shade.line(hook, 30, lit("#7a4d2b", 0.3))
    tips = [(30 + i * 920 / 6, 480 - 46 * math.sin(math.pi * i / 6)) for i in range(7)]
    for i in range(6):
        (x0, y0), (x1, y1) = tips[i], tips[i + 1]
        rim = curve((x0, y0), ((x0 + x1) / 2, min(y0, y1) - 46), (x1, y1), steps=16)
        left = curve((490, 90), (490 + (x0 - 490) * 0.75, 130), (x0, y0), steps=20)
        right = curve((x1, y1), (490 + (x1 - 490) * 0.75, 130), (490, 90), steps=20)
        panel = colour if i % 2 == 0 else mix(colour, "#ffffff", 0.16)
        light = (i - 1.5) / 9
        shade.polygon([*left, *rim, *right], darker(panel, light) if light > 0 else lighter(panel, -light))
    shade.line([(490, 96), (490, 50)], 12, metal("#8b9498"))
    studio.shadow(640, 1010, 760, 70, strength=80, blur=40)
    studio.put(shade.turned(rng.choice((-14, 12, 18))), 600, 580, cast=(30, 20), strength=40, blur=40)
