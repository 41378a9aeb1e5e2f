"""The courier tariff in force between provinces, read once for a reckoning. Two statements."""

from datetime import date
from math import gcd

from ...models import TariffRate, TariffZone
from ..routing.inputs import Rate

FIELDS = ("first_g", "first_fen", "step_g", "step_fen", "volumetric_divisor", "days")
USUAL_GRAIN, USUAL_DIVISOR = 1000, 6000


class Rates:
    """The zone of two provinces is found as in queries.location_terms: the more exact row wins."""

    def __init__(self, zones: list[tuple[str, str, str]], rates: dict[str, Rate]):
        """zones: from, to (blank: any) and zone, in the order of their keys."""
        self._zones: dict[tuple[str, str], str] = {}
        for start, end, zone in zones:
            self._zones.setdefault((start, end), zone)
        self._rates = rates

    def between(self, start: str, end: str) -> Rate | None:
        """None where nothing is sent."""
        for pair in ((start, end), (start, ""), ("", end), ("", "")):
            if pair in self._zones:
                return self._rates.get(self._zones[pair])
        return None

    @property
    def grain(self) -> int:
        """The widest weight class, in grams, within which every rate bills the same."""
        steps = [grams for rate in self._rates.values() for grams in (rate.first_g, rate.step_g)]
        return gcd(*steps) if steps else USUAL_GRAIN

    @property
    def divisor(self) -> int:
        """Millilitres per kilogram; where zones differ the one that bills the most."""
        return min((rate.volumetric_divisor for rate in self._rates.values()), default=USUAL_DIVISOR)


def in_force(day: date) -> Rates:
    zones = list(TariffZone.objects.order_by("pk").values_list("from_province", "to_province", "zone"))
    rows = TariffRate.objects.on(day)
    return Rates(zones, {row.zone: Rate(**{name: getattr(row, name) for name in FIELDS}) for row in rows})
