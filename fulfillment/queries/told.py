"""Who is told by text message what becomes of a parcel."""

from fulfillment.models import FulfillmentOrder


def of_goods(fo: FulfillmentOrder) -> list[str]:
    """The phone of who waits for the parcel: who ordered, else the receiver; of a posted one the receiver."""
    wish = fo.demand.wish
    receiver = (wish.get("destination") or {}).get("phone")
    known = (receiver,) if fo.is_posted else (wish.get("contact_phone") or receiver,)
    return [phone for phone in known if phone]


def of_way(fo: FulfillmentOrder) -> list[str]:
    """As of_goods(); the sender of a posted parcel follows it too."""
    sender = [fo.demand.wish["contact_phone"]] if fo.is_posted else []
    return list(dict.fromkeys(of_goods(fo) + sender))
