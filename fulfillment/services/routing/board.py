"""One order laid out for comparison: candidates sorted by cost, lines, and who holds what."""

from collections.abc import Sequence

from .inputs import Item, Package, Plan, Policy, Source


class Board:
    """`base[i]`: a package of source i with its first kilogram. `masks[i]`: the lines it covers whole."""

    def __init__(
        self, items: Sequence[Item], sources: Sequence[Source], policy: Policy, prefer: int | None = None
    ):
        self.policy = policy
        self.items = sorted(items, key=lambda item: (-item.quantity * item.weight_g, item.sku))
        self.weights = [item.quantity * item.weight_g for item in self.items]
        self.volumes = [item.quantity * item.volume_ml for item in self.items]
        self.weight, self.volume = sum(self.weights), sum(self.volumes)
        self.rarity = _rarity(self, sources)
        self.sources = _keep(self, sources, prefer)
        self.base = [source.fixed + source.rate.first_fen for source in self.sources]
        self.masks = [_mask(self.items, source) for source in self.sources]
        whole = 0
        for mask in self.masks:
            whole |= mask
        self.whole = whole  # every other line has to be split
        self.split = [i for i in range(len(self.items)) if not whole >> i & 1]
        self.stock = [[source.stock.get(item.sku, 0) for item in self.items] for source in self.sources]
        self.light = [self._is_light(source) for source in self.sources]
        places = [source.location_id for source in self.sources]
        self.twins = [places.count(place) > 1 for place in places]  # the same goods, another way
        self.prices = [[self.price(item, source) for item in self.items] for source in self.sources]

    def price(self, item: Item, source: Source) -> float:
        """What all units of the item cost from here beside the freight: shadow price, or rarity."""
        unit = source.unit_prices.get(item.sku, 0)
        if self.rarity:
            unit += self.policy.scarcity - self.rarity[item.sku] * source.stock.get(item.sku, 0)
        return item.quantity * unit

    def _is_light(self, source: Source) -> bool:
        """Whatever part of the order it sends, the freight is that of the first kilogram."""
        rate = source.rate
        return not rate.step_fen or rate.billed_g(self.weight, self.volume) <= rate.first_g

    def is_additive(self, members: tuple[int, ...]) -> bool:
        return all(self.light[i] for i in members)

    def are_apart(self, members: Sequence[int]) -> bool:
        """No location is there twice: what lies there can be sent once."""
        doubtful = [self.sources[i].location_id for i in members if self.twins[i]]
        return len(set(doubtful)) == len(doubtful)

    def covers(self, members: Sequence[int]) -> bool:
        mask = 0
        for i in members:
            mask |= self.masks[i]
        if mask & self.whole != self.whole:
            return False
        return all(sum(self.stock[i][k] for i in members) >= self.items[k].quantity for k in self.split)

    def new_units(self, members: Sequence[int], candidate: int) -> int:
        """Units that the candidate adds to what the members already cover."""
        gained = 0
        for k, item in enumerate(self.items):
            if k in self.split:
                have = min(item.quantity, sum(self.stock[i][k] for i in members))
                gained += min(item.quantity - have, self.stock[candidate][k])
            elif self.masks[candidate] >> k & 1 and not any(self.masks[i] >> k & 1 for i in members):
                gained += item.quantity
        return gained

    def floor(self, members: tuple[int, ...]) -> float:
        """No plan that uses all members costs less."""
        return sum([self.base[i] for i in members]) + self.policy.extra_package * (len(members) - 1)

    def lower_bound(self, members: tuple[int, ...]) -> float:
        """The floor, the least unit prices, and the weight beyond the first kilograms pro rata."""
        rates = [self.sources[i].rate for i in members]
        beyond = self.weight - sum(rate.first_g for rate in rates)
        per_g = min(rate.step_fen / rate.step_g for rate in rates)
        lines = sum(
            min((self.prices[i][k] for i in members if self.masks[i] >> k & 1), default=0)
            for k in range(len(self.items))
        )
        return self.floor(members) + lines + max(0.0, beyond * per_g)

    def assign(self, members: tuple[int, ...]) -> Plan | None:
        """The plan of exactly these members, or None when one of them would send nothing."""
        homes = self._assign_whole(members)
        if len(members) > 1 and not self.is_additive(members):
            self._improve(members, homes)
        units = self._units(members, homes)
        if units is None or any(not sent for sent in units.values()):
            return None
        packages = [self._package(i, units[i]) for i in members]
        extra = self.policy.extra_package * (len(packages) - 1)
        packages.sort(key=lambda package: package.code)
        return Plan(tuple(packages), sum(package.cost for package in packages) + extra)

    def assign_some(self, members: tuple[int, ...]) -> Plan | None:
        """The plan of these members, or of those among them that send something."""
        found = self.assign(members)
        if found is not None or not members:
            return found
        units = self._units(members, self._assign_whole(members))
        busy = tuple(i for i in members if units and units[i])
        return self.assign_some(busy) if len(busy) < len(members) else None

    def _assign_whole(self, members: tuple[int, ...]) -> dict[int, int]:
        """Line → member, heaviest line first, each to the least marginal cost."""
        loads = {i: [0.0, 0.0] for i in members}
        homes = {}
        for k in range(len(self.items)):
            if k in self.split:
                continue
            holders = [i for i in members if self.masks[i] >> k & 1]
            home = holders[0]
            if len(holders) > 1:
                home = min(holders, key=lambda i: self._marginal(i, k, loads[i]))
            loads[home][0] += self.weights[k]
            loads[home][1] += self.volumes[k]
            homes[k] = home
        return homes

    def _marginal(self, i: int, k: int, load: list[float]) -> float:
        price = self.prices[i][k]
        if self.light[i]:
            return price
        rate = self.sources[i].rate
        grown = rate.freight(load[0] + self.weights[k], load[1] + self.volumes[k])
        return price + grown - rate.freight(load[0], load[1])

    def _improve(self, members: tuple[int, ...], homes: dict[int, int]) -> None:
        """Move single lines while the sum falls."""
        cost = self._cost(members, homes)
        moved = True
        while moved:
            moved = False
            for k, home in list(homes.items()):
                for other in members:
                    if other == home or not self.masks[other] >> k & 1:
                        continue
                    tried = self._cost(members, homes | {k: other})
                    if tried < cost - 1e-9:
                        homes[k], home, cost, moved = other, other, tried, True

    def _cost(self, members: tuple[int, ...], homes: dict[int, int]) -> float:
        total = 0.0
        for i in members:
            lines = [k for k, home in homes.items() if home == i]
            weight = sum(self.weights[k] for k in lines)
            volume = sum(self.volumes[k] for k in lines)
            total += self.sources[i].rate.freight(weight, volume) + sum(self.prices[i][k] for k in lines)
        return total

    def _units(self, members: tuple[int, ...], homes: dict[int, int]) -> dict[int, dict[int, int]] | None:
        """Member → line → units; split lines fill up from the cheapest price, then in order."""
        units: dict[int, dict[int, int]] = {i: {} for i in members}
        for k, home in homes.items():
            units[home][k] = self.items[k].quantity
        for k in self.split:
            left = self.items[k].quantity
            for i in sorted(members, key=lambda i: self.prices[i][k]):
                sent = min(left, self.stock[i][k])
                if sent > 0:
                    units[i][k] = sent
                    left -= sent
            if left:
                return None
        return units

    def _package(self, i: int, lines: dict[int, int]) -> Package:
        source = self.sources[i]
        weight = sum(self.items[k].weight_g * sent for k, sent in lines.items())
        volume = sum(self.items[k].volume_ml * sent for k, sent in lines.items())
        prices = sum(self.prices[i][k] * sent / self.items[k].quantity for k, sent in lines.items())
        units = ((self.items[k].sku, sent) for k, sent in lines.items())
        return source.package(units, weight_g=weight, volume_ml=volume, prices=prices)


def _mask(items: Sequence[Item], source: Source) -> int:
    return sum(1 << k for k, item in enumerate(items) if source.stock.get(item.sku, 0) >= item.quantity)


def _rarity(board: Board, sources: Sequence[Source]) -> dict[str, float]:
    """By SKU the weight of scarcity for each unit that lies anywhere; empty where nothing is weighed."""
    if not board.policy.scarcity:
        return {}
    places = {source.location_id: source.stock for source in sources}
    units = {item.sku: sum(stock.get(item.sku, 0) for stock in places.values()) for item in board.items}
    return {sku: board.policy.scarcity / max(1, count) for sku, count in units.items()}


def _keep(board: Board, sources: Sequence[Source], prefer: int | None) -> list[Source]:
    """The cheapest, were each to send everything; the preferred; the cheapest holders of what these lack."""

    def rank(source: Source):
        prices = sum(board.price(item, source) for item in board.items)
        cost = source.fixed + source.rate.freight(board.weight, board.volume) + prices
        return (cost, source.distance_km, source.code)

    ordered = sorted(sources, key=rank)
    kept, rest = ordered[: board.policy.keep], ordered[board.policy.keep :]
    kept += [source for source in rest if source.location_id == prefer]
    for item in board.items:
        kept += _holders(item, kept, [source for source in rest if source not in kept])
    return kept


def _holders(item: Item, kept: list[Source], rest: list[Source]) -> list[Source]:
    """What has to join `kept` so that the item is covered: one whole holder, else enough of them."""
    if any(source.stock.get(item.sku, 0) >= item.quantity for source in kept):
        return []
    whole = [source for source in rest if source.stock.get(item.sku, 0) >= item.quantity]
    if whole:
        return whole[:1]
    found, have = [], {source.location_id: source.stock.get(item.sku, 0) for source in kept}
    for source in rest:
        here = source.stock.get(item.sku, 0)
        if here and source.location_id not in have and sum(have.values()) < item.quantity:
            found.append(source)
            have[source.location_id] = here
    return found
