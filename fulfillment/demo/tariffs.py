"""The demo couriers' tariff and the postage at counters: zones by province, first and further kilogram.

Last year's rates stay.
"""

from datetime import date

from ..models import PostageRate, TariffRate, TariffZone
from ..models.tariffs import ZoneRate

NEAR = {
    "上海": ("江苏", "浙江", "安徽"),
    "江苏": ("上海", "浙江", "安徽"),
    "浙江": ("上海", "江苏", "安徽", "福建"),
    "广东": ("广西", "湖南", "福建", "海南"),
}
REMOTE = ("新疆", "西藏", "青海", "内蒙古", "甘肃", "宁夏")
# zone: first kilogram, further kilogram (fen), days
RATES_2025 = {
    "local": (680, 120, 1),
    "near": (820, 180, 1),
    "country": (1180, 480, 3),
    "remote": (1980, 1400, 6),
}
RATES_2026 = {
    "local": (600, 100, 1),
    "near": (760, 160, 1),
    "country": (1100, 450, 2),
    "remote": (1900, 1300, 5),
}
# What customers pay at a counter, as the large Chinese couriers ask of people: assumed.
POSTAGE_2025 = {
    "local": (1000, 200, 1),
    "near": (1200, 300, 2),
    "country": (1600, 700, 3),
    "remote": (2400, 1700, 6),
}
POSTAGE_2026 = {
    "local": (1100, 200, 1),
    "near": (1300, 300, 2),
    "country": (1800, 800, 3),
    "remote": (2600, 1800, 6),
}
YEAR_2025, YEAR_2026 = date(2025, 1, 1), date(2026, 1, 1)


def load_tariffs() -> None:
    zones = [TariffZone(zone="country")]
    zones += [TariffZone(to_province=province, zone="remote") for province in REMOTE]
    for origin, neighbours in NEAR.items():
        zones.append(TariffZone(from_province=origin, to_province=origin, zone="local"))
        zones += [TariffZone(from_province=origin, to_province=to, zone="near") for to in neighbours]
    TariffZone.objects.bulk_create(zones, ignore_conflicts=True)
    _load_rates(TariffRate, RATES_2025, RATES_2026)
    _load_rates(PostageRate, POSTAGE_2025, POSTAGE_2026)


def _load_rates(table: type[ZoneRate], last_year: dict, this_year: dict) -> None:
    rates = [_rate(table, zone, terms, YEAR_2025, YEAR_2026, 1) for zone, terms in last_year.items()]
    rates += [_rate(table, zone, terms, YEAR_2026, None, 2) for zone, terms in this_year.items()]
    table.objects.bulk_create(rates, ignore_conflicts=True)


def _rate(
    table: type[ZoneRate],
    zone: str,
    terms: tuple[int, int, int],
    starts: date,
    ends: date | None,
    version: int,
) -> ZoneRate:
    first, further, days = terms
    return table(
        zone=zone,
        first_fen=first,
        step_fen=further,
        days=days,
        starts=starts,
        ends=ends,
        version=version,
        made_by="demo",
    )
