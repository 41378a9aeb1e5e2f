"""What suppliers offer for what we lack: at their list's cost, or under a contract of central procurement.

A contract is used as long as it covers all that is wanted of an article; what it does not is bought at the
list's cost. Supplier orders are locked before contracts, contracts by key.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import F

from ..models import (
    DealerOrder,
    SupplierItem,
    SupplierOrder,
    SupplierOrderKind,
    SupplierOrderLine,
    SupplierOrderState,
    SupplierProgress,
    SupplyContract,
)


class Offer(NamedTuple):
    """cost_fen a unit, in lots of so many, after lead_days days."""

    supplier_id: int
    sku: str
    cost_fen: int
    lead_days: int
    lot: int
    contract: SupplyContract | None = None

    def lots(self, units: int) -> int:
        """The units of the whole lots that cover so many."""
        return -(-units // self.lot) * self.lot

    @property
    def kind(self) -> SupplierOrderKind:
        is_made = self.contract is not None and self.contract.to_order
        return SupplierOrderKind.PRODUCTION if is_made else SupplierOrderKind.PURCHASE


def best(
    order: DealerOrder, wanted: Mapping[str, int], *, today: date, asks_again: bool = True
) -> dict[str, Offer]:
    """By SKU the cheapest offer, then the fastest; of equals the contract. Who failed this order comes last.

    asks_again: False leaves out who declined to deliver it; a person may still ask there.
    Contracts for these articles stay locked until the transaction ends, so that what is left of them holds.
    """
    failed = _left_short(order)
    refused = set() if asks_again else _left_short(order, order__progress=SupplierProgress.DECLINED)
    offers = [*_under_contract(wanted, today), *_listed(wanted)]
    offers = [offer for offer in offers if (offer.supplier_id, offer.sku) not in refused]
    found: dict[str, Offer] = {}
    for offer in sorted(offers, key=lambda offer: _rank(offer, failed)):
        found.setdefault(offer.sku, offer)
    return found


def _rank(offer: Offer, failed: set[tuple[int, str]]) -> tuple:
    left_short = (offer.supplier_id, offer.sku) in failed
    return left_short, offer.cost_fen, offer.lead_days, offer.contract is None, offer.supplier_id


def _left_short(order: DealerOrder, **which) -> set[tuple[int, str]]:
    failed = SupplierOrderLine.objects.filter(
        **which,
        order__dealer_order=order,
        order__state__in=(SupplierOrderState.CLOSED, SupplierOrderState.CANCELLED),
        received__lt=F("quantity"),
    )
    return set(failed.values_list("order__supplier_id", "sku"))


def _under_contract(wanted: Mapping[str, int], today: date) -> Iterable[Offer]:
    rows = SupplyContract.objects.running(today).filter(sku__in=wanted).order_by("pk")
    for row in rows.select_for_update(of=("self",)):
        offer = Offer(row.supplier_id, row.sku, row.cost_fen, row.lead_days, row.lot, row)
        if offer.lots(wanted[row.sku]) <= row.left:
            yield offer


def _listed(wanted: Mapping[str, int]) -> Iterable[Offer]:
    items = SupplierItem.objects.filter(sku__in=wanted, supplier__is_active=True)
    for item in items:
        yield Offer(item.supplier_id, item.sku, item.cost_fen, item.lead_days, item.lot)


def call_off(offer: Offer, units: int) -> None:
    """Take units off the offer's contract, which best() has locked."""
    if offer.contract is not None:
        offer.contract.called += units
        offer.contract.save(update_fields=["called"])


def give_back(purchase: SupplierOrder) -> None:
    """What never came of a locked supplier order may be called off again."""
    open_units = {
        line.contract_id: line.open_units
        for line in purchase.lines.exclude(contract=None).filter(received__lt=F("quantity"))
    }
    for contract in SupplyContract.objects.select_for_update().filter(pk__in=open_units).order_by("pk"):
        contract.called -= open_units[contract.pk]
        contract.save(update_fields=["called"])
