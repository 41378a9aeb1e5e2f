"""Phones and tablets: bodies, camera islands and screens in many shapes."""

from .cameras import ISLANDS
from .colours import Gradient, brightness, darker, lighter, lit, metal, rgb
from .layer import Layer
from .screens import wallpaper
from .studio import Studio


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
