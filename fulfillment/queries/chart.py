"""A small map from our own list of places: dots for towns, names where they fit, the way of a parcel."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from fulfillment.queries import chart_labels
from fulfillment.queries.chart_labels import Label
from fulfillment.queries.tracking import Waypoint
from members.place_names import place_name
from members.places import Place, all_places

WIDTH, HEIGHT = 720, 400
MARGIN = 0.22
LEAST_SPAN = 0.4  # degrees of latitude, about 44 km
MOST_DOTS, MOST_NAMES = 700, 12
NAME_HEIGHT, NAME_WIDTH, LATIN_WIDTH = 22, 15, 9  # room for a name: height, and width of one character


@dataclass(frozen=True)
class Mark:
    """A waypoint on the chart; `text` says where its label stands."""

    kind: str
    x: float
    y: float
    label: str
    text: Label
    at: object = None


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    dots: tuple[tuple[float, float], ...]
    names: tuple[tuple[float, float, str], ...]
    way: str
    ahead: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class _Frame:
    """The part of the world that is shown, degrees; east–west shrunk as the latitude asks."""

    west: float
    north: float
    across: float
    down: float

    def spot(self, latitude: float, longitude: float) -> tuple[float, float]:
        x = (longitude - self.west) / self.across * WIDTH
        y = (self.north - latitude) / self.down * HEIGHT
        return round(x, 1), round(y, 1)

    def holds(self, place: Place) -> bool:
        inside = self.west < place.longitude < self.west + self.across
        return inside and self.north - self.down < place.latitude < self.north


def draw(waypoints: Iterable[Waypoint]) -> Chart | None:
    """The chart of a way; None where fewer than two of its places are known."""
    points = list(waypoints)
    if len(points) < 2:
        return None
    frame = _frame(points)
    marks = _marks(frame, points)
    travelled = [mark for mark in marks if mark.kind != "goal"]
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        dots=_dots(frame),
        names=_names(frame, marks),
        way=_line(travelled),
        ahead=_line([travelled[-1], *[mark for mark in marks if mark.kind == "goal"]]) if travelled else "",
        marks=marks,
    )


def _frame(points: list[Waypoint]) -> _Frame:
    """All points with a margin around them, in the chart's proportions."""
    south, north = min(p.latitude for p in points), max(p.latitude for p in points)
    west, east = min(p.longitude for p in points), max(p.longitude for p in points)
    middle = (south + north) / 2
    shrink = cos(radians(middle)) or 1
    down = max(LEAST_SPAN, (north - south) * (1 + 2 * MARGIN))
    across = max(LEAST_SPAN * WIDTH / HEIGHT / shrink, (east - west) * (1 + 2 * MARGIN))
    if across * shrink / down < WIDTH / HEIGHT:
        across = down * WIDTH / HEIGHT / shrink
    else:
        down = across * shrink * HEIGHT / WIDTH
    return _Frame((west + east - across) / 2, middle + down / 2, across, down)


def _marks(frame: _Frame, points: list[Waypoint]) -> tuple[Mark, ...]:
    """With their labels; hubs are named in the story beside the chart."""
    spots = [frame.spot(point.latitude, point.longitude) for point in points]
    named = [
        (spot, "" if point.kind == "hub" else point.label) for spot, point in zip(spots, points, strict=True)
    ]
    labels = chart_labels.place(named, way=spots, frame=(WIDTH, HEIGHT))
    return tuple(
        Mark(point.kind, *spot, point.label, label, point.at)
        for point, spot, label in zip(points, spots, labels, strict=True)
    )


def _line(marks: list[Mark]) -> str:
    return " ".join(f"{mark.x},{mark.y}" for mark in marks)


def _inside(frame: _Frame) -> list[Place]:
    """Towns in the frame: districts while they are few enough, else cities."""
    found = [place for place in all_places() if place.city and frame.holds(place)]
    districts = [place for place in found if place.district]
    return districts if 0 < len(districts) <= MOST_DOTS else [place for place in found if not place.district]


def _dots(frame: _Frame) -> tuple[tuple[float, float], ...]:
    return tuple(frame.spot(place.latitude, place.longitude) for place in _inside(frame)[:MOST_DOTS])


def _names(frame: _Frame, marks: tuple[Mark, ...]) -> tuple[tuple[float, float, str], ...]:
    """City names, or those of districts on a chart of one city, that touch neither marks nor each other."""
    cities = [place for place in all_places() if place.city and not place.district and frame.holds(place)]
    places = cities if len(cities) > 2 else [place for place in _inside(frame) if place.district]
    taken = [
        chart_labels.box((mark.x, mark.y), mark.label, mark.text) for mark in marks if mark.kind != "hub"
    ]
    taken += [_box(mark.x, mark.y, "") for mark in marks]
    names: list[tuple[float, float, str]] = []
    for place in places:
        x, y = frame.spot(place.latitude, place.longitude)
        name = place_name(place.district or place.city)
        box = _box(x, y, name)
        fits = box[0] > 0 and box[2] < WIDTH and box[1] > 0 and box[3] < HEIGHT
        if fits and not any(chart_labels.touch(box, other) for other in taken):
            taken.append(box)
            names.append((x, y, name))
        if len(names) == MOST_NAMES:
            break
    return tuple(names)


def _box(x: float, y: float, text: str) -> tuple[float, float, float, float]:
    half = max(24, sum(LATIN_WIDTH if letter.isascii() else NAME_WIDTH for letter in text))
    return x - half, y - NAME_HEIGHT, x + half, y + NAME_HEIGHT
