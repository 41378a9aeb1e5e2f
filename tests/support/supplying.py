"""Suppliers of the small company that dealers buy from: their people, their goods, and orders to them."""

from datetime import date, timedelta

from fulfillment.models import SupplierItem, SupplierOrder, SupplyContract
from fulfillment.services import supplier_answers, supplier_notices
from fulfillment.services.supplier_notices import Consignment
from omnichannel.kernel import clock
from tests.support.dealing import CARD, CASE, NOW, PHONE, Dealing

TODAY = clock.local_day(NOW)
DAY = timedelta(days=1)


class Supplying(Dealing):
    """`maker` lists phones, cards and cases and is the cheapest; `dear` lists phones and cases too."""

    def __init__(self):
        super().__init__()
        self.maker = self._institution("sp-maker", "supplier", "sp-maker/")
        self.dear = self._institution("sp-dear", "supplier", "sp-dear/")
        self.mary = self.actor(61, "partner", self.maker)
        self.dora = self.actor(62, "partner", self.dear)
        for sku, cost in ((PHONE, 1400_00), (CARD, 4_00), (CASE, 10_00)):
            SupplierItem.objects.create(supplier=self.maker, sku=sku, cost_fen=cost, lead_days=3)
        for sku, cost in ((PHONE, 1500_00), (CASE, 11_00)):
            SupplierItem.objects.create(supplier=self.dear, sku=sku, cost_fen=cost, lead_days=5)

    def bought(self, wanted: dict[str, int]) -> SupplierOrder:
        """Ordered by the dealer, approved, and bought from the maker."""
        return self.approved(wanted).supplier_orders.get()

    def confirmed(self, wanted: dict[str, int], day: date = TODAY + 3 * DAY) -> SupplierOrder:
        order = self.bought(wanted)
        return supplier_answers.confirm(actor=self.mary, number=order.number, promised_on=day, now=NOW)

    def to_make(self, wanted: dict[str, int], sku: str = CASE) -> SupplierOrder:
        """A production order: a contract has the article made."""
        SupplyContract.objects.create(
            number="KJ-1", supplier=self.maker, sku=sku, cost_fen=1_00, units=500, lead_days=20,
            to_order=True, starts=TODAY, ends=TODAY + 90 * DAY,
        )  # fmt: skip
        return self.bought(wanted)

    def sent(
        self, order: SupplierOrder, units: dict[str, int], *, key: str = "k", content: bytes = b"", **more
    ):
        values = {"waybill": "SF1001", "arrives_on": TODAY + 2 * DAY, "file_name": "serials.csv"}
        return supplier_notices.announce(
            actor=self.mary,
            number=order.number,
            key=key,
            sent=Consignment(units=units, content=content, **values | more),
            now=NOW,
        )
