"""The frame of a drawn map: degrees to points, the graticule, markers that do not cover each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, radians

WIDTH, HEIGHT = 800, 460
MARGIN = 0.14  # of the span, on each side
LEAST_DEGREES = 0.5
KM_PER_DEGREE = 111.2
STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10)
BARS = (5, 10, 20, 50, 100, 200, 500, 1000)
CLEAR = 26  # points between the middles of two markers
ROUNDS = 80


@dataclass(frozen=True)
class Frame:
    """A part of the earth on WIDTH × HEIGHT points; scale: points per degree of latitude."""

    west: float
    south: float
    scale: float
    narrow: float  # a degree of longitude in degrees of latitude

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> "Frame":
        """The smallest frame of this shape that holds all (longitude, latitude) with a margin."""
        wests, souths = [lon for lon, _lat in points], [lat for _lon, lat in points]
        middle = (min(souths) + max(souths)) / 2
        narrow = cos(radians(middle))
        tall = max(max(souths) - min(souths), LEAST_DEGREES) * (1 + 2 * MARGIN)
        wide = max((max(wests) - min(wests)) * narrow, LEAST_DEGREES) * (1 + 2 * MARGIN)
        scale = min(HEIGHT / tall, WIDTH / wide)
        west = (min(wests) + max(wests)) / 2 - WIDTH / scale / narrow / 2
        return cls(west, middle - HEIGHT / scale / 2, scale, narrow)

    @property
    def east(self) -> float:
        return self.west + self.degrees

    @property
    def north(self) -> float:
        return self.south + HEIGHT / self.scale

    @property
    def degrees(self) -> float:
        """Of longitude, from side to side."""
        return WIDTH / self.scale / self.narrow

    @property
    def bar_km(self) -> int:
        """A round length of about a fifth of the width."""
        return max((km for km in BARS if km * self.scale / KM_PER_DEGREE <= WIDTH / 5), default=BARS[0])

    @property
    def bar(self) -> float:
        return round(self.bar_km * self.scale / KM_PER_DEGREE, 1)

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = (longitude - self.west) * self.narrow * self.scale
        return round(x, 1), round((self.north - latitude) * self.scale, 1)

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.west < longitude < self.east and self.south < latitude < self.north

    def steps(self, low: float, high: float) -> Iterable[float]:
        """Round degrees between two, about six from side to side."""
        step = next((s for s in STEPS if self.degrees / s <= 8), STEPS[-1])
        first = ceil(low / step)
        while first * step < high:
            yield round(first * step, 1)
            first += 1


def apart(
    points: Sequence[tuple[float, float]], *, fixed: Sequence[tuple[float, float]] = ()
) -> list[tuple[float, float]]:
    """The points moved until none covers another or one that is fixed, as little as it takes."""
    moved = [list(point) for point in points]
    for _round in range(ROUNDS):
        pushed = [_push(moved[i], moved[j], i) for i in range(len(moved)) for j in range(i)]
        pushed += [_push(point, list(other), i) for i, point in enumerate(moved) for other in fixed]
        if not any(pushed):
            break
    return [(round(x, 1), round(y, 1)) for x, y in moved]


def _push(one: list[float], other: list[float], turn: int) -> bool:
    dx, dy = one[0] - other[0], one[1] - other[1]
    far = hypot(dx, dy)
    if far >= CLEAR:
        return False
    if far < 0.01:  # the same spot: each goes its own way
        dx, dy, far = cos(turn), cos(turn + 1.6), 1.0
    step = (CLEAR - far) / 2 + 0.5
    for point, sign in ((one, 1), (other, -1)):
        point[0] = min(WIDTH - 14, max(14, point[0] + sign * dx / far * step))
        point[1] = min(HEIGHT - 14, max(14, point[1] + sign * dy / far * step))
    return True
