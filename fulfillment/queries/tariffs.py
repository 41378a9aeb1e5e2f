"""The courier tariff with its versions, for the operators' page."""

from dataclasses import dataclass
from datetime import date

from members.actors import Actor

from ..models import TariffRate, TariffZone


@dataclass(frozen=True)
class ZoneTariff:
    """A zone's versions, newest first; current: in force on the day; pairs: province pairs in it."""

    zone: str
    current: TariffRate | None
    versions: list[TariffRate]
    pairs: int


def zone_tariffs(actor: Actor, *, day: date) -> list[ZoneTariff]:
    """Every zone in use or ever billed; two queries. Raises NotAllowed."""
    actor.must_have("operator", "auditor")
    rates: dict[str, list[TariffRate]] = {}
    for rate in TariffRate.objects.order_by("zone", "-starts"):
        rates.setdefault(rate.zone, []).append(rate)
    pairs: dict[str, int] = {}
    for zone in TariffZone.objects.values_list("zone", flat=True):
        pairs[zone] = pairs.get(zone, 0) + 1
    return [
        ZoneTariff(zone, _current(rates.get(zone, []), day), rates.get(zone, []), pairs.get(zone, 0))
        for zone in sorted(pairs.keys() | rates.keys())
    ]


def _current(versions: list[TariffRate], day: date) -> TariffRate | None:
    return next((r for r in versions if r.starts <= day and (r.ends is None or r.ends > day)), None)
