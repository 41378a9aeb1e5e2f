"""Facts this app publishes. Amounts are fen; times ISO 8601 text, UTC; lines are [[line id, units], …]."""

from dataclasses import dataclass
from typing import ClassVar

from omnichannel.kernel.outbox import Fact

from .values import is_supply


def for_a_customer(fact) -> bool:
    """Of a fact about goods on their way: they go to a customer, not to a dealer's shelf."""
    return not is_supply(fact.order_number)


def for_a_dealer(fact) -> bool:
    return is_supply(fact.order_number)


@dataclass(frozen=True)
class FulfillmentRequested(Fact):
    """Goods are promised for good and wait for their route. `attempt` tells re-routings apart."""

    topic: ClassVar[str] = "fulfillment.requested"
    order_number: str
    attempt: int = 1

    @property
    def key(self):
        return f"{self.order_number}:{self.attempt}"


@dataclass(frozen=True)
class FulfillmentRouted(Fact):
    topic: ClassVar[str] = "fulfillment.routed"
    fulfillment_id: int
    order_number: str
    location_id: int

    @property
    def key(self):
        return str(self.fulfillment_id)


@dataclass(frozen=True)
class RoutingFailed(Fact):
    """No location can serve the order: it waits for an operator."""

    topic: ClassVar[str] = "fulfillment.routing_failed"
    order_number: str
    reason: str
    attempt: int = 1

    @property
    def key(self):
        return f"{self.order_number}:{self.attempt}"


@dataclass(frozen=True)
class AccountOpened(Fact):
    topic: ClassVar[str] = "fulfillment.account_opened"
    fulfillment_id: int
    order_number: str
    line_id: int
    msisdn: str
    iccid: str
    occurred_at: str

    @property
    def key(self):
        return f"{self.fulfillment_id}:{self.line_id}:{self.iccid}"


@dataclass(frozen=True)
class AccountFailed(Fact):
    """The core network said no; the card is in quarantine."""

    topic: ClassVar[str] = "fulfillment.account_failed"
    fulfillment_id: int
    order_number: str
    line_id: int
    msisdn: str
    iccid: str
    reason: str
    occurred_at: str

    @property
    def key(self):
        return f"{self.fulfillment_id}:{self.line_id}:{self.iccid}"


@dataclass(frozen=True)
class HandedOver(Fact):
    """A package left with a courier. freight_fen is what the courier earns by tariff."""

    topic: ClassVar[str] = "fulfillment.handed_over"
    fulfillment_id: int
    order_number: str
    location_id: int
    courier_id: int | None
    freight_fen: int
    occurred_at: str

    @property
    def key(self):
        return str(self.fulfillment_id)


@dataclass(frozen=True)
class ReadyForPickup(Fact):
    topic: ClassVar[str] = "fulfillment.ready_for_pickup"
    fulfillment_id: int
    order_number: str
    location_id: int

    @property
    def key(self):
        return str(self.fulfillment_id)


@dataclass(frozen=True)
class Delivered(Fact):
    """Goods are with the customer; cod_fen was collected. all_done: nothing of the order is under way."""

    topic: ClassVar[str] = "fulfillment.delivered"
    fulfillment_id: int
    order_number: str
    location_id: int
    courier_id: int | None
    cod_fen: int
    lines: list
    all_done: bool
    occurred_at: str

    @property
    def key(self):
        return str(self.fulfillment_id)


@dataclass(frozen=True)
class RefusedAtDoor(Fact):
    topic: ClassVar[str] = "fulfillment.refused_at_door"
    fulfillment_id: int
    order_number: str
    courier_id: int | None
    reason: str
    lines: list
    occurred_at: str

    @property
    def key(self):
        return str(self.fulfillment_id)


@dataclass(frozen=True)
class LostComingBack(Fact):
    """A posted parcel that its receiver refused did not get back to its store."""

    topic: ClassVar[str] = "fulfillment.lost_coming_back"
    fulfillment_id: int
    order_number: str
    occurred_at: str

    @property
    def key(self):
        return str(self.fulfillment_id)


@dataclass(frozen=True)
class InstantDone(Fact):
    """A top-up or data pack is on the number."""

    topic: ClassVar[str] = "fulfillment.instant_done"
    job_id: int
    order_number: str
    line_id: int
    occurred_at: str

    @property
    def key(self):
        return str(self.job_id)


@dataclass(frozen=True)
class InstantFailed(Fact):
    topic: ClassVar[str] = "fulfillment.instant_failed"
    job_id: int
    order_number: str
    line_id: int
    reason: str
    occurred_at: str

    @property
    def key(self):
        return str(self.job_id)


@dataclass(frozen=True)
class CodRemitted(Fact):
    """A courier handed in the cash it collected for these orders."""

    topic: ClassVar[str] = "fulfillment.cod_remitted"
    remittance_id: int
    courier_id: int
    amount_fen: int
    order_numbers: list
    occurred_at: str

    @property
    def key(self):
        return str(self.remittance_id)


@dataclass(frozen=True)
class FulfillmentCancelled(Fact):
    """A parcel was cancelled before it left the house; nothing takes its place.

    fulfillment_id is 0 when an operator cancelled what no location could serve, which may happen again.
    """

    topic: ClassVar[str] = "fulfillment.cancelled"
    order_number: str
    fulfillment_id: int
    occurred_at: str

    @property
    def key(self):
        again = "" if self.fulfillment_id else f":{self.occurred_at}"
        return f"{self.order_number}:{self.fulfillment_id}{again}"


@dataclass(frozen=True)
class WaveGiven(Fact):
    """A wave waits for the automated warehouse."""

    topic: ClassVar[str] = "fulfillment.wave_given"
    job_id: int

    @property
    def key(self):
        return str(self.job_id)


@dataclass(frozen=True)
class ProvisioningRequested(Fact):
    """A job waits for the core network. `round` tells an operator's repeats apart."""

    topic: ClassVar[str] = "fulfillment.provisioning_requested"
    job_id: int
    round: int

    @property
    def key(self):
        return f"{self.job_id}:{self.round}"


@dataclass(frozen=True)
class SerialImportRequested(Fact):
    """A file of serial numbers was accepted and waits to be read."""

    topic: ClassVar[str] = "fulfillment.serial_import_requested"
    import_id: int

    @property
    def key(self):
        return str(self.import_id)


@dataclass(frozen=True)
class CentreReckoningAsked(Fact):
    """An operator wants to know now where a centre of its own would pay."""

    topic: ClassVar[str] = "fulfillment.centre_reckoning_asked"
    reckoning_id: int

    @property
    def key(self):
        return str(self.reckoning_id)


@dataclass(frozen=True)
class SuppliesReceived(Fact):
    """Units came in with a delivery note; a supplier order of that number is served by them."""

    topic: ClassVar[str] = "fulfillment.supplies_received"
    import_id: int
    location_id: int
    delivery_note: str

    @property
    def key(self):
        return str(self.import_id)


@dataclass(frozen=True)
class SupplierGoodsReceived(Fact):
    """A purchase is over, in full or closed short; cost_fen is what we owe for what came."""

    topic: ClassVar[str] = "fulfillment.supplier_goods_received"
    supplier_order: str
    supplier_id: int
    location_id: int
    dealer_order: str
    cost_fen: int
    occurred_at: str

    @property
    def key(self):
        return self.supplier_order


@dataclass(frozen=True)
class SupplierOrderConfirmed(Fact):
    """A supplier promised a day for our order, or moved it; days_later than its contract or list says."""

    topic: ClassVar[str] = "fulfillment.supplier_order_confirmed"
    supplier_order: str
    supplier_id: int
    dealer_order: str
    promised_on: str
    days_later: int
    occurred_at: str

    @property
    def key(self):
        return f"{self.supplier_order}:{self.promised_on}:{self.occurred_at}"


@dataclass(frozen=True)
class SupplierOrderDeclined(Fact):
    """A supplier will not deliver our order, which ended thereby."""

    topic: ClassVar[str] = "fulfillment.supplier_order_declined"
    supplier_order: str
    supplier_id: int
    dealer_order: str
    reason: str
    occurred_at: str

    @property
    def key(self):
        return self.supplier_order


@dataclass(frozen=True)
class SupplierGoodsAnnounced(Fact):
    """A supplier sent goods of our order; lines are [[SKU, units], …]."""

    topic: ClassVar[str] = "fulfillment.supplier_goods_announced"
    notice: str
    supplier_order: str
    supplier_id: int
    location_id: int
    lines: list
    arrives_on: str
    occurred_at: str

    @property
    def key(self):
        return self.notice


@dataclass(frozen=True)
class SupplierListingDecided(Fact):
    """What a supplier listed was accepted or declined; cost_fen a unit, product_id of a new terminal."""

    topic: ClassVar[str] = "fulfillment.supplier_listing_decided"
    listing_id: int
    supplier_id: int
    sku: str
    accepted: bool
    cost_fen: int
    product_id: int | None
    occurred_at: str

    @property
    def key(self):
        return str(self.listing_id)


@dataclass(frozen=True)
class DealerCreditEased(Fact):
    """Less of a dealer's credit is used, or its terms changed; cause: the order, or the terms."""

    topic: ClassVar[str] = "fulfillment.dealer_credit_eased"
    dealer_id: int
    cause: str
    occurred_at: str

    @property
    def key(self):
        return f"{self.dealer_id}:{self.cause}:{self.occurred_at}"


@dataclass(frozen=True)
class DealerOrderApproved(Fact):
    """A dealer's purchase order was approved by its branch; goods are promised or ordered for it."""

    topic: ClassVar[str] = "fulfillment.dealer_order_approved"
    order_number: str
    dealer_id: int
    branch_id: int
    amount_fen: int
    occurred_at: str

    @property
    def key(self):
        return self.order_number


@dataclass(frozen=True)
class DealerSurplusDecided(Fact):
    """More had arrived than was sent: the branch lets the dealer keep it, invoiced, or has it sent back."""

    topic: ClassVar[str] = "fulfillment.dealer_surplus_decided"
    surplus_id: int
    order_number: str
    dealer_id: int
    sku: str
    units: int
    kept: bool
    occurred_at: str

    @property
    def key(self):
        return str(self.surplus_id)


@dataclass(frozen=True)
class DealerGoodsReceived(Fact):
    """A dealer counted a parcel; lines are [[SKU, units received, units missing], …]."""

    topic: ClassVar[str] = "fulfillment.dealer_goods_received"
    receipt_id: int
    order_number: str
    dealer_id: int
    location_id: int
    lines: list
    occurred_at: str

    @property
    def key(self):
        return str(self.receipt_id)


@dataclass(frozen=True)
class DealerInvoiceIssued(Fact):
    """A dealer owes amount_fen for what it received, until the end of the day due_on."""

    topic: ClassVar[str] = "fulfillment.dealer_invoice_issued"
    invoice_id: int
    invoice_number: str
    order_number: str
    dealer_id: int
    branch_id: int
    amount_fen: int
    due_on: str
    occurred_at: str

    @property
    def key(self):
        return str(self.invoice_id)


@dataclass(frozen=True)
class DealerPaymentRecorded(Fact):
    """Money came from a dealer; kind is receipt or prepayment."""

    topic: ClassVar[str] = "fulfillment.dealer_payment_recorded"
    payment_id: int
    dealer_id: int
    kind: str
    amount_fen: int
    reference: str
    occurred_at: str

    @property
    def key(self):
        return str(self.payment_id)


@dataclass(frozen=True)
class DealerPaymentMatched(Fact):
    """amount_fen of a dealer's payment was set against an invoice."""

    topic: ClassVar[str] = "fulfillment.dealer_payment_matched"
    match_id: int
    payment_id: int
    invoice_id: int
    dealer_id: int
    amount_fen: int
    occurred_at: str

    @property
    def key(self):
        return str(self.match_id)


@dataclass(frozen=True)
class DealerCreditIssued(Fact):
    """A dealer need not pay amount_fen of an invoice; what was paid already counts for its next one."""

    topic: ClassVar[str] = "fulfillment.dealer_credit_issued"
    credit_id: int
    credit_number: str
    order_number: str
    dealer_id: int
    branch_id: int
    amount_fen: int
    reason: str
    occurred_at: str

    @property
    def key(self):
        return str(self.credit_id)
