"""What several rows of stock must be locked for, in the one order: whose holds, levels by key, then units.

A unit's level is locked before the unit itself, as by whoever ships, counts or transfers them.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError

from ..models import CampaignShare, CampaignUse, FulfillmentDemand, SerialUnit, StockLevel

Shelf = tuple[str, int]  # SKU and location

# The same lock as fulfillment_check_holds takes: one order of a customer is counted at a time.
_HOLDERS = "SELECT pg_advisory_xact_lock(hashtextextended('hold ' || name, 0)) FROM unnest(%s::text[]) name"


class UnitMoved(DomainError):
    code = "serial_moved"
    message = _("%(serial)s is being moved at this moment. Try again.")


def lock_shelves(shelves: Iterable[Shelf], *, anywhere: Iterable[str] = ()) -> None:
    """Lock the levels of these shelves, and of the SKUs `anywhere` those at every location. One statement."""
    here: dict[int, set[str]] = defaultdict(set)
    for sku, location_id in shelves:
        here[location_id].add(sku)
    rows = Q(sku__in=set(anywhere))
    for location_id, skus in here.items():
        rows |= Q(location_id=location_id, sku__in=skus)
    levels = StockLevel.objects.filter(rows).order_by("pk").select_for_update(no_key=True)
    list(levels.values_list("pk", flat=True))


def lock_unit(serial: str, *, at: int | None = None) -> SerialUnit | None:
    """The unit, locked after its level, which is that of the location `at` where one is named.

    None when nobody knows the serial. Raises UnitMoved.
    """
    seen = SerialUnit.objects.filter(serial=serial).values_list("sku", "location_id").first()
    if seen is None:
        return None
    sku, location_id = seen
    lock_shelves([(sku, at or location_id)])
    units = SerialUnit.objects.select_for_update(of=("self",)).select_related("location")
    unit = units.get(serial=serial)
    if (unit.sku, unit.location_id) != seen:
        raise UnitMoved(serial=serial)
    return unit


def lock_holders(demands: Iterable[FulfillmentDemand]) -> None:
    """Before levels: the customers whose locked holds are given up and taken anew, and their flash sales."""
    demands = list(demands)
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, [sorted({row.customer for row in demands if row.customer})])
    uses = CampaignUse.objects.filter(demand__in=demands, given_back=False)
    shares = CampaignShare.objects.filter(item__in=uses.values("item")).order_by("item_id", "number")
    list(shares.select_for_update(no_key=True).values_list("pk", flat=True))
