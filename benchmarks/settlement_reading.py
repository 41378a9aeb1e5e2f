"""Reading a million trades: each report page, each file, and the comparison of two rule versions.

    python -m benchmarks.within_django benchmarks.settlement_reading      (as the owner)

Asks for every page twice through Django's test client, as an auditor, and notes queries and the second
time; a page that took longer than SLOW is asked once. Prints one line of JSON.
"""

import json
import time
from datetime import date, timedelta

from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.settlement_trades import NOON, night
from members.actors import actor_of
from members.models import Institution, StaffRole, User
from omnichannel.kernel import clock
from settlement.models import DayState, LedgerAccount, OrderShareTerms, SplitRule, Trade
from settlement.services import business_day, product_report, rule_comparison, rules
from settlement.services.rule_lines import LineSpec

SLOW = 5.0
STREAMED = 200_000
LONGEST = 60  # seconds of a statement; what takes longer is told as that
DAY = business_day.business_day_of(NOON)
PERIOD = f"?begin={DAY}&end={DAY}"
FIRST_OF_A_LINE = LineSpec("platform", "percentage", ppm=70_000), LineSpec("seller", "residual")

# What the generator leaves out, from its frozen shares: order lines as another rule would be asked of them.
_LINES = """
INSERT INTO settlement_ordertermsline
    (terms_id, line_id, kind, seller_id, seller_kind, rule_version_id, amount_fen, net_fen)
SELECT s.terms_id, s.line_id, coalesce(nullif(r.offering_kind, ''), 'accessory'),
       max(s.institution_id) FILTER (WHERE s.role = 'seller'), r.seller_kind, s.rule_version_id,
       sum(s.amount_fen), sum(s.amount_fen) - sum(s.amount_fen) * 6000 / 1000000
FROM settlement_ordershare s JOIN settlement_splitruleversion v ON v.id = s.rule_version_id
JOIN settlement_splitrule r ON r.id = v.rule_id
GROUP BY s.terms_id, s.line_id, r.offering_kind, r.seller_kind, s.rule_version_id;
ANALYZE settlement_ordertermsline
"""


def people() -> dict[str, User]:
    root = Institution.objects.get(code="huatong")
    found = {}
    for name, role in (("clerk", "finance_clerk"), ("auditor", "auditor")):
        found[name] = User.objects.create(username=name, is_staff=True)
        StaffRole.objects.create(user=found[name], role=role, institution=root)
    return found


def pages() -> dict[str, str]:
    """Every report page as it opens, and one of each lower level."""
    trade = Trade.objects.filter(kind="payment").order_by("-pk").first()
    pending = LedgerAccount.objects.get(kind="split_pending")
    reports = "/finance/reports"
    return {
        "days": "/finance/",
        "day": f"/finance/day/{DAY}/",
        "positions and matrix": f"/finance/day/{DAY}/positions/",
        "trades": f"/finance/trades/?day={DAY}",
        "shares behind a figure": f"/finance/trades/shares/{PERIOD}&party=merchant-7&column=payments",
        "shares, all": f"/finance/trades/shares/{PERIOD}",
        "order": f"/finance/order/{trade.order_number}/",
        "by institution and channel": f"{reports}/clearing/{PERIOD}",
        "by channel": f"{reports}/clearing/{PERIOD}&by=channel",
        "by day": f"{reports}/clearing/{PERIOD}&by=day",
        "by month": f"{reports}/clearing/{PERIOD}&by=month",
        "by product": f"{reports}/clearing/{PERIOD}&by=product",
        "product's trades": f"{reports}/clearing/parts/{PERIOD}&by=product&product=-&party=merchant-7",
        "statements": f"{reports}/statements/?month={DAY:%Y-%m}",
        "statement of one": f"/finance/statement/merchant-7/?month={DAY:%Y-%m}",
        "fees": f"{reports}/fees/{PERIOD}",
        "channel cost": f"{reports}/costs/?end={DAY:%Y-%m}",
        "points": "/finance/ledger/points/",
        "trial balance": "/finance/ledger/",
        "account of a million postings": f"/finance/ledger/{pending.pk}/",
        "breaks": "/finance/reconciliation/",
        "audit trail": "/finance/audit/",
    }


def asked(client: Client, address: str) -> tuple[float, int]:
    """Seconds and queries of an answer, streamed to its end."""
    with CaptureQueriesContext(connection) as queries:
        begun = time.perf_counter()
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        size = sum(map(len, answer.streaming_content)) if answer.streaming else len(answer.content)
        spent = time.perf_counter() - begun
    assert size
    return spent, len(queries)


def timed(client: Client, address: str) -> dict:
    try:
        first, queries = asked(client, address)
    except OperationalError:
        return {"seconds": LONGEST, "queries": 0}
    spent = first if first > SLOW else asked(client, address)[0]
    return {"seconds": round(spent, 3), "queries": queries}


def streamed(client: Client) -> dict:
    """The day's shares as CSV: when the first line is there, and the first STREAMED of them."""
    begun = time.perf_counter()
    answer = client.get(f"/finance/trades/shares.csv{PERIOD}")
    lines, first = 0, None
    for piece in answer.streaming_content:
        first = first or time.perf_counter() - begun
        lines += piece.count(b"\n")
        if lines > STREAMED:
            answer.close()
            break
    spent = time.perf_counter() - begun
    return {"first": round(first, 3), "seconds": round(spent, 1), "rows": lines - 1}


def compared(clerk: User) -> dict:
    """Two versions of the merchants' rule over the last month, all of whose trades are of one day."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES)
    now = night()
    made = rules.propose_version(
        actor=actor_of(clerk), rule_id=SplitRule.objects.get(code="merchant").pk, lines=FIRST_OF_A_LINE,
        valid_from=business_day.current_day() + timedelta(days=1), now=now,
    )  # fmt: skip
    row, begun, longest = made.comparisons.get(), time.perf_counter(), 0.0
    while row.done_at is None:
        at = time.perf_counter()
        rule_comparison.compare_day(comparison_id=row.pk, day=row.next_day, now=now)
        longest = max(longest, time.perf_counter() - at)
        row.refresh_from_db()
    return {"seconds": round(time.perf_counter() - begun, 1), "longest_day": round(longest, 1),
            "lines": row.lines, "page": f"/finance/rules/comparisons/{row.pk}/"}  # fmt: skip


def frozen_at_index(client: Client, address: str) -> dict:
    """The cost report with and without an index on when orders were frozen."""
    without = timed(client, address)["seconds"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX bench_frozen ON settlement_ordershareterms (frozen_at)")
        cursor.execute("ANALYZE settlement_ordershareterms")
    having = timed(client, address)["seconds"]
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX bench_frozen")
    return {"orders": OrderShareTerms.objects.count(), "without": without, "with": having}


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    found = people()
    client = Client(headers={"accept-language": "en"})
    client.force_login(found["auditor"])
    assert business_day.BusinessDay.objects.get(business_date=DAY).state != DayState.OPEN
    with clock.override(night()):
        begun = time.perf_counter()
        product_report.fold_due(now=night())
        told = {"fold": round(time.perf_counter() - begun, 1), "comparison": compared(found["clerk"])}
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = '{LONGEST}s'")
        told["pages"] = {name: timed(client, address) for name, address in pages().items()}
        told["pages"]["comparison's page"] = timed(client, told["comparison"].pop("page"))
        told["csv"] = streamed(client)
        empty = date(DAY.year - 1, 1, 1)
        told["frozen_at"] = {
            "this month": frozen_at_index(client, f"/finance/reports/costs/?end={DAY:%Y-%m}"),
            "an empty month": frozen_at_index(client, f"/finance/reports/costs/?end={empty:%Y-%m}"),
        }
    print(json.dumps(told))
