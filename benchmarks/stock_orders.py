"""Whole orders of one hot SKU through the placement service, each by a customer of its own."""

from itertools import count

from oscar.apps.partner.models import Partner, StockRecord

from catalog.models import Offering
from members.actors import SYSTEM
from omnichannel.kernel import clock
from orders.services import placement, quoting
from orders.values import Customer, Delivery, Source, Terms, Wish
from tests.support.goods import SHANGHAI


class Shop:
    """A priced SKU with plenty of units."""

    def __init__(self, world):
        self.sku = world.sku()
        partner, _made = Partner.objects.get_or_create(name="bench")
        StockRecord.objects.create(
            product=Offering.objects.get(sku=self.sku).product,
            partner=partner,
            partner_sku=self.sku,
            price_currency="CNY",
            price=99,
        )

    def buyer(self):
        """make() for a storm."""
        wishes, now = [Wish(self.sku, 1)], clock.now()
        total = quoting.quote(wishes, channel="web", now=now).total_fen

        def make(client: int):
            numbers = count(1)

            def buy() -> str:
                phone = f"13{client:02d}{next(numbers):07d}"
                placement.place(
                    actor=SYSTEM,
                    wishes=wishes,
                    customer=Customer(phone=phone, name="林晓"),
                    delivery=Delivery(way="ship", destination=SHANGHAI),
                    terms=Terms(means="unipay", shown_total=total),
                    source=Source(channel="web"),
                    now=now,
                )
                return "done"

            return buy

        return make
