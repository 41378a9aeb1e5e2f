"""The cash of a courier company: what it holds, door by door, and what it has paid in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from fulfillment.models import CodRemittance, Delivery


@dataclass(frozen=True)
class Held:
    """Cash taken at one door, in fen."""

    parcel: str
    by: str
    at: datetime
    amount_fen: int


def held(courier_id: int) -> list[Held]:
    """What is to be paid in, in the order in which it was taken; one query."""
    rows = Delivery.objects.cod_outstanding().filter(courier_id=courier_id).select_related("fulfillment")
    return [
        Held(row.fulfillment.code, row.courier_name, row.finished_at, row.cod_collected_fen)
        for row in rows.order_by("finished_at", "pk")
    ]


def paid_in(courier_id: int, *, limit: int = 10) -> list[CodRemittance]:
    """The newest remittances, each with the number of its `parcels`."""
    rows = CodRemittance.objects.filter(courier_id=courier_id).annotate(parcels=Count("deliveries"))
    return list(rows.order_by("-pk")[:limit])
