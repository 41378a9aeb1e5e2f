"""A routing told as plain values: what was dropped and why, what was compared, what was chosen."""

from collections.abc import Iterable

from .inputs import Dropped, Need, Outcome, Package, Plan


def story(need: Need, dropped: Iterable[Dropped], outcome: Outcome) -> dict:
    """JSON for the trace and the preview. Amounts in fen, distances in kilometres."""
    return {
        "way": need.way,
        "items": {item.sku: item.quantity for item in need.items},
        "dropped": [{"location": drop.code, "reason": drop.reason} for drop in dropped],
        "kept": list(outcome.kept),
        "considered": outcome.considered,
        "compared": [_plan(found) for found in outcome.compared],
        "chosen": _plan(outcome.chosen) if outcome.chosen else None,
        "how": outcome.how,
        "gap_fen": round(outcome.gap),
    }


def _plan(plan: Plan) -> dict:
    return {"cost_fen": round(plan.cost), "packages": [_package(package) for package in plan.packages]}


def _package(package: Package) -> dict:
    return {
        "location": package.code,
        "units": dict(package.units),
        "freight_fen": round(package.freight),
        "cost_fen": round(package.cost),
        "weight_g": round(package.weight_g),
        "distance_km": round(package.distance_km, 1),
        "days": package.days,
        "via": package.via,
        "trunk_fen": round(package.trunk),
    }
