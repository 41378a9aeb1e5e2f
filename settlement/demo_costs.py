"""What the channels of the demo company cost last month and this, and how many queries they answered.

The amounts are invented; they make a counter transaction several times as dear as one on the web.
"""

from datetime import datetime, timedelta

from members.actors import SYSTEM
from settlement.models import CostImport
from settlement.services.business_day import current_day
from settlement.services.costs import import_costs

BRANCHES = ("br-sh", "br-js", "br-zj", "br-gd")
# Yuan a month and branch: depreciation, lease, labour, other; queries a month.
COSTS = {
    "store": (420, 960, 1_850, 230, 310),
    "hotline": (150, 90, 640, 75, 420),
    "web": (260, 0, 120, 64, 1_900),
    "app": (240, 0, 110, 48, 2_600),
    "kiosk": (310, 140, 60, 35, 540),
    "dealer": (45, 0, 95, 20, 30),
}
KINDS = ("depreciation", "lease", "labour", "other", "queries")


def load(*, now: datetime) -> None:
    """Idempotent: the costs of last month and this one, once."""
    if CostImport.objects.exists():
        return
    this = current_day().replace(day=1)
    for month in ((this - timedelta(days=1)).replace(day=1), this):
        name = f"channel-costs-{month:%Y-%m}.csv"
        import_costs(actor=SYSTEM, content=_file(f"{month:%Y-%m}").encode(), file_name=name, now=now)


def _file(month: str) -> str:
    rows = ["reference,branch,channel,month,kind,amount"]
    for size, branch in enumerate(BRANCHES, start=3):
        for channel, figures in COSTS.items():
            for kind, figure in zip(KINDS, figures, strict=True):
                if figure:
                    amount = figure * size // 4
                    rows.append(
                        f"{month}-{branch}-{channel}-{kind},{branch},{channel},{month},{kind},{amount}"
                    )
    return "\n".join(rows)
