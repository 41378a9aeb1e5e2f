"""What the customer has in hand at the till is sold: promises of these units look for another shelf."""

from collections.abc import Mapping
from datetime import datetime

from members.actors import Actor

from .displacement import Shortfall, can_leave, make_room


def give_way(*, location_id: int, wanted: Mapping[str, int], actor: Actor, now: datetime) -> list[str] | None:
    """Release the youngest promises here that stand in the way of these units by SKU, all or none.

    Returns the orders whose holds are to be taken anew (displacement.take_anew) once the units are sold;
    None, and nothing is released, where fewer units lie here or picked parcels hold them. Raises
    stock.StockPromised when a promise was routed at this moment: try again.
    """
    short = [Shortfall(sku, location_id, units) for sku, units in sorted(wanted.items())]
    if not all(can_leave(each) for each in short):
        return None
    return make_room(short, actor=actor, now=now)
