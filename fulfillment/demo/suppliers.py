"""The demo's supplier: an order to confirm, one that is made, one that was sent, and its listings."""

import io
from datetime import datetime, timedelta

from catalog.pictures import draw
from members.actors import Actor, Grant
from members.queries import institution_by_code
from members.values import InstitutionCard
from omnichannel.kernel import clock

from ..models import DealerOrder, SupplierItem, SupplierListing, SupplierOrder, SupplyContract
from ..services import listing_review, supplier_answers, supplier_listings, supplier_notices
from ..services.supplier_listings import Offered
from ..services.supplier_notices import Consignment
from .dealers import LATE, scarce_order

CODE, PERSON = "sp-nebula", "方志强"
SENT_PERCENT, MAKING, ASKED = 60, timedelta(days=6), timedelta(hours=40)
NEW_COST_PERCENT, TERMINAL = 98, "NB-POCKET-5G"


def load_suppliers(*, now: datetime) -> None:
    """After the dealers, whose orders drive ours. Twice changes nothing."""
    if SupplierListing.objects.exists():
        return
    supplier = institution_by_code(CODE)
    person = Actor(name=PERSON, grants=frozenset([Grant("partner", supplier.id, supplier.path)]))
    _sent(person, now)
    _made(person, supplier, now)
    scarce_order(2, "demo-scarce-asked", now - ASKED)
    _cheaper(person, supplier, now)
    _offered(person, supplier, now)


def _sent(person: Actor, now: datetime) -> None:
    """A part of the order that is late is on its way."""
    order = _order_of(DealerOrder.objects.get(key="demo-scarce"))
    said = now - LATE + timedelta(hours=27)
    supplier_answers.confirm(actor=person, number=order.number, promised_on=order.expected_on, now=said)
    line = order.lines.get()
    sent = Consignment(
        units={line.sku: line.quantity * SENT_PERCENT // 100},
        carrier="星云物流",
        waybill="XY2611190073",
        arrives_on=clock.local_day(now),
    )
    then = now - timedelta(hours=40)
    supplier_notices.announce(actor=person, number=order.number, key="demo", sent=sent, now=then)


def _made(person: Actor, supplier: InstitutionCard, now: datetime) -> None:
    """A production order: two days later than agreed, and under way."""
    at = now - MAKING
    item = _cheap_item(supplier, 1)
    SupplyContract.objects.filter(supplier=supplier.id, sku=item.sku).update(to_order=True, lead_days=20)
    order = _order_of(scarce_order(1, "demo-scarce-made", at))
    values = {"actor": person, "number": order.number}
    day = order.expected_on + timedelta(days=2)
    supplier_answers.confirm(promised_on=day, note="模具检修", now=at + timedelta(hours=9), **values)
    supplier_answers.start_production(now=at + timedelta(hours=52), **values)


def _cheap_item(supplier: InstitutionCard, rank: int) -> SupplierItem:
    """The supplier's items by cost, as its accessories are by price."""
    return SupplierItem.objects.filter(supplier=supplier.id).order_by("cost_fen", "sku")[rank]


def _order_of(order: DealerOrder) -> SupplierOrder:
    return order.supplier_orders.get()


def _cheaper(person: Actor, supplier: InstitutionCard, now: datetime) -> None:
    """A lower cost, proposed and accepted some days ago."""
    item = SupplierItem.objects.filter(supplier=supplier.id).order_by("-cost_fen", "sku").first()
    cost = item.cost_fen * NEW_COST_PERCENT // 100
    row = supplier_listings.propose(
        actor=person,
        supplier_id=supplier.id,
        key="demo-cheaper",
        offered=Offered(item.sku, cost, item.lead_days, item.lot),
        now=now - timedelta(hours=140),
    )
    house = institution_by_code("huatong")
    reviewer = Actor(name="陆敏", grants=frozenset([Grant("operator", house.id, house.path)]))
    listing_review.accept(actor=reviewer, listing_id=row.pk, now=now - timedelta(hours=115))


def _offered(person: Actor, supplier: InstitutionCard, now: datetime) -> None:
    """A terminal that we do not have, to be reviewed."""
    supplier_listings.propose(
        actor=person,
        supplier_id=supplier.id,
        key="demo-terminal",
        offered=Offered(
            sku=TERMINAL,
            cost_fen=612_00,
            lead_days=9,
            lot=10,
            is_new=True,
            title="星云 Pocket 5G 随身路由",
            title_en="Nebula Pocket 5G Router",
            brand="星云",
            model="NB-P5G",
            description="5G 随身路由，双频 Wi-Fi 7，5000 毫安时电池，可连 32 台设备。",
            description_en="A 5G pocket router: dual-band Wi-Fi 7, a 5,000 mAh battery, 32 devices at once.",
            picture=_picture(),
        ),
        now=now - timedelta(hours=20),
    )


def _picture() -> bytes:
    out = io.BytesIO()
    draw("router", seed=82).convert("RGB").resize((640, 640)).save(out, "JPEG", quality=85)
    return out.getvalue()
