"""Frozen values that travel between orders and fulfillment."""

from dataclasses import dataclass
from datetime import datetime

from members.values import Destination

# A dealer's purchase order is a demand of the channel "supply" (members.channels), under a number of its own
# kind. Safety stock for the channel keeps units for the customers.
SUPPLY_NUMBER = "DP"


def is_supply(order_number: str) -> bool:
    """Whether goods under this number go to a dealer's shelf, not to a customer."""
    return order_number.startswith(SUPPLY_NUMBER)


@dataclass(frozen=True)
class Wanted:
    """Units of one order line. amount_fen: what the line costs, to share cash on delivery among packages."""

    line_id: int
    sku: str
    quantity: int
    amount_fen: int = 0


@dataclass(frozen=True)
class AccountWish:
    """The SIM of this line opens an account: number, plan and the person it belongs to.

    number_province: where the number is at home; blank when any location may write its card.
    """

    line_id: int
    msisdn: str
    plan_sku: str
    identity_id: int | None
    number_province: str = ""


@dataclass(frozen=True)
class Admission:
    """A flash sale's gate let this ticket through; it orders once."""

    campaign_id: int
    ticket: str


@dataclass(frozen=True)
class Measures:
    """A parcel on the counter's scale and under its ruler: grams, centimetres."""

    weight_g: int
    length_cm: int
    width_cm: int
    height_cm: int

    @property
    def volume_ml(self) -> int:
        return self.length_cm * self.width_cm * self.height_cm


@dataclass(frozen=True)
class Postage:
    """What a customer pays for a parcel, and what its courier takes (fen); days: as the customer is told."""

    rate_id: int
    zone: str
    billed_g: int
    postage_fen: int
    days: int
    freight_fen: int
    transit_days: int


@dataclass(frozen=True)
class Posted:
    """A customer's own parcel that a store takes to carry. inspected_by: who asked about forbidden goods."""

    store_id: int
    sender_identity_id: int
    measures: Measures
    contents: str
    declared_fen: int
    inspected_by: str
    postage: Postage


@dataclass(frozen=True)
class Demand:
    """What an order wants: way is "ship", "pickup" or "merchant"; source_hint a location the clerk chose."""

    order_number: str
    channel: str
    way: str
    destination: Destination | None
    pickup_location_id: int | None
    lines: tuple[Wanted, ...]
    cod_fen: int
    needs_identity: bool
    accounts: tuple[AccountWish, ...]
    placed_at: datetime
    source_hint: int | None = None
    contact_phone: str = ""  # who is told that the goods wait at the counter
    contact_name: str = ""  # who collects them; a destination has its own name
    given_up: tuple[tuple[int, int], ...] = ()  # units by line that an operator decided not to send
    promised_on: str = ""  # the day that the customer was told, ISO 8601; set when the goods are held
    source_kinds: tuple[str, ...] = ()  # only institutions of these kinds may serve; empty: any
    total_fen: int = 0  # of the whole order; cod_fen of it is collected in money, the rest was paid before
    posted: bool = False  # the customer's own parcel, handed in at a counter: no lines, no stock, no route

    def as_dict(self) -> dict:
        """As JSON. By hand: dataclasses.asdict copies deeply and took a third of a reservation's own time."""
        return vars(self) | {
            "destination": dict(vars(self.destination)) if self.destination else None,
            "lines": [dict(vars(line)) for line in self.lines],
            "accounts": [dict(vars(wish)) for wish in self.accounts],
            "placed_at": self.placed_at.isoformat(),
        }

    @classmethod
    def of_dict(cls, data: dict) -> "Demand":
        destination = data["destination"]
        return cls(
            **data
            | {
                "destination": Destination.of_dict(destination) if destination else None,
                "lines": tuple(Wanted(**line) for line in data["lines"]),
                "accounts": tuple(AccountWish(**wish) for wish in data["accounts"]),
                "source_kinds": tuple(data.get("source_kinds", ())),
                "given_up": tuple((line_id, units) for line_id, units in data.get("given_up", ())),
                "placed_at": datetime.fromisoformat(data["placed_at"]),
            }
        )
