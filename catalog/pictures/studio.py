"""The photographer's table: a soft backdrop, light from the left, contact shadows, a few plain props."""

import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .colours import Gradient, brightness, cylinder, darker, lighter, lit, mix, rgb
from .layer import Layer

SIZE = 1200
TONES = (
    "#e3e9ed", "#efe4d4", "#d9e6dd", "#f1dcd3", "#d2e1ec", "#e3dcec", "#f3e6c0", "#cfe1df",
    "#b4d0cb", "#e3bfac", "#afc6de", "#cbb9da", "#ecc98f", "#b9cfa9", "#dfb0b6", "#93b6b5",
)  # fmt: skip
DEEP_TONES = ("#31474e", "#3f4a63", "#5a3f4a", "#4d5a48")  # for bright things only


class Studio:
    """One picture being made. `floor` is the height at which things stand."""

    def __init__(self, rng: random.Random, tone: str | None = None, against=None):
        self.rng = rng
        self.tone = rgb(tone or self._tone(against))
        self.floor = 930
        self.image = self._backdrop()

    def _tone(self, against):
        """A backdrop from which a thing of the colour `against` stands out."""
        if against is None:
            return self.rng.choice(TONES)
        if brightness(against) > 0.62 and self.rng.random() < 0.3:
            return self.rng.choice(DEEP_TONES)
        wanted = sorted(TONES, key=lambda tone: -_distance(tone, against))
        return self.rng.choice(wanted[:9])

    def _backdrop(self) -> Image.Image:
        small = SIZE // 4
        wall = Gradient(lighter(self.tone, 0.24), self.tone, darker(self.tone, 0.08), axis="y")
        picture = wall.image(small, small)
        floor = Image.new("L", (small, small))
        edge = self.rng.choice((0.64, 0.68, 0.72, 0.76)) * small
        ImageDraw.Draw(floor).rectangle([0, edge, small, small], fill=self.rng.choice((60, 110, 150)))
        floor = floor.filter(ImageFilter.GaussianBlur(self.rng.choice((3, 9, 22))))
        picture.paste(Image.new("RGBA", (small, small), (*lighter(self.tone, 0.22), 255)), mask=floor)
        glow = ImageChops.invert(Image.radial_gradient("L")).resize((small * 2, small * 2))
        left = self.rng.randint(-small, -small // 2)
        light = Image.new("L", (small, small))
        light.paste(glow, (left, -small))
        picture.paste(
            Image.new("RGBA", (small, small), (255, 255, 255, 255)), mask=light.point(lambda v: v * 2 // 5)
        )
        return picture.resize((SIZE, SIZE), Image.Resampling.BICUBIC)

    def shadow(self, x, y, width, height, strength=90, blur=14):
        """A soft shadow on the floor round (x, y), drawn towards the right."""
        small = Image.new("L", (SIZE // 4, SIZE // 4))
        box = [
            (x - width / 2) / 4,
            (y - height / 2) / 4,
            (x + width / 2 + width * 0.1) / 4,
            (y + height / 2) / 4,
        ]
        ImageDraw.Draw(small).ellipse(box, fill=round(strength))
        self._darken(small.filter(ImageFilter.GaussianBlur(blur / 4)))

    def _darken(self, small: Image.Image):
        mask = small.resize((SIZE, SIZE), Image.Resampling.BILINEAR)
        self.image.paste(Image.new("RGBA", (SIZE, SIZE), (*darker(self.tone, 0.72), 255)), mask=mask)

    def put(self, thing: Layer, x, y, *, cast=(16, 22), strength=70, blur=20):
        """Lay a thing with its centre at (x, y); its own outline casts a shadow unless cast is None."""
        left, top = round(x - thing.size[0] / 2), round(y - thing.size[1] / 2)
        if cast:
            self.outline_shadow(thing, left + cast[0], top + cast[1], strength=strength, blur=blur)
        self.image.alpha_composite(*_within(thing.image, left, top))

    def outline_shadow(self, thing: Layer, left, top, *, strength=70, blur=20):
        alpha = thing.image.getchannel("A").reduce(4).point([round(i * strength / 255) for i in range(256)])
        small = Image.new("L", (SIZE // 4, SIZE // 4))
        small.paste(alpha, (round(left / 4), round(top / 4)))
        self._darken(small.filter(ImageFilter.GaussianBlur(blur / 4)))

    def stand(self, thing: Layer, x, *, bottom=None, width=None, strength=110):
        """Stand a thing upright on the floor with its foot at (x, bottom)."""
        bottom = bottom or self.floor
        wide = width or thing.size[0]
        self.shadow(x + wide * 0.1, bottom + 4, wide * 1.18, 70, strength=strength * 0.55, blur=40)
        self.shadow(x, bottom - 2, wide * 0.98, 24, strength=strength, blur=10)
        self.put(thing, x, bottom - thing.size[1] / 2, cast=(30, 10), strength=34, blur=44)

    def plinth(self, x, top, width, height, colour=None):
        """A round table of plaster to stand things on; returns the height of its top's middle."""
        colour = colour or mix(self.tone, "#ffffff", self.rng.choice((0.15, 0.4, 0.6)))
        depth = width * 0.22
        self.shadow(
            x + width * 0.08, top + height + depth / 2, width * 1.15, depth * 1.1, strength=80, blur=36
        )
        disc = Layer(width + 4, height + depth + 4)
        disc.ellipse((2, height, width + 2, height + depth), cylinder(colour))
        disc.rounded((2, depth / 2, width + 2, height + depth / 2), 0, cylinder(colour))
        disc.ellipse((2, 2, width + 2, depth + 2), lit(lighter(colour, 0.35), 0.1))
        self.put(disc, x, top + (height + depth) / 2, cast=None)
        return top + depth / 2

    def arch(self, x, width, height, colour=None):
        """A rounded wall behind the things."""
        colour = colour or mix(self.tone, darker(self.tone, 0.4), 0.4)
        wall = Layer(width, height)
        wall.rounded((0, 0, width, height + width), width / 2, lit(colour, 0.12))
        self.put(wall, x, self.floor - height / 2 - 40, cast=(26, 0), strength=40, blur=40)

    def sun(self, x, y, radius, colour=None):
        """A flat disc on the wall."""
        disc = Layer(radius * 2 + 4, radius * 2 + 4)
        disc.circle(radius + 2, radius + 2, radius, lit(colour or lighter(self.tone, 0.38), 0.1))
        self.put(disc, x, y, cast=(10, 12), strength=26, blur=26)

    def setting(self):
        """One of a few backgrounds, so that a shelf of pictures does not look stamped."""
        choice = self.rng.randrange(5)
        if choice == 0:
            self.sun(self.rng.choice((380, 820)), self.rng.randint(360, 470), self.rng.randint(240, 330))
        elif choice == 1:
            self.arch(
                self.rng.choice((430, 600, 760)), self.rng.randint(520, 700), self.rng.randint(640, 800)
            )
        elif choice == 2:
            self.sun(
                600, 560, 430, self.rng.choice((lighter(self.tone, 0.3), mix(self.tone, "#f3c469", 0.35)))
            )

    def finish(self, zoom: float = 1.0, middle: int = SIZE // 2) -> Image.Image:
        """The picture, moved nearer by `zoom` to what lies round the height `middle`."""
        picture = self.image.convert("RGB")
        if zoom == 1:
            return picture
        half = SIZE / 2 / zoom
        top = min(max(middle - half, 0), SIZE - 2 * half)
        box = (SIZE / 2 - half, top, SIZE / 2 + half, top + 2 * half)
        return picture.resize((SIZE, SIZE), Image.Resampling.BICUBIC, box=box)


def _distance(one, other) -> float:
    a, b = rgb(one), rgb(other)
    colour = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5 / 441
    return colour + abs(brightness(one) - brightness(other)) + 0.25 * (brightness(one) > 0.6)


def _within(image: Image.Image, left: int, top: int):
    """The part of an image that lies on the picture, and where it goes."""
    box = (max(0, -left), max(0, -top), min(image.width, SIZE - left), min(image.height, SIZE - top))
    return image.crop(box), (max(left, 0), max(top, 0))
