"""Corrections that the demo's finance has on its desk: one waits for the lead, one was turned down.

Nothing is posted, so that the books of the played day are its own.
"""

from datetime import datetime

from members.actors import actor_of
from members.models import User
from settlement.models import Adjustment
from settlement.services import adjustments
from settlement.services.business_day import current_day
from settlement.services.posting import Leg

INTEREST = (Leg("bank", None, 1_286_40), Leg("revenue", None, -1_286_40))
ROUNDING = (Leg("write_off", None, 3), Leg("suspense", None, -3))


def load(*, now: datetime) -> None:
    """Idempotent: where there is an adjustment, nothing is added."""
    if Adjustment.objects.exists():
        return
    clerk, lead = (actor_of(User.objects.get(username=name)) for name in ("fclerk", "flead"))
    common = {"actor": clerk, "original_date": current_day(), "now": now}
    refused = adjustments.propose(legs=ROUNDING, reason="暂记户三分尾差", **common)
    adjustments.reject(actor=lead, adjustment_id=refused.pk, answer="先查清尾差来自哪笔对账差异", now=now)
    adjustments.propose(legs=INTEREST, reason="备付金账户季度利息，银行回单已到", **common)
