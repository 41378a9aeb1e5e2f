"""A plan whose units are decided already, by a person or by the joint program: what it costs."""

from collections.abc import Mapping, Sequence

from .inputs import Item, Package, Plan, Policy, Source


def fixed_plan(
    items: Sequence[Item], parts: Sequence[tuple[Source, Mapping[str, int]]], policy: Policy
) -> Plan:
    """One package per source with these units by SKU. Shadow prices count, rarity does not."""
    known = {item.sku: item for item in items}
    packages = tuple(sorted((_package(known, *part) for part in parts), key=lambda package: package.code))
    extra = policy.extra_package * (len(packages) - 1)
    return Plan(packages, sum(package.cost for package in packages) + extra)


def _package(known: Mapping[str, Item], source: Source, units: Mapping[str, int]) -> Package:
    weight = sum(known[sku].weight_g * count for sku, count in units.items())
    volume = sum(known[sku].volume_ml * count for sku, count in units.items())
    prices = sum(source.unit_prices.get(sku, 0) * count for sku, count in units.items())
    return source.package(units.items(), weight_g=weight, volume_ml=volume, prices=prices)
