"""The other half: does each centre that stands save what it costs? A hint, no proposal.

A centre saves what its parcels would have cost more from the other centres; each parcel goes to the cheapest
of them.
"""

from ..centre_costs import Costs
from .compare import Scale, bill
from .flows import Flow, History
from .ground import Centre, Ground
from .rates import Rates

PAYS, BELOW, IDLE, ALONE = "pays", "below", "idle", "alone"


def standing(history: History, rates: Rates, costs: Costs, ground: Ground) -> list[dict]:
    """A row for every centre, as JSON; amounts in fen a month."""
    scale = Scale(history.days)
    return [_row(centre, history, rates, costs, ground, scale) for centre in ground.centres]


def _row(centre: Centre, history: History, rates: Rates, costs: Costs, ground: Ground, scale: Scale) -> dict:
    own = [flow for flow in history.flows if flow.centre_id == centre.id]
    others = [other for other in ground.centres if other.id != centre.id]
    parcels = sum(flow.parcels for flow in own)
    saving = round(scale.month(sum(_dearer(flow, rates, others) for flow in own)))
    return {
        "code": centre.code,
        "name": centre.name,
        "name_en": centre.name_en,
        "province": centre.province,
        "city": centre.city,
        "point": [centre.latitude, centre.longitude] if centre.latitude is not None else None,
        "parcels_day": round(scale.day(parcels), 3),
        "capacity": centre.capacity,
        "saving_fen": saving,
        "fixed_fen": costs.fixed_month_fen,
        "verdict": _verdict(parcels, others, saving, costs),
    }


def _dearer(flow: Flow, rates: Rates, others: list[Centre]) -> int:
    """What these orders would have cost more from the cheapest other centre; none sends there: nothing."""
    bills = [bill(flow, rates, start=other.origin, handling_fen=other.handling) for other in others]
    totals = [each.total for each in bills if each is not None]
    return max(0, min(totals) - flow.cost) if totals else 0


def _verdict(parcels: int, others: list[Centre], saving: int, costs: Costs) -> str:
    if not others:
        return ALONE
    if not parcels:
        return IDLE
    return PAYS if saving >= costs.fixed_month_fen else BELOW
