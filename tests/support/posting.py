"""A customer's own parcel at the counter of the demo's first store. The clock stands at demo.NOON."""

import base64
import io
from dataclasses import replace
from datetime import datetime

from PIL import Image, ImageDraw

from fulfillment.models import FulfillmentOrder
from fulfillment.services import delivery, handover, signatures
from fulfillment.services.returns import receive_back
from fulfillment.values import Measures
from members import queries as members
from members.services import addresses
from orders.services import posting
from orders.services.placement import Placed
from orders.services.posting import ParcelWish, Sender
from tests.support.demo import NOON
from tests.support.ordering import LIN, STORE, id_number, staff

RECEIVER_PHONE = "13700000042"
BOX = Measures(weight_g=2300, length_cm=30, width_cm=20, height_cm=10)
PARCEL = ParcelWish(measures=BOX, contents="两本书和一条围巾", declared_fen=20_000, is_inspected=True)
# To Jiangsu, a neighbour of Shanghai: ¥13 for the first kilogram, ¥3 for each of two further begun ones.
PRICE = 1900


def sender(**changes) -> Sender:
    return replace(Sender(phone=LIN, name="林晓", id_number=id_number(LIN)), **changes)


def receiver(**changes):
    told = {"name": "王芳", "phone": RECEIVER_PHONE, "province": "江苏", "city": "南京", "district": "玄武区"}
    return addresses.destination(**(told | {"street": "珠江路 88 号"} | changes))


def post(*, username: str = "clerk1", store: str = STORE, now: datetime = NOON, **changes) -> Placed:
    """The clerk takes it in; two kilograms and a bit to Nanjing, paid in cash."""
    asked = {
        "sender": sender(),
        "receiver": receiver(),
        "parcel": PARCEL,
        "means": "cash",
        "shown_total": PRICE,
    }
    place = members.institution_by_code(store)
    return posting.post(actor=staff(username), store=place, now=now, **(asked | changes))


def parcel_of(placed: Placed | str) -> FulfillmentOrder:
    number = getattr(placed, "order_number", placed)
    return FulfillmentOrder.objects.select_related("demand").get(demand__order_number=number)


def hand_over(placed: Placed, *, now: datetime = NOON) -> FulfillmentOrder:
    fo = parcel_of(placed)
    handover.hand_over(location_id=fo.location_id, ids=[fo.pk], actor=staff("manager1"), now=now)
    return parcel_of(placed)


def on_the_van(placed: Placed, *, now: datetime = NOON) -> FulfillmentOrder:
    return _drive(hand_over(placed, now=now), now)


def _drive(fo: FulfillmentOrder, now: datetime) -> FulfillmentOrder:
    driver = staff("courier1")
    carried = {"actor": driver, "now": now}
    delivery.load(courier_id=fo.delivery.courier_id, codes=[fo.code], **carried)
    delivery.arrive(code=fo.code, **carried)
    return parcel_of(fo.demand.order_number)


def signature() -> str:
    """As the canvas of a courier's phone sends it."""
    picture = Image.new("RGBA", (300, 150), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line((10, 10, 290, 140), fill=(16, 32, 31, 255), width=3)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return signatures.PREFIX + base64.b64encode(buffer.getvalue()).decode()


def bring(placed: Placed, *, now: datetime = NOON) -> FulfillmentOrder:
    """The receiver signs for it."""
    return sign(hand_over(placed, now=now), now=now)


def sign(fo: FulfillmentOrder, *, now: datetime = NOON) -> FulfillmentOrder:
    """A parcel that was handed over reaches its door."""
    fo = _drive(fo, now)
    delivery.sign(actor=staff("courier1"), code=fo.code, signature=signature(), now=now)
    return parcel_of(fo.demand.order_number)


def refuse(placed: Placed, *, now: datetime = NOON) -> FulfillmentOrder:
    """The receiver does not take it; it is back at the store."""
    fo = on_the_van(placed, now=now)
    delivery.refuse(actor=staff("courier1"), code=fo.code, reason="changed_mind", now=now)
    receive_back(actor=staff("manager1"), location_id=fo.location_id, code=fo.code, now=now)
    return parcel_of(placed)
