"""An order, the places that were thought of and the choice, as points of a drawing: no tiles, no network.

The ground is the country's own list of places (members/data): every district a dot, or every city when the
drawing is wide. Equal distances look equal at the middle latitude.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from members.place_names import place_name
from members.places import all_places
from members.queries.institutions import institutions_of_kind
from members.values import Destination, InstitutionCard

from .map_layout import HEIGHT, WIDTH, Frame, apart

KINDS = ("warehouse", "store", "dealer", "merchant")
WIDE_DEGREES = 28  # beyond, districts would blur
CHOSEN, CANDIDATE, DROPPED = "chosen", "candidate", "dropped"


@dataclass(frozen=True)
class Marker:
    """x, y: where it is drawn; at_x, at_y: where it is. number: as in the table beside the map."""

    x: float
    y: float
    at_x: float
    at_y: float
    role: str
    number: int
    code: str
    label: str


@dataclass(frozen=True)
class Leg:
    """A way of the goods; kind: direct, trunk or last (from the hub to the door)."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Grid:
    """A line of the graticule with its degree."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str


@dataclass(frozen=True)
class Name:
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class RouteMap:
    """ground: the path of an SVG whose strokes are dots. door: the customer, or None for a pick-up."""

    width: int
    height: int
    ground: str
    grid: tuple[Grid, ...]
    names: tuple[Name, ...]
    markers: tuple[Marker, ...]
    legs: tuple[Leg, ...]
    door: tuple[float, float] | None
    kilometres: int
    bar: float

    @property
    def has_trunk(self) -> bool:
        return any(leg.kind == "trunk" for leg in self.legs)

    @property
    def shown(self) -> list[Marker]:
        return [marker for marker in self.markers if marker.role != DROPPED]


def route_map(story: dict, destination: Destination | None) -> RouteMap | None:
    """The drawing of a routing's story; None when none of its places has coordinates. One query.

    An address without coordinates is not on it, nor are the ways to it.
    """
    roles, door_at = _roles(story), _point_of(destination)
    cards = {card.code: card for card in institutions_of_kind(*KINDS) if _point_of(card)}
    placed = {code: role for code, role in roles.items() if code in cards}
    hubs = {p["via"] for p in _packages(story) if p.get("via") in cards}
    points = [_point_of(cards[code]) for code in [*placed, *hubs]]
    near = [door_at] if door_at else []
    if not points:
        return None
    wide = [_point_of(cards[code]) for code, role in placed.items() if role != DROPPED]
    frame = Frame.around((wide or points) + near)
    door = frame.point(*near[0]) if near else None
    return RouteMap(
        width=WIDTH,
        height=HEIGHT,
        ground=ground(frame),
        grid=tuple(grid(frame)),
        names=tuple(names(frame)),
        markers=_markers(placed, cards, frame, door),
        legs=tuple(_legs(story, cards, frame, door)),
        door=door,
        kilometres=frame.bar_km,
        bar=frame.bar,
    )


def _point_of(place: Destination | InstitutionCard | None) -> tuple[float, float] | None:
    """Longitude and latitude where both are known."""
    if place is None or place.longitude is None or place.latitude is None:
        return None
    return place.longitude, place.latitude


def _packages(story: dict) -> list[dict]:
    return (story.get("chosen") or {}).get("packages", [])


def _roles(story: dict) -> dict[str, str]:
    """Chosen before candidates before dropped."""
    chosen = dict.fromkeys((p["location"] for p in _packages(story)), CHOSEN)
    kept = dict.fromkeys(story.get("kept", ()), CANDIDATE)
    dropped = dict.fromkeys((drop["location"] for drop in story.get("dropped", ())), DROPPED)
    return {**chosen, **{c: r for c, r in kept.items() if c not in chosen},
            **{c: r for c, r in dropped.items() if c not in chosen and c not in kept}}  # fmt: skip


def _markers(roles: dict[str, str], cards: dict[str, InstitutionCard], frame: Frame, door) -> tuple:
    """Numbered in the order of the story; numbered markers do not cover each other, nor the door."""
    codes = [code for code in roles if frame.holds(cards[code].longitude, cards[code].latitude)]
    where = [frame.point(cards[code].longitude, cards[code].latitude) for code in codes]
    numbered = [index for index, code in enumerate(codes) if roles[code] != DROPPED]
    drawn = apart([where[index] for index in numbered], fixed=[door] if door else [])
    drawn = dict(zip(numbered, drawn, strict=True))
    return tuple(
        Marker(*drawn.get(index, where[index]), *where[index], roles[code],
               numbered.index(index) + 1 if index in drawn else 0, code, cards[code].label)
        for index, code in enumerate(codes)
    )  # fmt: skip


def _legs(story: dict, cards, frame: Frame, door: tuple[float, float] | None) -> Iterable[Leg]:
    if door is None:
        return
    for package in _packages(story):
        card, hub = cards.get(package["location"]), cards.get(package.get("via"))
        if card is None:
            continue
        start = frame.point(card.longitude, card.latitude)
        if hub is None:
            yield Leg("direct", *start, *door)
        else:
            middle = frame.point(hub.longitude, hub.latitude)
            yield Leg("trunk", *start, *middle)
            yield Leg("last", *middle, *door)


def ground(frame: Frame) -> str:
    """Dots: strokes without length and with round ends."""
    fine = frame.degrees < WIDE_DEGREES
    places = (p for p in all_places() if p.city and bool(p.district) == fine)
    inside = (frame.point(p.longitude, p.latitude) for p in places if frame.holds(p.longitude, p.latitude))
    return "".join(f"M{x:.0f} {y:.0f}h0" for x, y in inside)


def grid(frame: Frame) -> Iterable[Grid]:
    for degree in frame.steps(frame.west, frame.east):
        x, _y = frame.point(degree, frame.south)
        yield Grid(x, 0, x, HEIGHT, f"{degree:g}°E")
    for degree in frame.steps(frame.south, frame.north):
        _x, y = frame.point(frame.west, degree)
        yield Grid(0, y, WIDTH, y, f"{degree:g}°N")


def names(frame: Frame) -> Iterable[Name]:
    """Provinces at their seat, where there is room."""
    taken: list[tuple[float, float]] = []
    for place in all_places():
        if place.city or not frame.holds(place.longitude, place.latitude):
            continue
        x, y = frame.point(place.longitude, place.latitude)
        if all(abs(x - other_x) > 60 or abs(y - other_y) > 18 for other_x, other_y in taken):
            taken.append((x, y))
            yield Name(x, y, place_name(place.province))
