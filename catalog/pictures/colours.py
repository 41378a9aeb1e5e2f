"""Colours as (r, g, b) triples: reading, mixing, shading, and gradients with the light from the left."""

from functools import lru_cache

from PIL import Image, ImageChops, ImageColor

Colour = tuple[int, int, int]
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def rgb(colour) -> Colour:
    """A triple of "#rrggbb" or of a triple."""
    return ImageColor.getrgb(colour)[:3] if isinstance(colour, str) else tuple(colour[:3])


def mix(one, other, share: float) -> Colour:
    """`share` of the other colour in the one."""
    a, b = rgb(one), rgb(other)
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b, strict=True))


def lighter(colour, share: float) -> Colour:
    return mix(colour, WHITE, share)


def darker(colour, share: float) -> Colour:
    return mix(colour, (8, 16, 20), share)


def brightness(colour) -> float:
    """0 black to 1 white, as the eye weighs it."""
    r, g, b = rgb(colour)
    return (0.299 * r + 0.587 * g + 0.114 * b) / 255


def ink_on(colour) -> Colour:
    """A readable ink for text on this colour."""
    return darker(colour, 0.82) if brightness(colour) > 0.6 else lighter(colour, 0.92)


class Gradient:
    """Colours along x, y, the diagonal (xy) or outwards (radial).

    Stops are colours at even distances, or (place from 0 to 1, colour[, alpha]).
    """

    def __init__(self, *stops, axis: str = "x"):
        self.axis = axis
        placed = isinstance(stops[0], tuple) and not isinstance(stops[0][1], int | float)
        spread = stops if placed else [(i / (len(stops) - 1), stop) for i, stop in enumerate(stops)]
        self.stops = [(place, *self._with_alpha(*rest)) for place, *rest in spread]

    @staticmethod
    def _with_alpha(colour, alpha: int = 255):
        return rgb(colour), alpha

    def image(self, width: int, height: int) -> Image.Image:
        ramp = _ramp(self.axis, width, height)
        tables = zip(*[self._at(i / 255) for i in range(256)], strict=True)
        return Image.merge("RGBA", [ramp.point(list(table)) for table in tables])

    def _at(self, place: float) -> tuple[int, int, int, int]:
        before, after = self.stops[0], self.stops[-1]
        for stop in self.stops:
            if stop[0] <= place:
                before = stop
            if stop[0] >= place:
                after = stop
                break
        gap = after[0] - before[0]
        share = (place - before[0]) / gap if gap > 0 else 0
        return (*mix(before[1], after[1], share), round(before[2] + (after[2] - before[2]) * share))


@lru_cache(maxsize=64)
def _ramp(axis: str, width: int, height: int) -> Image.Image:
    if axis == "radial":
        return Image.radial_gradient("L").resize((width, height))
    down = Image.linear_gradient("L")
    across = down.transpose(Image.Transpose.ROTATE_90)
    small = {"x": across, "y": down, "xy": ImageChops.add(across, down, scale=2)}[axis]
    return small.resize((width, height))


def lit(colour, depth: float = 0.22, axis: str = "x") -> Gradient:
    """A matt surface with the light from the left."""
    return Gradient(lighter(colour, depth * 0.7), rgb(colour), darker(colour, depth), axis=axis)


def cylinder(colour) -> Gradient:
    """A round body: bright a third of the way, dark at the right edge."""
    return Gradient(
        (0, darker(colour, 0.18)), (0.28, lighter(colour, 0.34)), (0.6, colour), (1, darker(colour, 0.4))
    )


def metal(colour) -> Gradient:
    """A polished edge."""
    return Gradient(
        (0, lighter(colour, 0.55)),
        (0.18, darker(colour, 0.1)),
        (0.5, lighter(colour, 0.3)),
        (0.82, darker(colour, 0.28)),
        (1, lighter(colour, 0.2)),
    )
