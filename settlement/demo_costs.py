"""What the channels of the demo company cost last month and this, and how many queries they answered.

The amounts are invented; they make a transaction at a counter several times as dear as one on the web. Cities
bear the costs of their stores, the carrier those of the channels that know no place.
"""

from datetime import datetime, timedelta

from members.actors import SYSTEM
from settlement.models import CostImport
from settlement.services.business_day import current_day
from settlement.services.costs import import_costs

KINDS = ("depreciation", "lease", "labour", "other", "queries")
# Yuan a month: depreciation, lease, labour, other; queries a month.
STORES = (420, 960, 1_850, 230, 310)
CITIES = {"br-sh": 6, "br-nj": 3, "br-szh": 3, "br-hz": 4, "br-nb": 2, "br-gz": 4, "br-szn": 4}  # quarters
CENTRAL = {
    "hotline": (600, 360, 2_560, 300, 1_680),
    "web": (1_040, 0, 480, 256, 7_600),
    "app": (960, 0, 440, 192, 10_400),
    "kiosk": (1_240, 560, 240, 140, 2_160),
    "dealer": (180, 0, 380, 80, 120),
}


def load(*, now: datetime) -> None:
    """Idempotent: the costs of last month and this one, once."""
    if CostImport.objects.exists():
        return
    this = current_day().replace(day=1)
    for month in ((this - timedelta(days=1)).replace(day=1), this):
        name = f"channel-costs-{month:%Y-%m}.csv"
        import_costs(actor=SYSTEM, content=_file(f"{month:%Y-%m}").encode(), file_name=name, now=now)


def _file(month: str) -> str:
    rows = [("huatong", channel, figures) for channel, figures in CENTRAL.items()]
    for city, quarters in CITIES.items():
        rows.append((city, "store", tuple(figure * quarters // 4 for figure in STORES)))
    lines = [
        f"{month}-{branch}-{channel}-{kind},{branch},{channel},{month},{kind},{figure}"
        for branch, channel, figures in rows
        for kind, figure in zip(KINDS, figures, strict=True)
        if figure
    ]
    return "\n".join(("reference,branch,channel,month,kind,amount", *lines))
