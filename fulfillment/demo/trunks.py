"""Trucks that run anyway: from each warehouse to the dealers of its region, who walk the last kilometres."""

from fulfillment.models import TrunkLine
from members.queries import institution_by_code

# warehouse, dealer: cost of a run and the dealer's fee per parcel (fen), load of a run (kg), days
LINES = (
    ("wh-east", "dl-lantian", 42_000, 350, 900, 1),
    ("wh-east", "dl-hongda", 98_000, 400, 800, 2),
    ("wh-south", "dl-yuexun", 21_000, 300, 700, 1),
)


def load_trunks() -> None:
    """Twice changes nothing."""
    TrunkLine.objects.bulk_create(
        (
            TrunkLine(
                origin_id=institution_by_code(origin).id,
                hub_id=institution_by_code(hub).id,
                run_fen=run_fen,
                last_km_fen=last_km_fen,
                run_kg=run_kg,
                days=days,
            )
            for origin, hub, run_fen, last_km_fen, run_kg, days in LINES
        ),
        ignore_conflicts=True,
    )
