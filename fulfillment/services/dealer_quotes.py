"""What dealers may order, and at which price."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from catalog.queries import offerings, prices
from catalog.values import OfferingFacts
from members.channels import SUPPLY
from members.queries import institutions_by_ids
from omnichannel.kernel.errors import Invalid

# As they stand in the form. Cards come blank; telephone numbers have their own lines (dealer_number_quotes).
KINDS = ("device", "sim", "recharge_card", "accessory")
MOST_UNITS = 10_000
SELLERS = ("carrier", "branch")


class NothingOrdered(Invalid):
    code = "dealer_order_empty"
    message = _("Enter how many you want of at least one article.")


class UnitsWrong(Invalid):
    code = "quantity_invalid"
    message = _("%(sku)s: order between 1 and 10,000 units.")


class NotForDealers(Invalid):
    code = "sku_not_for_dealers"
    message = _("%(sku)s cannot be ordered by dealers.")


def orderable() -> list[OfferingFacts]:
    """The carrier's own terminals, SIM and recharge cards, accessories; two statements."""
    return _ours(offerings.of_kind(*KINDS))


def is_orderable(sku: str) -> bool:
    return bool(_ours(offerings.by_sku([sku]).values()))


def _ours(found: Iterable[OfferingFacts]) -> list[OfferingFacts]:
    found = list(found)
    sellers = institutions_by_ids({facts.seller_id for facts in found})
    return [facts for facts in found if facts.kind in KINDS and sellers[facts.seller_id].kind in SELLERS]


def prices_for(dealer_id: int | None, facts: Iterable[OfferingFacts], *, now: datetime) -> dict[str, int]:
    """What a dealer (None: any without a price of its own) pays us for a unit, fen by SKU; two statements.

    An article without a price is absent: it is not for sale.
    """
    known = list(facts)
    tags = prices.price_tags(
        product_ids=[each.product_id for each in known], channel=SUPPLY, institution_id=dealer_id, now=now
    )
    return {each.sku: tags[each.product_id].amount for each in known if each.product_id in tags}


def quote(dealer_id: int, wanted: Mapping[str, int], *, now: datetime) -> dict[str, tuple[int, int]]:
    """(units, unit price in fen) by SKU. Raises NothingOrdered, UnitsWrong, NotForDealers."""
    if not wanted:
        raise NothingOrdered(field="units")
    paid = prices_for(dealer_id, _ours(offerings.by_sku(wanted).values()), now=now)
    lines = {}
    for sku, units in wanted.items():
        if sku not in paid:
            raise NotForDealers(field="units", sku=sku)
        if not 0 < units <= MOST_UNITS:
            raise UnitsWrong(field="units", sku=sku)
        lines[sku] = (units, paid[sku])
    return lines
