"""Cities by their orders, the centres that stand, the proposed ones and what they would serve, as a drawing.

The ground and the frame are those of queries.route_map: no tiles, no network.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from members.place_names import place_name

from . import chart_labels, route_map
from .map_layout import HEIGHT, WIDTH, Frame

LEAST_RADIUS, MOST_RADIUS = 4, 20
PROPOSED = ("proposed", "accepted")
LETTER, LATIN, TALL = 15, 9, 14  # room for a name: width of a letter, height


@dataclass(frozen=True)
class City:
    """A circle whose area tells the orders a day. is_named: there is room for its name."""

    x: float
    y: float
    radius: float
    verdict: str
    label: str
    orders_day: float
    is_named: bool = False

    @property
    def is_proposed(self) -> bool:
        return self.verdict in PROPOSED

    @property
    def text_y(self) -> float:
        return round(self.y - self.radius - 5, 1)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The room that its name takes, at the size of a proposed one."""
        half = sum(LATIN if letter.isascii() else LETTER for letter in self.label) / 2
        return self.x - half, self.text_y - TALL, self.x + half, self.text_y + 3


@dataclass(frozen=True)
class Standing:
    """A centre of today."""

    x: float
    y: float
    label: str
    verdict: str


@dataclass(frozen=True)
class Reach:
    """From a proposed centre to a city that it would serve."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class CentreMap:
    """ground: the path of an SVG whose strokes are dots."""

    width: int
    height: int
    ground: str
    grid: tuple[route_map.Grid, ...]
    cities: tuple[City, ...]
    centres: tuple[Standing, ...]
    reaches: tuple[Reach, ...]
    kilometres: int
    bar: float


def centre_map(
    cities: Sequence[dict], centres: Sequence[dict], areas: Iterable[tuple[Sequence, list]]
) -> CentreMap | None:
    """cities, centres: rows of a reckoning; areas: (latitude, longitude) with the cities served from there.

    None where no city has coordinates. No query.
    """
    placed = [row for row in cities if row["point"]]
    standing = [row for row in centres if row["point"]]
    points = [_turned(row["point"]) for row in [*placed, *standing]]
    if not placed:
        return None
    frame = Frame.around(points)
    at = {(row["province"], row["city"]): row["point"] for row in placed}
    return CentreMap(
        width=WIDTH,
        height=HEIGHT,
        ground=route_map.ground(frame),
        grid=tuple(route_map.grid(frame)),
        cities=_named(list(_cities(placed, frame))),
        centres=tuple(
            Standing(*frame.point(*_turned(row["point"])), row["label"], row["verdict"]) for row in standing
        ),
        reaches=tuple(_reaches(areas, at, frame)),
        kilometres=frame.bar_km,
        bar=frame.bar,
    )


def _turned(point: Sequence[float]) -> tuple[float, float]:
    """Longitude before latitude, as the frame has it."""
    return point[1], point[0]


def _cities(rows: list[dict], frame: Frame) -> Iterable[City]:
    """The large ones first, so that the small ones lie on top."""
    most = max((row["orders_day"] for row in rows), default=0) or 1
    for row in sorted(rows, key=lambda each: -each["orders_day"]):
        radius = LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * sqrt(row["orders_day"] / most)
        x, y = frame.point(*_turned(row["point"]))
        yield City(x, y, round(radius, 1), row["verdict"], place_name(row["city"]), row["orders_day"])


def _named(cities: list[City]) -> tuple[City, ...]:
    """Names where they touch no other: of the proposed cities first, then of the large ones."""
    taken: list[chart_labels.Box] = []
    named = set()
    for city in sorted(cities, key=lambda each: (not each.is_proposed, -each.orders_day)):
        if city.is_proposed or not any(chart_labels.touch(city.box, other) for other in taken):
            taken.append(city.box)
            named.add((city.x, city.y))
    return tuple(replace(city, is_named=(city.x, city.y) in named) for city in cities)


def _reaches(areas, at: dict, frame: Frame) -> Iterable[Reach]:
    for point, served in areas:
        start = frame.point(*_turned(point))
        for province, city, *_figures in served:
            goal = at.get((province, city))
            if goal and tuple(goal) != tuple(point):
                yield Reach(*start, *frame.point(*_turned(goal)))
