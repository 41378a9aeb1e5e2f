from .demands import FulfillmentDemand, FulfillmentEvent, FulfillmentLine, FulfillmentOrder, Way, WrongState
from .routing import Exclusion, LocationProfile, RoutingTrace, TariffRate, TariffZone
from .serials import ClaimState, SerialClaim, SerialKind, SerialState, SerialUnit
from .stock import Place, Reservation, ReservationState, SafetyStock, StockLevel, StockMovement

__all__ = [
    "ClaimState",
    "Exclusion",
    "FulfillmentDemand",
    "FulfillmentEvent",
    "FulfillmentLine",
    "FulfillmentOrder",
    "LocationProfile",
    "Place",
    "Reservation",
    "ReservationState",
    "RoutingTrace",
    "SafetyStock",
    "SerialClaim",
    "SerialKind",
    "SerialState",
    "SerialUnit",
    "StockLevel",
    "StockMovement",
    "TariffRate",
    "TariffZone",
    "Way",
    "WrongState",
]
