"""Flash sales as pages and the placing of orders ask for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from omnichannel.kernel import prepared

from ..models import Campaign, CampaignItem, CampaignShare, CampaignUse

ANNOUNCED = timedelta(days=7)  # before its start
# On every product page. The one that begins first stands last, and for its article.
_ANNOUNCED = """
SELECT i.sku, c.code FROM fulfillment_campaignitem i JOIN fulfillment_campaign c ON c.id = i.campaign_id
WHERE i.sku = ANY(%(skus)s) AND c.is_on AND %(channel)s = ANY(c.channels)
    AND c.ends_at > %(now)s AND c.starts_at <= %(until)s
ORDER BY c.starts_at DESC
"""


@dataclass(frozen=True)
class SaleItem:
    """left: units that the flash sale still gives, over all; the stock may end before."""

    sku: str
    quantity: int
    per_customer: int
    left: int


@dataclass(frozen=True)
class Sale:
    """A flash sale. phase: announced, soon (one may queue), open or over.

    secret draws the order of those who came early.
    """

    id: int
    code: str
    title: str
    title_en: str
    channels: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    is_on: bool
    admit_per_minute: int
    admission_minutes: int
    secret: str
    items: tuple[SaleItem, ...]

    def phase(self, now: datetime) -> str:
        if not self.is_on or now >= self.ends_at:
            return "over"
        if now >= self.starts_at:
            return "open"
        return "soon" if now >= self.queue_opens else "announced"

    @property
    def queue_opens(self) -> datetime:
        return self.starts_at - timedelta(minutes=settings.CAMPAIGN_QUEUE_MINUTES)

    @property
    def left(self) -> int:
        return sum(item.left for item in self.items)

    @property
    def label(self) -> str:
        return self.title_en if (get_language() or "").startswith("en") else self.title


def sale(code: str) -> Sale | None:
    """Two statements."""
    found = Campaign.objects.filter(code=code).values().first()
    return _sale(found) if found else None


def announced(skus: Iterable[str], *, channel: str, now: datetime) -> dict[str, str]:
    """SKU → code of the flash sale that runs, or will within a week. One statement."""
    values = {"skus": sorted(set(skus)), "channel": channel, "now": now, "until": now + ANNOUNCED}
    return dict(prepared.tuples(_ANNOUNCED, values))


def has_ordered(*, campaign_id: int, ticket: str) -> bool:
    """The order by this admission stands."""
    uses = CampaignUse.objects.filter(item__campaign=campaign_id, ticket=ticket, given_back=False)
    return uses.exists()


def _sale(row: dict) -> Sale:
    items = CampaignItem.objects.filter(campaign_id=row["id"]).order_by("pk")
    items = items.annotate(left=Coalesce(Sum("shares__free"), 0))
    cards = (SaleItem(item.sku, item.quantity, item.per_customer, item.left) for item in items)
    return Sale(**row | {"channels": tuple(row["channels"]), "items": tuple(cards)})


def units_sold(item_id: int) -> tuple[int, int]:
    """Units in orders that stand, and units that came back from orders that do not."""
    uses = CampaignUse.objects.filter(item=item_id)
    sums = uses.aggregate(
        sold=Coalesce(Sum("units", filter=Q(given_back=False)), 0),
        back=Coalesce(Sum("units", filter=Q(given_back=True)), 0),
    )
    return sums["sold"], sums["back"]


def units_left(item_id: int) -> int:
    """Units that an article's flash sale still gives."""
    return CampaignShare.objects.filter(item=item_id).aggregate(left=Coalesce(Sum("free"), 0))["left"]
