"""What befalls many units at once is written into the story of each."""

from collections.abc import Iterable
from datetime import datetime

from ..models import SerialEvent, SerialEventKind, SerialUnit

# A unit in quarantine for one of these only lacked: seen again, it is as good as before.
_LACKED = (SerialEventKind.NOT_FOUND, SerialEventKind.LOST, SerialEventKind.MISSING)
_LACKING = "not_found"


def tell(
    unit_ids: Iterable[int],
    kind: str,
    *,
    location_id: int,
    reference: str,
    who: str,
    now: datetime,
    reason: str = "",
) -> None:
    """One event per unit, in one statement. `reference` names the transfer, count or delivery note."""
    SerialEvent.objects.bulk_create(
        SerialEvent(
            unit_id=pk,
            kind=kind,
            reason=reason[:120],
            location_id=location_id,
            reference=reference[:64],
            who=who[:80],
            at=now,
        )
        for pk in unit_ids
    )


def only_lacked(unit: SerialUnit) -> bool:
    """Whether a unit in quarantine is there because nobody found it, not for what it is or was used for."""
    last = SerialEvent.objects.filter(unit=unit).order_by("-pk").first()
    if unit.grade:
        return False
    return last is None or last.kind in _LACKED or last.reason == _LACKING
