"""Reports of finance: what they sum to is what the ledger says, and every figure leads down to its trades."""

import csv
import io
from datetime import date, timedelta
from itertools import pairwise

import openpyxl
import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from django.utils import translation

from members.events import PointsEarned
from members.models import User
from settlement.models import LedgerAccount, Posting, ProductFold, ProductLine, TradeShare
from settlement.queries import (
    clearing_groups,
    group_labels,
    monthly,
    points,
    product_parts,
    product_sql,
    provider_fees,
    trades,
)
from settlement.queries.clearing_groups import Asked
from settlement.services import business_day, facts, night, product_report
from tests.settlement.world import NOON

DAY = business_day.business_day_of(NOON)
NEXT = DAY + timedelta(days=1)
BOTH = [DAY, NEXT]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def client_of(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


@pytest.fixture
def two_days(world, handed_over):
    """Orders of two merchants and a store, a partial refund on the second day, freight, a late hand-over."""
    first = world.order(100_01, ("merchant_goods", "mc", 50_00), shipping=10_00, store="st-1")
    world.confirm(first)
    payment = world.pay(first)
    handed_over(first, "wh", "cr", 8_00)
    second = world.order(33_33, store="st-2", channel="store")
    world.confirm(second)
    world.pay(second)
    night.run_due(now=world.tomorrow())
    line = world.terms[first].lines[1].line_id
    world.refund(first, payment, [[line, 20_00], [world.terms[first].lines[0].line_id, 7]])
    night.run_due(now=world.tomorrow())
    world.first = first
    return world


def cleared_postings() -> dict[int | None, int]:
    """What clearing posted to each institution's accounts, as the ledger has it."""
    rows = Posting.objects.filter(journal__kind="clearing", account__institution__isnull=False)
    sums = rows.values("account__institution").annotate(fen=-Sum("amount_fen"))
    return {row["account__institution"]: row["fen"] for row in sums}


@pytest.mark.parametrize("by", ["institution", "channel", "product", "day", "month"])
@pytest.mark.parametrize("then", ["", "channel", "day"])
def test_every_grouping_sums_to_the_ledger(two_days, by, then):
    asked = Asked(DAY, NEXT, by=by, then=then)
    lines = clearing_groups.lines(asked)
    assert sum(line.total for line in lines) == clearing_groups.booked_fen(asked) != 0


def test_an_institutions_rows_are_its_clearing_postings(two_days):
    lines = clearing_groups.lines(Asked(DAY, NEXT))
    found = {int(line.keys[0]): line.total for line in lines if line.keys[0].isdigit()}
    booked = cleared_postings()
    assert {party: fen for party, fen in found.items() if fen} == {p: fen for p, fen in booked.items() if fen}


@pytest.mark.parametrize("by", ["institution", "channel", "day", "month"])
def test_every_figure_is_the_sum_of_the_shares_behind_it(two_days, by):
    asked = Asked(DAY, NEXT, by=by, then="channel")
    for row in group_labels.shown(asked, clearing_groups.lines(asked)):
        for column, fen in row.line.amounts.items():
            behind = dict(row.behind)
            behind |= {name: date.fromisoformat(behind[name]) for name in ("begin", "end")}
            found = trades.shares(column=column, **behind)
            assert found.aggregate(fen=Sum("amount_fen", default=0))["fen"] == fen


def test_a_figure_leads_to_the_order_in_three_clicks(two_days):
    client = client_of("auditor")
    page = client.get(reverse("settlement:report-clearing"), {"begin": DAY, "end": NEXT}).content.decode()
    shares = (
        f"/finance/trades/shares/?begin={DAY}&amp;end={NEXT}&amp;party=mc&amp;channel=web&amp;column=payments"
    )
    assert shares in page
    found = client.get(shares.replace("&amp;", "&"))
    order = reverse("settlement:order", args=[two_days.first])
    assert order in found.content.decode()
    assert client.get(order).status_code == 200


def parts_of(day: date) -> dict[int, int]:
    """Sum of the parts of every share of a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {product_sql.PARTS} SELECT id, sum(amount_fen)::bigint FROM parts GROUP BY id",
            {"days": [day]},
        )
        return dict(cursor.fetchall())


@pytest.mark.parametrize("day", BOTH)
def test_a_share_is_spread_over_its_goods_to_the_fen(two_days, day):
    shares = dict(TradeShare.objects.filter(business_date=day).values_list("pk", "amount_fen"))
    assert shares
    assert parts_of(day) == shares


def test_a_products_figure_leads_to_its_parts(two_days):
    """The orders of these tests have no lines in the shop, so only shipping has a name."""
    asked = Asked(DAY, NEXT, by="product")
    totals = {line.keys[0]: line.amounts for line in clearing_groups.lines(asked)}
    assert totals["shipping"]["payments"] == 10_00
    found = product_parts.parts(Asked(DAY, NEXT, product="shipping"), column="payments")
    assert (found.sum_fen, {row["order_number"] for row in found.rows}) == (10_00, {two_days.first})


def test_folded_days_say_what_live_ones_say(two_days):
    asked = Asked(DAY, NEXT, by="product", then="institution")
    live = {line.keys: line.amounts for line in clearing_groups.lines(asked) if any(line.amounts.values())}
    assert product_report.fold_due(now=NOON) == [NEXT, DAY]
    assert ProductFold.objects.count() == 2
    folded = {line.keys: line.amounts for line in clearing_groups.lines(asked) if any(line.amounts.values())}
    assert folded == live
    rows = ProductLine.objects.count()
    assert product_report.fold_due(now=NOON) == []
    assert not product_report.fold(day=DAY, now=NOON)
    assert ProductLine.objects.count() == rows


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("?begin=2026-11-22&end=2026-11-01", 400),
        ("?begin=2020-01-01&end=2026-11-01", 400),
        ("?by=colour", 400),
        ("?by=institution&then=colour", 400),
        ("?begin=21.11.2026", 400),
        ("?party=nobody", 200),
        ("?product=s:none", 200),
        ("?page=999", 200),
        ("?begin=2030-01-01", 200),
    ],
)
def test_what_an_address_may_ask(two_days, asked, status):
    assert client_of("auditor").get(reverse("settlement:report-clearing") + asked).status_code == status


def test_files_carry_the_reports_sums(two_days):
    client, asked = client_of("auditor"), {"begin": DAY, "end": NEXT, "by": "institution", "then": "day"}
    lines = clearing_groups.lines(Asked(DAY, NEXT, by="institution", then="day"))
    total = sum(line.total for line in lines)
    text = b"".join(client.get(reverse("settlement:report-clearing-csv"), asked).streaming_content)
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert sum(round(float(row["total"]) * 100) for row in rows) == total
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("settlement:report-clearing-xlsx"), asked).content), data_only=True
    )
    cells = list(book.active.values)
    assert len(cells) == len(lines) + 2
    assert round(cells[-1][-1] * 100) == total


def statement(code: str) -> monthly.Monthly:
    return monthly.statement(code=code, month=DAY.replace(day=1))


@pytest.mark.parametrize("code", ["mc", "st-1", "st-2", "wh", "cr", "pp-unipay", "huatong"])
def test_a_statement_equals_the_ledger(two_days, code):
    found = statement(code)
    accounts = LedgerAccount.objects.filter(institution__code=code).exclude(kind__in=monthly.OUTSIDE)
    booked = -Posting.objects.filter(account__in=accounts).aggregate(fen=Sum("amount_fen", default=0))["fen"]
    assert found.opening + found.moved == found.closing == booked
    assert sum(after for _label, _before, after in found.accounts) == booked
    assert sum(fen for _label, fen in found.kinds) == found.moved
    assert "Difference between shares and books" not in dict(found.kinds)


def test_a_statement_opens_with_what_the_month_before_left(two_days):
    later = monthly.statement(code="mc", month=date(2026, 12, 1))
    assert (later.opening, later.moved) == (statement("mc").closing, 0)


def test_sealed_days_and_open_ones_make_the_same_statement(two_days):
    before = statement("mc")
    client, clerk = client_of("flead"), client_of("fclerk")
    clerk.post(reverse("settlement:day-action", args=[DAY, "propose"]))
    for action in ("confirm", "export", "close"):
        client.post(reverse("settlement:day-action", args=[DAY, action]))
    after = statement("mc")
    moved = dict(after.kinds)
    paid = sum(fen for label, fen in moved.items() if label not in dict(before.kinds))
    assert after.opening + after.moved == after.closing
    assert after.closing == before.closing + paid
    everybody = {row["code"]: row for row in monthly.everybody(month=DAY.replace(day=1))}
    assert everybody["mc"]["closing"] == after.closing


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_paper_is_a_pdf_in_both_languages(two_days, language):
    client = client_of("auditor")
    answer = client.get(
        reverse("settlement:statement-pdf", args=["mc"]), {"month": "2026-11"},
        headers={"accept-language": language},
    )  # fmt: skip
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert answer.content.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize("month", ["2026-13", "11-2026", "2027-01", "0000-01", "x"])
def test_a_month_that_is_none_is_refused(two_days, month):
    answer = client_of("auditor").get(reverse("settlement:report-statements"), {"month": month})
    assert answer.status_code == 400


def test_fees_estimated_and_open_are_the_accounts_of_the_ledger(two_days):
    found = provider_fees.fees(begin=DAY, end=NEXT, by="day")
    shares = TradeShare.objects.filter(account_kind="fee_accrued").aggregate(fen=Sum("amount_fen"))["fen"]
    assert found.total.estimate == shares > 0
    assert found.ties
    assert (found.total.billed, found.total.open) == (0, shares)
    later = provider_fees.fees(begin=NEXT, end=NEXT)
    assert later.total.open == found.total.open
    assert later.total.estimate < found.total.estimate


def test_points_history_ends_at_the_ledgers_balance(two_days, db):
    facts.points_earned(PointsEarned(txn_id=1, member_id=1, points=500, value_fen=500,
                                     reference="r", occurred_at=two_days.now.isoformat()))  # fmt: skip
    months = points.history()
    assert months[-1].closing == points.liability(day=NEXT).ledger_fen == 500
    assert all(one.closing == after.opening for one, after in pairwise(months))


def test_reports_ask_a_bounded_number_of_queries(two_days, django_assert_max_num_queries):
    client = client_of("flead")
    limits = {
        reverse("settlement:report-clearing") + f"?begin={DAY}&end={NEXT}": 9,
        reverse("settlement:report-clearing") + f"?begin={DAY}&end={NEXT}&by=product&then=day": 10,
        reverse("settlement:report-parts") + f"?begin={DAY}&end={NEXT}&product=shipping": 8,
        reverse("settlement:shares") + f"?begin={DAY}&end={NEXT}": 9,
        reverse("settlement:report-statements"): 5,
        reverse("settlement:statement-month", args=["mc"]): 12,
        reverse("settlement:report-fees"): 9,
        reverse("settlement:points"): 9,
        reverse("settlement:report-costs"): 11,
        reverse("settlement:report-cost-postings"): 7,
    }
    for address, most in limits.items():
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200, address


def test_a_refund_after_pay_out_is_a_claw_back_on_the_statement(world):
    number = world.order(("merchant_goods", "mc", 50_00))
    world.confirm(number)
    payment = world.pay(number)
    night.run_due(now=world.tomorrow())
    client, clerk = client_of("flead"), client_of("fclerk")
    clerk.post(reverse("settlement:day-action", args=[DAY, "propose"]))
    client.post(reverse("settlement:day-action", args=[DAY, "confirm"]))
    world.refund(number, payment, world.everything_of(number))
    night.run_due(now=world.tomorrow())
    found = statement("mc")
    kinds = dict(found.kinds)
    assert kinds["Claw-backs after pay-out"] == -kinds["Sales"] < 0
    assert "Refunds" not in kinds
    assert found.opening + found.moved == found.closing
