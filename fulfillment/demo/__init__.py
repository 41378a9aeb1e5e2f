"""The demo company's goods: where they lie, what they weigh on a tariff, which units they are."""

from datetime import datetime

from django.db import transaction

from .campaigns import load_campaigns
from .centre_costs import load_centre_costs
from .centres import load_centres
from .couriers import load_couriers
from .dealers import load_dealers
from .deliveries import load_deliveries
from .feeds import load_feeds
from .limits import load_limits
from .profiles import load_profiles
from .shelves import load_shelves
from .stock_care import load_stock_care
from .suppliers import load_suppliers
from .tariffs import load_tariffs
from .trunks import load_trunks


def load(*, now: datetime) -> None:
    """Twice changes nothing. The institutions and offerings of the demo company must be there."""
    with transaction.atomic():
        load_profiles()
        load_tariffs()
        load_trunks()
        load_limits()
        load_couriers()
        load_feeds(now=now)
        load_centres()
        load_centre_costs()
        load_shelves(now=now)
        load_deliveries(now=now)
        load_dealers(now=now)
        load_suppliers(now=now)
        load_stock_care(now=now)
        load_campaigns(now=now)
