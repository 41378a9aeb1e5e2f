"""A flash sale that is announced: a folding phone, next week, so that the played day sells as ever."""

from datetime import datetime, time, timedelta

from members.actors import SYSTEM
from members.channels import Channel
from omnichannel.kernel import clock

from ..models import Campaign, CampaignItem
from ..services import campaigns

CODE, SKU, UNITS = "fold-launch", "QINGYU-FOLD-2-CORAL-512GB", 60
STARTS_IN, LASTS = timedelta(days=6), timedelta(hours=12)
STARTS_AT = time(10)


def load_campaigns(*, now: datetime) -> None:
    """Twice changes nothing."""
    day = clock.local_day(now) + STARTS_IN
    starts_at = datetime.combine(day, STARTS_AT, clock.SHANGHAI)
    campaign, created = Campaign.objects.get_or_create(
        code=CODE,
        defaults={
            "title": "青屿 折 2 珊瑚色首发抢购",
            "title_en": "Qingyu Fold 2 in coral: first sale",
            "channels": [Channel.WEB, Channel.APP],
            "starts_at": starts_at,
            "ends_at": starts_at + LASTS,
        },
    )
    if created:
        CampaignItem.objects.create(campaign=campaign, sku=SKU, quantity=UNITS, per_customer=1)
        campaigns.share_out(actor=SYSTEM, campaign_id=campaign.pk)
