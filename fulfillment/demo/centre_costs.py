"""What a centre costs the demo company: assumptions, small enough for the few orders of a demo day.

A rented back room with one pair of hands, not a hall: a demo day has a thousand orders where a carrier's city
has tens of thousands.
"""

from datetime import UTC, date, datetime

from ..models import CentreCosts

COSTS = {
    "fixed_month_fen": 150_000,
    "investment_fen": 1_800_000,
    "handling_fen": 180,  # as in both warehouses
    "unit_fen": 25,
    "assortment": 40,
    "horizon_days": 28,
    "payback_months": 18,
}
BEGINS = date(2026, 1, 1)


def load_centre_costs() -> None:
    """Twice changes nothing."""
    CentreCosts.objects.get_or_create(
        starts=BEGINS,
        defaults=COSTS | {"made_by": "demo", "made_at": datetime(2025, 12, 31, tzinfo=UTC)},
    )
