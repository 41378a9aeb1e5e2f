"""From a plan by SKU to units of order lines on stock levels."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..values import Wanted
from .routing.inputs import Plan
from .routing.loading import Shelf


class Share(NamedTuple):
    """Units of one order line from one level; safety: what the level keeps for other channels."""

    line_id: int
    sku: str
    location_id: int
    level_id: int
    units: int
    safety: int


class Allocation(NamedTuple):
    shares: tuple[Share, ...]

    def columns(self) -> dict[str, list[int]]:
        """The shares as arrays for one statement."""
        return {
            "levels": [share.level_id for share in self.shares],
            "lines": [share.line_id for share in self.shares],
            "skus": [share.sku for share in self.shares],
            "units": [share.units for share in self.shares],
            "safety": [share.safety for share in self.shares],
        }


def allocate(lines: Iterable[Wanted], plan: Plan, shelves: Mapping[tuple[int, str], Shelf]) -> Allocation:
    """Give each package's units to the order's lines: whole lines first, the rest in order."""
    left: dict[str, dict[int, int]] = {}
    for package in plan.packages:
        for sku, units in package.units:
            left.setdefault(sku, {})[package.location_id] = units
    shares = []
    for line in sorted(lines, key=lambda line: (-line.quantity, line.line_id)):
        for location_id, units in _take(left[line.sku], line.quantity):
            shelf = shelves[location_id, line.sku]
            shares.append(Share(line.line_id, line.sku, location_id, shelf.level_id, units, shelf.safety))
    return Allocation(tuple(shares))


def _take(places: dict[int, int], quantity: int) -> list[tuple[int, int]]:
    """Units by location for one line, from one place when one has enough. Changes `places`."""
    whole = [place for place, units in places.items() if units >= quantity]
    taken = []
    for place in whole[:1] or list(places):
        units = min(places[place], quantity)
        if units:
            places[place] -= units
            quantity -= units
            taken.append((place, units))
    return taken
