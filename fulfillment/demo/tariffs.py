"""The demo couriers' tariff: zones by province, first and further kilogram. Last year's rates stay."""

from datetime import date

from ..models import TariffRate, TariffZone

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
YEAR_2025, YEAR_2026 = date(2025, 1, 1), date(2026, 1, 1)


def load_tariffs() -> None:
    zones = [TariffZone(zone="country")]
    zones += [TariffZone(to_province=province, zone="remote") for province in REMOTE]
    for origin, neighbours in NEAR.items():
        zones.append(TariffZone(from_province=origin, to_province=origin, zone="local"))
        zones += [TariffZone(from_province=origin, to_province=to, zone="near") for to in neighbours]
    TariffZone.objects.bulk_create(zones, ignore_conflicts=True)
    rates = [_rate(zone, terms, YEAR_2025, YEAR_2026, 1) for zone, terms in RATES_2025.items()]
    rates += [_rate(zone, terms, YEAR_2026, None, 2) for zone, terms in RATES_2026.items()]
    TariffRate.objects.bulk_create(rates, ignore_conflicts=True)


def _rate(
    zone: str, terms: tuple[int, int, int], starts: date, ends: date | None, version: int
) -> TariffRate:
    first, further, days = terms
    return TariffRate(
        zone=zone,
        first_fen=first,
        step_fen=further,
        days=days,
        starts=starts,
        ends=ends,
        version=version,
        made_by="demo",
    )
