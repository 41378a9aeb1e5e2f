"""Serial units of one pool, taken by many clients at once through the claims service."""

from django.db import transaction

from fulfillment.models import FulfillmentDemand, FulfillmentLine, FulfillmentOrder, SerialClaim, SerialUnit
from fulfillment.services import claims
from omnichannel.kernel import clock

EACH = 20  # lines of one unit for every client


class Pool:
    """As many units as the clients' lines want, and not one more."""

    def __init__(self, world, *, clients: int):
        units = clients * EACH
        self.sku, self.now = world.sku(units), clock.now()
        self.place = world.company.places["wh"].pk
        SerialUnit.objects.bulk_create(
            SerialUnit(
                serial=f"{86_000_000_000_000 + number}",
                kind="imei",
                sku=self.sku,
                location_id=self.place,
                state="free",
                received_at=self.now,
                changed_at=self.now,
            )
            for number in range(units)
        )
        self.lines = [self._lines(client) for client in range(clients)]

    def _lines(self, client: int) -> list[FulfillmentLine]:
        demand = FulfillmentDemand.objects.create(
            order_number=f"pool-{client}", channel="web", way="ship", state="cancelled",
            wish={"lines": []}, placed_at=self.now, changed_at=self.now,
        )  # fmt: skip
        parcel = FulfillmentOrder.objects.create(
            code=f"pool-{client}", demand=demand, location_id=self.place, way="ship", state="cancelled",
            created_at=self.now, changed_at=self.now,
        )  # fmt: skip
        return FulfillmentLine.objects.bulk_create(
            FulfillmentLine(fulfillment=parcel, line_id=number, sku=self.sku, quantity=1, serial_kind="imei")
            for number in range(EACH)
        )

    def taker(self):
        """make() for a storm: one line at a time, each its own transaction."""

        def make(client: int):
            left = iter(self.lines[client])

            def take() -> str | None:
                line = next(left, None)
                if line is None:
                    return None
                with transaction.atomic():
                    claims.claim_free([line], location_id=self.place, now=self.now)
                return "done"

            return take

        return make

    def result(self) -> dict:
        taken = list(SerialClaim.objects.filter(serial__sku=self.sku).values_list("serial_id", "line_id"))
        units, lines = {unit for unit, _line in taken}, {line for _unit, line in taken}
        return {
            "serials_claimed": len(taken),
            "serials_distinct": len(units) == len(lines) == len(taken) > 0,
        }
