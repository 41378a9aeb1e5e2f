"""How the units of a dealer's surplus move: in the books and one by one, each with its history."""

from datetime import datetime

from members.actors import Actor

from ..models import DealerSurplus, Place, SerialEvent, SerialUnit
from . import stock

NUMBER = "SP"
REPORTED, KEPT, BACK = "dealer_surplus", "surplus_kept", "surplus_back"


def reference(row: DealerSurplus) -> str:
    return f"{NUMBER}{row.pk:06d}"


def book(row: DealerSurplus, sku: str, location_id: int, units: int, reason: str, now: datetime) -> None:
    stock.book(
        sku=sku,
        location_id=location_id,
        units=units,
        place=Place.TRANSIT,
        reason=reason,
        reference=reference(row),
        now=now,
    )


def turn(row: DealerSurplus, state: str, location_id: int, kind: str, actor: Actor, now: datetime) -> None:
    """The serial units follow, with their history."""
    units = list(SerialUnit.objects.select_for_update().filter(serial__in=row.serials).order_by("pk"))
    SerialUnit.objects.filter(pk__in=[unit.pk for unit in units]).update(
        state=state, location_id=location_id, changed_at=now
    )
    SerialEvent.objects.bulk_create(
        SerialEvent(
            unit=unit,
            kind=kind,
            location_id=location_id,
            reference=reference(row),
            who=actor.label[:80],
            at=now,
        )
        for unit in units
    )
