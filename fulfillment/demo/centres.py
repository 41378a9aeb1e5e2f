"""The two warehouses as operations centres: timetables, a sorting wall each, what an hour should bring."""

from datetime import time

from fulfillment.models import CentreProfile, CourierCutOff, StationTarget, WallSlot
from members.queries import institution_by_code

CENTRES = ("wh-east", "wh-south")
LEAVES = {"cr-swift": (time(11, 0), time(16, 0), time(20, 0)), "cr-star": (time(12, 0), time(18, 0))}
ROWS, PLACES = "ABCD", 6
# station: parcels an hour, longest wait in minutes
TARGETS = {
    "pick": (60, 90),
    "sort": (80, 30),
    "sim": (40, 45),
    "account": (40, 15),
    "pack": (45, 60),
    "handover": (90, 120),
}


def load_centres() -> None:
    """Twice changes nothing."""
    for code in CENTRES:
        _load(institution_by_code(code).id)


def _load(location_id: int) -> None:
    CentreProfile.objects.get_or_create(location_id=location_id, defaults={"wave_size": 60})
    CourierCutOff.objects.bulk_create(
        (
            CourierCutOff(
                location_id=location_id, courier_id=institution_by_code(courier).id, leaves_at=leaves_at
            )
            for courier, times in LEAVES.items()
            for leaves_at in times
        ),
        ignore_conflicts=True,
    )
    codes = [f"{row}{place}" for row in ROWS for place in range(1, PLACES + 1)]
    WallSlot.objects.bulk_create(
        (WallSlot(location_id=location_id, code=code, position=at) for at, code in enumerate(codes)),
        ignore_conflicts=True,
    )
    StationTarget.objects.bulk_create(
        (
            StationTarget(location_id=location_id, station=name, per_hour=per_hour, oldest_minutes=longest)
            for name, (per_hour, longest) in TARGETS.items()
        ),
        ignore_conflicts=True,
    )
