"""Which centres together: uncapacitated facility location, by adding, dropping and swapping, with a bound.

Two neighbours must not both be proposed for the same parcels: every city is served by the open centre from
which it gains most, and an open centre costs its month. The bound is Erlenkotter's dual descent (A dual-based
procedure for uncapacitated facility location, Operations Research 26, 1978), turned round for gains: what a
city is worth at most falls as long as no centre's cities pay for more than its cost.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

GREEDY = "greedy"
LEAST = 1e-6  # of money: less is the same


@dataclass(frozen=True)
class Site:
    """cost: of a month, 0 for a centre that was decided on already; gains: by city. Same money throughout."""

    key: Hashable
    cost: float
    gains: Mapping[Hashable, float]


@dataclass(frozen=True)
class Choice:
    """opened: keys of the sites that pay together; serves: by city the site; bound: nothing is worth more."""

    opened: tuple[Hashable, ...]
    serves: Mapping[Hashable, Hashable]
    value: float
    bound: float
    proven: bool
    how: str

    @property
    def gap(self) -> float:
        return max(0.0, self.bound - self.value)


def value_of(sites: Sequence[Site], opened: set[int]) -> float:
    """What these sites bring together, less what they cost."""
    best: dict[Hashable, float] = {}
    for index in opened:
        for town, gain in sites[index].gains.items():
            if gain > best.get(town, 0.0):
                best[town] = gain
    return sum(best.values()) - sum(sites[index].cost for index in opened)


def answer(sites: Sequence[Site], opened: set[int], *, bound: float, proven: bool, how: str) -> Choice:
    best: dict[Hashable, tuple[float, Hashable]] = {}
    for index in sorted(opened):
        for town, gain in sites[index].gains.items():
            if gain > best.get(town, (0.0, None))[0]:
                best[town] = (gain, sites[index].key)
    value = value_of(sites, opened)
    serves = {town: key for town, (_gain, key) in best.items()}
    keys = tuple(sites[index].key for index in sorted(opened))
    return Choice(keys, serves, value, max(bound, value), proven, how)


def given(sites: Sequence[Site]) -> set[int]:
    """Those that cost nothing more are open in any case."""
    return {index for index, site in enumerate(sites) if site.cost <= 0}


def worth_asking(sites: Sequence[Site]) -> list[int]:
    """Beside the given ones those that pay when they alone are added: what does not, pays in no company.

    Gains of a further centre only shrink when others are open (they are submodular), so this loses nothing.
    """
    base = _best(sites, given(sites))
    return [
        index
        for index, site in enumerate(sites)
        if site.cost > 0
        and sum(max(0.0, gain - base.get(town, 0.0)) for town, gain in site.gains.items()) > site.cost + LEAST
    ]


def _best(sites: Sequence[Site], opened: set[int]) -> dict[Hashable, float]:
    best: dict[Hashable, float] = {}
    for index in opened:
        for town, gain in sites[index].gains.items():
            best[town] = max(gain, best.get(town, 0.0))
    return best


def choose(sites: Sequence[Site]) -> Choice:
    """A good choice and how far it may be from the best."""
    free, asked = given(sites), worth_asking(sites)
    limit = bound([sites[index] for index in [*sorted(free), *asked]])
    enough = max(LEAST, 1e-9 * abs(limit))
    opened = _grow(sites, set(free), asked, free)
    while limit - value_of(sites, opened) > enough:
        better = _swapped(sites, opened, asked, free)
        if better is None:
            break
        opened = _grow(sites, better, asked, free)
    proven = limit - value_of(sites, opened) <= enough
    return answer(sites, opened, bound=limit, proven=proven, how=GREEDY)


def improved(sites: Sequence[Site], opened: set[int]) -> set[int]:
    """The same or better by adding and dropping; none is left that does not pay."""
    return _grow(sites, opened, worth_asking(sites), given(sites))


def _grow(sites: Sequence[Site], opened: set[int], asked: list[int], free: set[int]) -> set[int]:
    """Add the one that brings most, or drop the one that no longer pays, until nothing is better."""
    while True:
        best = _best(sites, opened)
        added = max(
            ((_added(sites[index], best), -index) for index in asked if index not in opened),
            default=(0.0, 0),
        )
        value = value_of(sites, opened)
        dropped = max(
            ((value_of(sites, opened - {index}) - value, -index) for index in opened - free),
            default=(0.0, 0),
        )
        if max(added[0], dropped[0]) <= LEAST:
            return opened
        opened = opened | {-added[1]} if added[0] >= dropped[0] else opened - {-dropped[1]}


def _added(site: Site, best: Mapping[Hashable, float]) -> float:
    return sum(max(0.0, gain - best.get(town, 0.0)) for town, gain in site.gains.items()) - site.cost


def _swapped(sites, opened: set[int], asked: list[int], free: set[int]) -> set[int] | None:
    """The best exchange of one for another; None where none is better."""
    value, found = value_of(sites, opened) + LEAST, None
    for gone in sorted(opened - free):
        left = opened - {gone}
        best, rest = _best(sites, left), value_of(sites, left)
        for new in asked:
            if new not in opened and rest + _added(sites[new], best) > value:
                value, found = rest + _added(sites[new], best) + LEAST, left | {new}
    return found


def bound(sites: Sequence[Site]) -> float:
    """No choice of these sites is worth more."""
    left = [site.cost for site in sites]
    payers: dict[Hashable, list[tuple[float, int]]] = {}
    for index, site in enumerate(sites):
        for town, gain in site.gains.items():
            payers.setdefault(town, []).append((gain, index))
    for each in payers.values():
        each.sort(reverse=True)
    worth = {town: each[0][0] for town, each in payers.items()}
    falling = list(worth)
    while falling:
        falling = [town for town in falling if _lower(town, worth, left, payers[town])]
    return sum(worth.values())


def _lower(town, worth: dict, left: list[float], payers: list[tuple[float, int]]) -> bool:
    """Let a city's worth fall to its next level, as far as the costs of those above it allow."""
    now, step, above = worth[town], worth[town], []
    for gain, index in payers:
        if gain < now - LEAST:
            step = now - gain
            break
        above.append(index)
    step = min([step, *(left[index] for index in above)])
    if step <= LEAST:
        return False
    for index in above:
        left[index] -= step
    worth[town] = now - step
    return True
