"""Camera islands on the back of a phone: square, bar, ring, pill, loose lenses."""

from .colours import Gradient, darker, lighter, lit, metal, mix
from .layer import Layer


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
