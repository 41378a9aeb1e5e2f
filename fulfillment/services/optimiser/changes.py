"""A new plan for an order that nobody has accepted yet."""

from dataclasses import dataclass

from ...models import FulfillmentOrder
from ..routing.inputs import Package, Plan
from .waiting import Waiting


@dataclass(frozen=True)
class Change:
    """plan: the whole of it; fresh: packages that come, gone: parcels that go, the others stay."""

    order: Waiting
    plan: Plan
    fresh: tuple[Package, ...]
    gone: tuple[FulfillmentOrder, ...]

    @property
    def saving(self) -> float:
        """Fen; negative where this order makes room for another."""
        return self.order.current.cost - self.plan.cost

    @property
    def touched(self) -> set[tuple[int, str]]:
        """Places and SKUs whose units it gives or takes."""
        taken = {(package.location_id, sku) for package in self.fresh for sku, _units in package.units}
        return taken | set(self.order.held)
