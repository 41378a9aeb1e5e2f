"""Phones and tablets: bodies, camera islands and screens in many shapes."""

from .colours import Gradient, brightness, darker, lighter, lit, metal, mix, rgb
from .layer import Layer, curve
from .studio import Studio

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


def front(rng, width, height, *, colour, radius=0.16, eye="hole", clock=True) -> Layer:
    """A device from the front, its screen lit."""
    body, r = Layer(width + 4, height + 4), width * radius
    body.rounded((2, 2, width + 2, height + 2), r, metal(colour))
    body.rounded((6, 6, width - 2, height - 2), r - 3, "#0a0d0f")
    edge = max(10, width * 0.028)
    screen = wallpaper(rng, round(width - edge * 2), round(height - edge * 2)).clip_rounded(r - edge * 0.7)
    if clock:
        ink = "#ffffff"
        screen.text(screen.size[0] / 2, height * 0.17, "14:05", width * 0.22, ink, anchor="mm", alpha=240)
        screen.rounded(
            (screen.size[0] * 0.34, screen.size[1] - 16, screen.size[0] * 0.66, screen.size[1] - 11),
            3,
            ink,
            200,
        )
    body.put(screen, edge + 2, edge + 2)
    middle = width / 2 + 2
    if eye == "pill":
        body.rounded(
            (middle - width * 0.13, edge + 14, middle + width * 0.13, edge + 14 + width * 0.075),
            width * 0.04,
            "#07090a",
        )
    elif eye == "hole":
        body.circle(middle, edge + 24, width * 0.03, "#07090a")
    elif eye == "corner":
        body.circle(edge + width * 0.11, edge + 26, width * 0.03, "#07090a")
    shine = [(2, 2), (width * 0.46, 2), (width * 0.1, height * 0.6), (2, height * 0.72)]
    sheen = Layer(*body.size)
    sheen.polygon(shine, "#ffffff", 20)
    body.put(sheen.clip_rounded(r), 0, 0)
    return body


def lens(body: Layer, x, y, radius, colour):
    """A camera lens: metal rim, dark glass, a violet glint and the studio's window in it."""
    body.circle(x + radius * 0.08, y + radius * 0.1, radius * 1.06, "#000000", 60)
    body.circle(x, y, radius, metal(darker(colour, 0.25)))
    body.circle(x, y, radius * 0.86, "#0b0f12")
    body.circle(x, y, radius * 0.56, Gradient("#38416b", "#141b2c", "#050708", axis="radial"))
    body.circle(x + radius * 0.12, y + radius * 0.16, radius * 0.2, "#2f6f86", 150)
    body.ellipse((x - radius * 0.42, y - radius * 0.46, x - radius * 0.1, y - radius * 0.18), "#ffffff", 190)


def _square(body, w, h, c, lenses):
    side, x0, y0 = w * 0.44, w * 0.07, w * 0.08
    body.rounded((x0, y0, x0 + side, y0 + side), w * 0.11, lit(lighter(c, 0.14), 0.14, axis="xy"))
    spots = {
        2: [(0.3, 0.3), (0.7, 0.7)],
        3: [(0.29, 0.3), (0.29, 0.71), (0.72, 0.5)],
        4: [(0.29, 0.29), (0.29, 0.71), (0.71, 0.29), (0.71, 0.71)],
    }
    for x, y in spots[lenses]:
        lens(body, x0 + side * x, y0 + side * y, side * 0.19, c)
    if lenses < 4:
        body.circle(x0 + side * 0.72, y0 + side * (0.2 if lenses == 3 else 0.3), side * 0.06, "#fff6dc")


def _bar(body, w, h, c, lenses):
    top = w * 0.2
    body.rounded((4, top, w, top + w * 0.26), 0, lit(darker(c, 0.22), 0.25))
    body.rounded((4, top, w, top + 3), 0, lighter(c, 0.5), 160)
    body.rounded(
        (w * 0.1, top + w * 0.045, w * (0.24 + 0.16 * lenses), top + w * 0.215), w * 0.085, "#14181b"
    )
    for i in range(lenses):
        lens(body, w * (0.19 + 0.165 * i), top + w * 0.13, w * 0.07, c)
    body.circle(w * (0.3 + 0.17 * lenses), top + w * 0.13, w * 0.022, "#fff6dc")


def _ring(body, w, h, c, lenses):
    x, y, r = w * 0.5, w * 0.4, w * 0.31
    body.circle(x + 4, y + 6, r, "#000000", 50)
    body.circle(x, y, r, metal(mix(c, "#caa76a", 0.35)))
    body.circle(x, y, r * 0.93, lit("#15191c", 0.3, axis="xy"))
    spots = {
        2: [(-0.42, 0), (0.42, 0)],
        3: [(0, -0.46), (-0.42, 0.3), (0.42, 0.3)],
        4: [(-0.38, -0.38), (0.38, -0.38), (-0.38, 0.38), (0.38, 0.38)],
    }
    for dx, dy in spots[lenses]:
        lens(body, x + dx * r, y + dy * r, r * 0.28, c)
    body.circle(x, y, r * 0.08, "#fff6dc")


def _pill(body, w, h, c, lenses):
    x0, y0, wide = w * 0.09, w * 0.1, w * 0.24
    body.rounded(
        (x0, y0, x0 + wide, y0 + wide * (0.35 + lenses * 0.9)),
        wide / 2,
        lit(lighter(c, 0.12), 0.16, axis="xy"),
    )
    for i in range(lenses):
        lens(body, x0 + wide / 2, y0 + wide * (0.58 + 0.9 * i), wide * 0.36, c)
    body.circle(x0 + wide * 1.32, y0 + wide * 0.5, w * 0.024, "#fff6dc")


def _loose(body, w, h, c, lenses):
    for i in range(lenses):
        lens(body, w * 0.2, w * (0.2 + 0.26 * i), w * 0.105, c)
    body.circle(w * 0.39, w * 0.2, w * 0.026, "#fff6dc")


ISLANDS = {"square": _square, "bar": _bar, "ring": _ring, "pill": _pill, "loose": _loose}


def back(width, height, *, colour, camera="square", lenses=3, radius=0.16, finish="glass", mark="") -> Layer:
    """A phone from behind. finish: glass, matt, leather (stitched lower half) or duo (two-tone)."""
    body, r = Layer(width + 12, height + 4), width * radius
    for start, end in ((0.24, 0.31), (0.34, 0.44)):
        body.rounded((width - 4, height * start, width + 9, height * end), 4, darker(colour, 0.35))
    body.rounded((2, 2, width + 2, height + 2), r, metal(colour))
    glass = Layer(width - 8, height - 8)
    glass.rounded((0, 0, width, height), 0, lit(colour, 0.3 if finish == "glass" else 0.16, axis="xy"))
    if finish == "duo":
        glass.rounded((0, height * 0.42, width, height), 0, lit(darker(colour, 0.3), 0.2, axis="xy"))
    if finish == "leather":
        glass.rounded((0, 0, width * 0.5, height), 0, darker(colour, 0.2), 150)
        for i in range(26):
            y = height * (0.02 + 0.038 * i)
            glass.rounded(
                (width * 0.5 - 3, y, width * 0.5 + 1, y + height * 0.022), 2, lighter(colour, 0.55), 190
            )
    if finish == "glass":
        glass.polygon(
            [(0, height * 0.5), (width * 0.72, 0), (width, 0), (width, height * 0.06), (0, height * 0.78)],
            "#ffffff",
            26,
        )
        glass.polygon(
            [(0, height * 0.84), (width, height * 0.13), (width, height * 0.18), (0, height * 0.9)],
            "#ffffff",
            34,
        )
    body.put(glass.clip_rounded(r - 4), 6, 6)
    ISLANDS[camera](body, width, height, rgb(colour), lenses)
    if mark:
        ink = lighter(colour, 0.5) if brightness(colour) < 0.6 else darker(colour, 0.4)
        body.text(width / 2 + 2, height * 0.86, mark, width * 0.075, ink, anchor="mm", alpha=190)
    return body


def phone(studio: Studio, rng, *, colour="#27313a", camera="square", lenses=3, radius=0.16, eye="hole",
          finish="glass", mark="", view="pair"):  # fmt: skip
    """view: pair (back and front), back, front, fan (three), detail (the cameras near)."""
    shape = {"colour": colour, "radius": radius}
    look = {"camera": camera, "lenses": lenses, "finish": finish, "mark": mark}
    studio.setting()
    if view == "detail":
        studio.put(back(860, 1800, **shape, **look).turned(-24), 560, 1080)
    elif view == "fan":
        for turn, x, y in ((16, 350, 640), (2, 570, 600)):
            studio.put(back(380, 800, **shape, **look).turned(turn), x, y)
        studio.put(front(rng, 380, 800, eye=eye, **shape).turned(-13), 820, 640)
    elif view == "back":
        studio.put(back(440, 920, **shape, **look).turned(rng.choice((-9, -6, 7))), 600, 600)
    elif view == "front":
        studio.put(front(rng, 440, 920, eye=eye, **shape).turned(rng.choice((-7, 6, 8))), 600, 600)
    else:
        left, tall = rng.choice(((True, 800), (False, 820), (True, 840)))
        wide = tall * 0.475
        rear, face = back(wide, tall, **shape, **look), front(rng, wide, tall, eye=eye, **shape)
        first, second = (rear, face) if left else (face, rear)
        turn = rng.choice((0, 0, 5, 8))
        if turn:
            studio.put(first.turned(turn), 440, 570)
            studio.put(second.turned(-turn), 755, 640)
        else:
            studio.stand(first, 425, bottom=studio.floor - 30)
            studio.stand(second, 735, bottom=studio.floor + 30)


def tablet(studio: Studio, rng, *, colour="#8d979b", pen=True, view="front"):
    """A tablet lying a little turned, with its pen."""
    studio.setting()
    sheet = front(rng, 900, 660, colour=colour, radius=0.05, eye="none", clock=False)
    ink = Layer(*sheet.size)
    for i in range(4):
        x = 90 + i * 190
        ink.rounded((x, 470, x + 150, 590), 22, "#ffffff", 205 if i % 2 else 150)
    ink.text(90, 90, "14:05", 92, "#ffffff", alpha=235)
    sheet.put(ink, 0, 0)
    turn = rng.choice((-8, 6, 10))
    studio.put(sheet.turned(turn), 590, 580, strength=90, blur=26)
    if pen:
        stick = Layer(660, 34)
        stick.rounded((0, 4, 640, 30), 13, Gradient("#ffffff", "#e7ebec", "#a9b1b4", axis="y"))
        stick.polygon([(628, 5), (656, 17), (628, 29)], "#cfd5d7")
        studio.put(stick.turned(turn + 4), 640, 1010, blur=10)
