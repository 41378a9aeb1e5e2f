"""Money at the wrong time: told after midnight, given back after it was paid out."""

from datetime import date, datetime, timedelta
from random import Random

from members.actors import SYSTEM
from members.queries import institution_by_code
from omnichannel.demo_day import money
from omnichannel.kernel import clock
from orders.models import LineTerms, OrderIntake, State
from orders.services import refunds
from settlement.models import FundTransfer, TransferState

# Paid out long enough ago that the bank has answered.
DAYS_AGO = timedelta(days=2)


def tell_after_midnight(numbers: list[str], *, now: datetime) -> None:
    money.tell_late(numbers, now=now)


def give_back(*, day: date, count: int, chance: Random, now: datetime) -> list[str]:
    """Customers bring back a merchant's goods whose price the merchant has in the bank already."""
    rows = _paid_out(clock.day_bounds(day)[0] - DAYS_AGO)
    chosen = chance.sample(rows, min(count, len(rows)))
    for line in chosen:
        amount = line.amount_fen // max(1, line.quantity)
        refunds.refund(
            order_number=line.intake.number,
            line_amounts=[(line.pk, amount)],
            reason="结算后退货",
            actor=SYSTEM,
            now=now,
            key=f"returned:{line.pk}",
        )
    return [line.intake.number for line in chosen]


def _paid_out(before: datetime) -> list[LineTerms]:
    """Lines of completed orders, paid through the provider, of sellers who got their money since."""
    paid = FundTransfer.objects.filter(
        state=TransferState.SUCCEEDED, business_date__gte=clock.local_day(before)
    )
    own = institution_by_code("huatong").id
    done = OrderIntake.objects.filter(
        state=State.COMPLETED, placed_at__lt=before + timedelta(days=1), refunds=None
    )
    rows = LineTerms.objects.filter(intake__in=done, seller_id__in=paid.values("institution_id"))
    rows = rows.filter(intake__payments__means="unipay", amount_fen__gt=0).exclude(seller_id=own)
    return list(rows.select_related("intake").order_by("pk").distinct())
