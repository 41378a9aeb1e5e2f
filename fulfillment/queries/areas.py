"""Where would a centre pay? Parcels per city, what their freight cost, what it would cost from next door."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

MONTH_DAYS = 30

# Freight from next door is what the company pays for parcels within a province: observed, not assumed.
_AREAS = """
WITH parcels AS (
    SELECT d.wish #>> '{destination,province}' AS province, d.wish #>> '{destination,city}' AS city,
        o.freight_fen, o.distance_km, i.province AS from_province
    FROM fulfillment_fulfillmentorder o
    JOIN fulfillment_fulfillmentdemand d ON d.id = o.demand_id
    JOIN members_institution i ON i.id = o.location_id
    WHERE o.way = 'ship' AND o.created_at >= %(since)s AND o.created_at < %(until)s
        AND o.state IN ('handed_over', 'out_for_delivery', 'delivered', 'refused', 'returned', 'lost')
), near AS (
    SELECT coalesce(avg(freight_fen), 0) AS fen FROM parcels WHERE province = from_province
)
SELECT province, city, count(*)::int, count(*) FILTER (WHERE province <> from_province)::int,
    sum(freight_fen)::bigint, round(avg(distance_km))::int,
    sum(greatest(freight_fen - near.fen, 0)) FILTER (WHERE province <> from_province)::bigint
FROM parcels, near WHERE city IS NOT NULL
GROUP BY province, city ORDER BY 7 DESC NULLS LAST, 3 DESC, city
"""


@dataclass(frozen=True)
class Area:
    """A city in the period. Amounts in fen; `pays`: a centre there would save more than it costs."""

    province: str
    city: str
    parcels: int
    from_afar: int
    freight_fen: int
    distance_km: int
    saving_fen: int
    saving_a_month_fen: int
    pays: bool


def areas(*, now: datetime, days: int) -> list[Area]:
    """The cities that were sent to in the last `days`, the one with the largest saving first."""
    with connection.cursor() as cursor:
        cursor.execute(_AREAS, {"since": now - timedelta(days=days), "until": now})
        return [_area(row, days) for row in cursor.fetchall()]


def _area(row: tuple, days: int) -> Area:
    province, city, parcels, from_afar, freight_fen, distance_km, saving = row
    monthly = int(saving or 0) * MONTH_DAYS // days
    return Area(
        province=province,
        city=city,
        parcels=parcels,
        from_afar=from_afar,
        freight_fen=int(freight_fen),
        distance_km=distance_km,
        saving_fen=int(saving or 0),
        saving_a_month_fen=monthly,
        pays=monthly > settings.CENTRE_MONTH_FEN,
    )
