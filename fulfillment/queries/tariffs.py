"""Rates by zone: the tables with their versions, for the operators' pages; which zone a parcel falls into."""

from dataclasses import dataclass
from datetime import date

from members.actors import Actor

from ..models import TariffRate, TariffZone
from ..models.tariffs import ZoneRate


@dataclass(frozen=True)
class ZoneTariff:
    """A zone's versions, newest first; current: in force on the day; pairs: province pairs in it."""

    zone: str
    current: ZoneRate | None
    versions: list[ZoneRate]
    pairs: int


def zone_tariffs(actor: Actor, *, day: date, table: type[ZoneRate] = TariffRate) -> list[ZoneTariff]:
    """Every zone in use or ever billed; two queries. Raises NotAllowed."""
    actor.must_have("operator", "auditor")
    rates: dict[str, list[ZoneRate]] = {}
    for rate in table.objects.order_by("zone", "-starts"):
        rates.setdefault(rate.zone, []).append(rate)
    pairs: dict[str, int] = {}
    for zone in TariffZone.objects.values_list("zone", flat=True):
        pairs[zone] = pairs.get(zone, 0) + 1
    return [
        ZoneTariff(zone, _current(rates.get(zone, []), day), rates.get(zone, []), pairs.get(zone, 0))
        for zone in sorted(pairs.keys() | rates.keys())
    ]


def _current(versions: list[ZoneRate], day: date) -> ZoneRate | None:
    return next((rate for rate in versions if rate.is_in_force(day)), None)


def zone_of(*, from_province: str, to_province: str) -> str:
    """The zone of a pair, its own rule before one for any province, as routing reads it; "" for none."""
    rows = TariffZone.objects.filter(from_province__in=("", from_province), to_province__in=("", to_province))
    found = sorted(
        rows, key=lambda row: (row.from_province != from_province, row.to_province != to_province, row.pk)
    )
    return found[0].zone if found else ""
