"""A transparent sheet to draw on: smooth shapes (supersampled three times), text, perspective."""

import math
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from .colours import Gradient, rgb

SMOOTH = 3
FONTS = Path(__file__).parent / "fonts"


@lru_cache(maxsize=2)
def characters(bold: bool) -> str:
    """What the vendored font can write, from the list beside it."""
    name = "bold.txt" if bold else "regular.txt"
    return (FONTS / name).read_text(encoding="utf-8")


def writable(words: str, bold: bool) -> str:
    """The words, or ValueError naming the character for which the cut-down font has no drawing."""
    missing = {sign for sign in words if ord(sign) > 0x3100 and ord(sign) < 0xFF00} - set(characters(bold))
    if missing:
        raise ValueError(f"the poster font cannot write {''.join(sorted(missing))} in {words!r}")
    return words


@lru_cache(maxsize=64)
def font(size: int, bold: bool = True) -> ImageFont.FreeTypeFont:
    name = "NotoSansSC-Bold-subset.ttf" if bold else "NotoSansSC-Regular-subset.ttf"
    return ImageFont.truetype(FONTS / name, size)


def curve(*points, steps: int = 24) -> list[tuple[float, float]]:
    """Points along a Bézier curve with any number of control points."""
    line = []
    for step in range(steps + 1):
        t, row = step / steps, list(points)
        while len(row) > 1:
            row = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(row)]
        line.append(row[0])
    return line


class Layer:
    def __init__(self, width: float, height: float):
        self.image = Image.new("RGBA", (round(width), round(height)), (0, 0, 0, 0))

    @property
    def size(self):
        return self.image.size

    def _fill(self, box, fill, alpha, draw):
        """Paint what `draw` draws within box; what lies outside the sheet is cut off, gradients included."""
        whole = (math.floor(box[0]) - 1, math.floor(box[1]) - 1, math.ceil(box[2]) + 1, math.ceil(box[3]) + 1)
        left, top = max(whole[0], 0), max(whole[1], 0)
        right, bottom = min(whole[2], self.size[0]), min(whole[3], self.size[1])
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", ((right - left) * SMOOTH, (bottom - top) * SMOOTH))
        draw(ImageDraw.Draw(mask), lambda x, y: ((x - left) * SMOOTH, (y - top) * SMOOTH))
        if isinstance(fill, Gradient):
            paint = fill.image(whole[2] - whole[0], whole[3] - whole[1])
            fill = paint.crop((left - whole[0], top - whole[1], right - whole[0], bottom - whole[1]))
        self._paint(mask.reduce(SMOOTH), fill, alpha, (left, top))

    def _paint(self, mask, fill, alpha, at):
        """Lay a colour, or an image of the mask's size, on the sheet through the mask."""
        if isinstance(fill, Image.Image):
            paint, mask = fill, ImageChops.multiply(mask, fill.getchannel("A"))
        else:
            paint = Image.new("RGBA", mask.size, (*rgb(fill), 255))
        if alpha < 255:
            mask = mask.point([round(i * alpha / 255) for i in range(256)])
        paint.putalpha(mask)
        self.image.alpha_composite(paint, dest=at)

    def rounded(self, box, radius, fill, alpha=255):
        x0, y0, x1, y1 = box
        self._fill(
            box,
            fill,
            alpha,
            lambda pen, at: pen.rounded_rectangle(
                [at(x0, y0), (at(x1, y1)[0] - 1, at(x1, y1)[1] - 1)], radius * SMOOTH, fill=255
            ),
        )

    def ellipse(self, box, fill, alpha=255):
        x0, y0, x1, y1 = box
        self._fill(box, fill, alpha, lambda pen, at: pen.ellipse([at(x0, y0), at(x1, y1)], fill=255))

    def circle(self, x, y, radius, fill, alpha=255):
        self.ellipse((x - radius, y - radius, x + radius, y + radius), fill, alpha)

    def ring(self, x, y, radius, width, fill, alpha=255):
        box = (x - radius, y - radius, x + radius, y + radius)
        self._fill(
            box,
            fill,
            alpha,
            lambda pen, at: pen.ellipse(
                [at(*box[:2]), at(*box[2:])], outline=255, width=max(1, round(width * SMOOTH))
            ),
        )

    def polygon(self, points, fill, alpha=255):
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        self._fill(box, fill, alpha, lambda pen, at: pen.polygon([at(*p) for p in points], fill=255))

    def line(self, points, width, fill, alpha=255, ends=True):
        xs, ys, half = [p[0] for p in points], [p[1] for p in points], width / 2
        box = (min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half)

        def draw(pen, at):
            dots = [at(*p) for p in points]
            pen.line(dots, fill=255, width=max(1, round(width * SMOOTH)), joint="curve")
            for x, y in (dots[0], dots[-1]) if ends else ():
                r = half * SMOOTH
                pen.ellipse([x - r, y - r, x + r, y + r], fill=255)

        self._fill(box, fill, alpha, draw)

    def text(self, x, y, words, size, fill, *, bold=True, anchor="la", alpha=255):
        """Words with the anchor at x, y; returns the width taken."""
        words, face = writable(str(words), bold), font(round(size), bold)
        mask = Image.new("L", self.size)
        ImageDraw.Draw(mask).text((x, y), words, font=face, fill=255, anchor=anchor)
        box = mask.getbbox()
        if box:
            self._paint(mask.crop(box), fill, alpha, box[:2])
        return face.getlength(words)

    def put(self, other: "Layer", x, y):
        self.image.alpha_composite(other.image, dest=(round(x), round(y)))

    def clip_rounded(self, radius):
        """Cut the corners of the whole sheet."""
        mask = Image.new("L", (self.size[0] * SMOOTH, self.size[1] * SMOOTH))
        size = (mask.size[0] - 1, mask.size[1] - 1)
        ImageDraw.Draw(mask).rounded_rectangle([(0, 0), size], radius * SMOOTH, fill=255)
        self.image.putalpha(ImageChops.multiply(self.image.getchannel("A"), mask.reduce(SMOOTH)))
        return self

    def turned(self, degrees) -> "Layer":
        turned = Layer(1, 1)
        turned.image = self.image.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
        return turned

    def bent(self, corners, width, height) -> "Layer":
        """The sheet in perspective; corners run from top left clockwise on a new sheet."""
        w, h = self.size
        source = [(0, 0), (w, 0), (w, h), (0, h)]
        bent = Layer(1, 1)
        bent.image = self.image.transform(
            (round(width), round(height)),
            Image.Transform.PERSPECTIVE,
            _perspective(corners, source),
            Image.Resampling.BICUBIC,
        )
        return bent


def _perspective(seen, source) -> list[float]:
    """The eight coefficients that lead from seen points back to source points, by elimination."""
    rows = []
    for (x, y), (u, v) in zip(seen, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for i in range(8):
        pivot = max(range(i, 8), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(8):
            if r != i and rows[r][i]:
                factor = rows[r][i]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [row[8] for row in rows]
