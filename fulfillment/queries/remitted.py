"""Cash on delivery that couriers paid in, waybill by waybill."""

from dataclasses import dataclass
from datetime import datetime

from fulfillment.models import Delivery


@dataclass(frozen=True)
class RemittedDelivery:
    """A waybill of a remittance; amounts in fen."""

    waybill: str
    order_number: str
    courier_id: int
    remittance_id: int
    due_fen: int
    collected_fen: int
    means: str
    delivered_at: datetime


def remitted_between(begin: datetime, end: datetime) -> list[RemittedDelivery]:
    """Deliveries whose cash was paid in within a time, by courier and waybill."""
    rows = Delivery.objects.filter(remittance__remitted_at__gte=begin, remittance__remitted_at__lt=end)
    rows = rows.select_related("fulfillment__demand").order_by("courier_id", "pk")
    return [
        RemittedDelivery(
            row.fulfillment.code,
            row.fulfillment.demand.order_number,
            row.courier_id,
            row.remittance_id,
            row.cod_fen,
            row.cod_collected_fen,
            row.cod_means or "cash",
            row.finished_at,
        )
        for row in rows
    ]
