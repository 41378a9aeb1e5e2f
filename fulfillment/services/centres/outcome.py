"""Every city with what a centre there would bring; which are proposed together, why the others are not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from members.values import distance_km

from ..centre_costs import Costs
from .choice import LEAST, Choice, Site
from .compare import Gain, Scale, at_best, gains
from .flows import Flow, History
from .ground import Ground, Town, point_of, town_of
from .rates import Rates

# Between cities from which everything costs the same the nearer is chosen; too little to decide otherwise.
TIE_FEN_PER_KM = 0.0001
Solve = Callable[[Sequence[Site]], Choice]

PROPOSED, ACCEPTED, PUT_ASIDE = "proposed", "accepted", "put_aside"
CENTRE, SERVED, VOLUME, JOINT, UNKNOWN = "centre", "served", "volume", "joint", "unknown"


@dataclass(frozen=True)
class Outcome:
    """candidates: a row for every city with orders, as JSON; stories: by proposed city what was compared."""

    candidates: list[dict]
    stories: dict[Town, dict]
    choice: Choice


@dataclass(frozen=True)
class Case:
    """Everything one reckoning looks at, with each city's gains from every province."""

    history: History
    rates: Rates
    costs: Costs
    ground: Ground
    scale: Scale
    by_province: Mapping[str, dict[Town, Gain]]
    points: Mapping[Town, tuple[float, float] | None]

    @classmethod
    def of(cls, history: History, rates: Rates, costs: Costs, ground: Ground, *, share: float = 1.0):
        flows = tuple(_short(flow) for flow in history.flows)
        towns = {(flow.province, flow.city) for flow in flows} | ground.accepted
        covered = [(flow, at_best(flow, rates, ground.centres)) for flow in flows if flow.covered]
        by_province = {
            province: gains(covered, rates, costs, start=province) for province in {p for p, _city in towns}
        }
        points = {town: point_of(town) for town in sorted(towns)}
        short = History(history.begins, history.ends, history.days, flows, history.articles)
        return cls(short, rates, costs, ground, Scale(history.days, share), by_province, points)

    def gains_of(self, town: Town) -> dict[Town, Gain]:
        """What a centre there would take over, by city; nothing from a city that we cannot place."""
        return self.by_province[town[0]] if self.points[town] else {}

    def month(self, gain: Gain) -> float:
        """Saving of a month, fen."""
        return self.scale.month(gain.saving)


def _short(flow: Flow) -> Flow:
    if (flow.province, flow.city) == town_of(flow.province, flow.city):
        return flow
    province, city = town_of(flow.province, flow.city)
    return Flow(**asdict(flow) | {"province": province, "city": city})


def outcome(case: Case, solve: Solve) -> Outcome:
    """solve: chooses the sites that pay together."""
    sites = [_site(case, town) for town in case.points if _is_candidate(case, town)]
    choice = solve(sites)
    orders = _orders(case)
    alone = {site.key for site in sites if sum(site.gains.values()) > site.cost + LEAST}
    rows = [_row(case, town, orders.get(town, 0), choice, town in alone) for town in case.points]
    rows.sort(key=lambda row: (-row["share"], -row["orders_day"], row["city"]))
    proposed = [town for town in choice.opened if town not in case.ground.accepted]
    return Outcome(rows, {town: _story(case, town, choice, sites) for town in proposed}, choice)


def _is_candidate(case: Case, town: Town) -> bool:
    ground = case.ground
    return bool(case.points[town]) and town not in ground.occupied and town not in ground.put_aside


def _site(case: Case, town: Town) -> Site:
    cost = 0.0 if town in case.ground.accepted else max(1.0, case.costs.asked_a_month)
    worth = {}
    for other, gain in case.gains_of(town).items():
        far = _far(case, town, other)
        worth[other] = case.month(gain) - TIE_FEN_PER_KM * far * case.scale.month(gain.orders)
    return Site(town, cost, {other: value for other, value in worth.items() if value > 0})


def _km(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float:
    return distance_km(*one, *other) if one and other else 0.0


def _orders(case: Case) -> dict[Town, int]:
    found: dict[Town, int] = {}
    for flow in case.history.flows:
        town = (flow.province, flow.city)
        found[town] = found.get(town, 0) + flow.orders
    return found


def _row(case: Case, town: Town, orders: int, choice: Choice, pays_alone: bool) -> dict:
    """Figures as if it were the only new centre beside the accepted ones; of a proposed one, as proposed.

    pays_alone: as the choice weighs it, with the kilometres between equal cities.
    """
    opened = town in choice.opened
    area = {t: g for t, g in case.gains_of(town).items() if choice.serves.get(t) == town} if opened else {
        t: g for t, g in case.gains_of(town).items() if _beyond_accepted(case, t, g)}  # fmt: skip
    total = Gain()
    for gain in area.values():
        total.add(gain)
    figures = figures_of(case, total)
    verdict = _verdict(case, town, choice, saves=figures["saving_fen"] > 0, pays_alone=pays_alone)
    near = case.ground.nearest(case.points[town]) if case.points[town] else None
    return {
        "province": town[0],
        "city": town[1],
        "point": case.points[town],
        "orders_day": round(case.history.days and orders / case.history.days, 3),
        "near": near[0].code if near else "",
        "near_km": round(near[1]) if near else None,
        "area": len(area),
        **figures,
        **verdict,
    }


def _beyond_accepted(case: Case, town: Town, gain: Gain) -> bool:
    """Whether an accepted centre does not gain as much there already."""
    return all(
        town not in found or found[town].saving < gain.saving
        for found in (case.gains_of(each) for each in case.ground.accepted)
    )


def figures_of(case: Case, total: Gain) -> dict:
    """A month's figures of an area; needed_day: orders a day at which it would pay, by today's orders."""
    saving, asked = case.month(total), case.costs.asked_a_month
    net = saving - case.costs.fixed_month_fen
    day = case.scale.day(total.orders)
    return {
        "taken_day": round(day, 3),
        "saving_fen": round(saving),
        "asked_fen": round(asked),
        "share": round(saving / asked, 4) if asked else float(saving > 0),
        "needed_day": round(day * asked / saving, 3) if saving > 0 else None,
        "payback": round(case.costs.investment_fen / net, 3) if net > 0 else None,
        "days_earlier": round(total.days / total.orders, 2) if total.orders else 0,
        "merged": round(case.scale.month(total.merged)),
    }


def _verdict(case: Case, town: Town, choice: Choice, *, saves: bool, pays_alone: bool) -> dict:
    """Why it is proposed or not; `by`: the city or centre that stands in its place."""
    ground = case.ground
    if town in ground.occupied:
        return {"verdict": CENTRE, "by": ground.occupied[town].code}
    if not case.points[town]:
        return {"verdict": UNKNOWN}
    if town in ground.accepted:
        return {"verdict": ACCEPTED}
    if town in choice.opened:
        return {"verdict": PROPOSED}
    if town in ground.put_aside:
        return {"verdict": PUT_ASIDE, "until": ground.put_aside[town]}
    if not saves:
        return {"verdict": SERVED}
    taker = _instead(case, town, choice) if pays_alone else None
    return {"verdict": JOINT, "by": list(taker)} if taker else {"verdict": VOLUME}


def _instead(case: Case, town: Town, choice: Choice) -> Town | None:
    """The opened centre that takes most of what this one would; None where nobody takes any of it."""
    taken: dict[Town, float] = {}
    for other, gain in case.gains_of(town).items():
        if other in choice.serves:
            key = choice.serves[other]
            taken[key] = taken.get(key, 0.0) + case.month(gain)
    return max(sorted(taken), key=lambda key: taken[key], default=None)


def _story(case: Case, town: Town, choice: Choice, sites: Sequence[Site]) -> dict:
    """What was compared, frozen with the proposal. Sums over the period in fen, figures by month."""
    own = {t: g for t, g in case.gains_of(town).items() if choice.serves.get(t) == town}
    total = Gain()
    for gain in own.values():
        total.add(gain)
    sums = asdict(total) | {"saving": total.saving, "parcels_then": total.parcels - total.merged}
    sources = sums.pop("sources")
    return {
        "begins": case.history.begins.isoformat(),
        "ends": case.history.ends.isoformat(),
        "days": case.history.days,
        "articles": case.history.articles,
        "covered": round(case.history.covered_share, 4),
        "costs": asdict(case.costs),
        "sums": sums,
        "figures": figures_of(case, total),
        "sources": [[*source, *amounts] for source, amounts in sorted(sources.items(), key=_most)],
        "area": _area(case, town, own),
        "compared": len(sites),
        "opened": len(choice.opened),
        "how": choice.how,
        "proven": choice.proven,
        "gap_fen": round(choice.gap),
    }


def _area(case: Case, town: Town, own: Mapping[Town, Gain]) -> list[list]:
    """City, orders a day, saving a month, kilometres; the largest saving first."""
    rows = [
        [*each, round(case.scale.day(gain.orders), 3), round(case.month(gain)), round(_far(case, town, each))]
        for each, gain in own.items()
    ]
    return sorted(rows, key=lambda row: -row[3])


def _far(case: Case, town: Town, other: Town) -> float:
    return _km(case.points[town], case.points[other])


def _most(item: tuple) -> tuple:
    source, amounts = item
    return -amounts[0], source
