"""Does the month hold together? Each check names what broke; a clean month returns an empty list."""

from datetime import date

from django.db.models import Sum

from omnichannel.demo_day.checks import WITH_OPERATORS
from omnichannel.invariants import promises
from omnichannel.kernel import clock
from omnichannel.kernel.models import OutboxMessage
from orders.models import Payment, Refund
from settlement.models import BatchState, BusinessDay, DayState, NetPosition, ReconBatch, ReconBreak, Trade
from settlement.queries.clearing_report import report
from settlement.services.sealing import root_before, seal_root

from .controls import Control, parties

__all__ = ["WITH_OPERATORS", "run"]


def run(days: list[date], controls: list[Control]) -> list[str]:
    """All breaches in words: promises, seals, control accounts, positions, report against orders."""
    return [
        *(f"{each.name}: {', '.join(each.examples)}" for each in promises(now=clock.now()) if each.breaches),
        *_days(days),
        *(
            f"{row.kind}: ledger {row.ledger_fen}, {row.what} {row.other_fen}"
            for row in controls
            if not row.holds
        ),
        *(
            f"{code}: owed {owed} fen, positions say {told}"
            for code, owed, told in parties(days[-1])
            if owed != told
        ),
        *_reports(days),
        *_ties(),
        *_open_ends(),
    ]


def _days(days: list[date]) -> list[str]:
    """Each is sealed, and its seal is what its postings give again; positions of each sum to zero."""
    found = []
    for row in BusinessDay.objects.filter(business_date__in=days).order_by("business_date"):
        if row.state != DayState.SEALED:
            found.append(f"{row} is {row.state}")
        elif seal_root(day=row.business_date, before=root_before(row.business_date)) != row.seal_root:
            found.append(f"the seal of {row} is broken")
    sums = NetPosition.objects.values_list("business_date").annotate(fen=Sum("amount_fen")).exclude(fen=0)
    return found + [f"positions of {day} sum to {fen} fen" for day, fen in sums]


def _reports(days: list[date]) -> list[str]:
    return [f"the report of {day} does not tie to its trades" for day in days if not report(day=day).ties]


def _ties() -> list[str]:
    """Captured and refunded by the orders = payments and refunds in the reports, to the fen."""
    given = Refund.objects.filter(state=Refund.State.SUCCEEDED)
    sides = {
        ("payment", "card_sale"): (Payment.objects.all(), "captured_fen", 1),
        ("refund", "card_refund"): (given, "amount_fen", -1),
    }
    found = []
    for kinds, (rows, field, sign) in sides.items():
        ours = rows.aggregate(fen=Sum(field, default=0))["fen"]
        booked = (
            sign
            * Trade.objects.filter(kind__in=kinds)
            .exclude(means="funded")
            .aggregate(fen=Sum("amount_fen", default=0))["fen"]
        )
        if ours != booked:
            found.append(f"{kinds[0]}: orders say {ours} fen, trades {booked}")
    return found


def _open_ends() -> list[str]:
    dead = OutboxMessage.objects.dead().count()
    unsigned = ReconBatch.objects.exclude(state=BatchState.SIGNED_OFF).count()
    live = ReconBreak.objects.exclude(state="resolved").count()
    named = {"dead messages": dead, "statements not signed off": unsigned, "breaks open": live}
    return [f"{count} {what}" for what, count in named.items() if count]
