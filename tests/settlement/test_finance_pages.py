"""Finance pages: figures lead down to trades, doors stay shut for others, exports carry the same sums."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from members.models import User
from settlement.models import LedgerAccount, Trade
from settlement.queries import clearing_report
from settlement.services import business_day, night, transfers
from tests.settlement.world import NOON

DAY = business_day.business_day_of(NOON)


@pytest.fixture
def cleared(world):
    number = world.order(100_00, ("merchant_goods", "mc", 50_00), shipping=10_00, store="st-1")
    world.confirm(number)
    payment = world.pay(number)
    world.refund(number, payment, [[world.terms[number].lines[1].line_id, 20_00]])
    night.run_due(now=world.tomorrow())
    world.number = number
    return world


def client_of(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


def pages(world) -> list[str]:
    account = LedgerAccount.objects.get(kind="payable", institution__code="mc")
    trade = Trade.objects.order_by("pk").first()
    return [
        reverse("settlement:days"),
        reverse("settlement:day", args=[DAY]),
        reverse("settlement:day-batch", args=[DAY]),
        reverse("settlement:trades") + f"?day={DAY}",
        reverse("settlement:shares") + f"?day={DAY}&party=mc&column=payments",
        reverse("settlement:shares") + f"?day={DAY}&party=revenue",
        reverse("settlement:trade", args=[trade.pk]),
        reverse("settlement:order", args=[world.number]),
        reverse("settlement:transfers"),
        reverse("settlement:ledger") + "?verify=1",
        reverse("settlement:account", args=[account.pk]),
        reverse("settlement:points"),
        reverse("settlement:rules"),
        reverse("settlement:imports"),
    ]


@pytest.mark.parametrize("who", ["fclerk", "flead", "auditor"])
def test_finance_and_audit_read_every_page(cleared, who):
    client = client_of(who)
    for address in pages(cleared):
        assert client.get(address).status_code == 200, address


def test_others_are_refused_and_visitors_sign_in(cleared):
    cleared.staff("wh1", "warehouse", "wh")
    warehouse, visitor = client_of("wh1"), Client()
    for address in pages(cleared):
        assert warehouse.get(address).status_code == 403, address
        assert visitor.get(address).status_code == 302, address


def test_a_partner_sees_its_own_statement_only(cleared):
    cleared.staff("partner1", "partner", "mc")
    client = client_of("partner1")
    own = client.get(reverse("settlement:own-statement"))
    assert own.status_code == 200
    assert "¥27.30" in own.content.decode()
    for address in pages(cleared):
        assert client.get(address).url == reverse("settlement:own-statement")
    other = LedgerAccount.objects.get(kind="payable", institution__code="st-1")
    shown = client.get(reverse("settlement:own-statement") + f"?account={other.pk}")
    assert shown.context["chosen"].institution.code == "mc"


def test_every_figure_is_the_sum_of_what_lies_behind_it(cleared):
    client = client_of("auditor")
    report = clearing_report.report(day=DAY)
    assert report.ties
    for row in report.rows:
        for column, fen in row.amounts.items():
            asked = {"day": DAY.isoformat(), "party": row.party, "channel": row.channel, "column": column}
            assert client.get(reverse("settlement:shares"), asked).context["sum"] == fen


def test_exports_carry_the_reports_totals(cleared):
    client = client_of("auditor")
    report = clearing_report.report(day=DAY)
    text = b"".join(client.get(reverse("settlement:report-csv", args=[DAY])).streaming_content).decode(
        "utf-8-sig"
    )
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[-1][-1] == f"{report.total / 100:.2f}" == "140.00"
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("settlement:report-xlsx", args=[DAY])).content)
    )
    assert book.active.max_row == len(report.rows) + 2
    shares = client.get(reverse("settlement:shares-csv"), {"day": DAY.isoformat()})
    lines = list(csv.DictReader(io.StringIO(b"".join(shares.streaming_content).decode("utf-8-sig"))))
    assert sum(round(float(line["amount"]) * 100) for line in lines) == 140_00


def test_the_auditor_changes_nothing(cleared):
    client = client_of("auditor")
    for action in ("propose", "confirm", "export", "close"):
        assert client.post(reverse("settlement:day-action", args=[DAY, action])).status_code == 403


def test_propose_confirm_export_close_on_the_pages(cleared, monkeypatch):
    clerk, lead = client_of("fclerk"), client_of("flead")
    assert clerk.post(reverse("settlement:day-action", args=[DAY, "propose"])).status_code == 302
    assert clerk.post(reverse("settlement:day-action", args=[DAY, "confirm"])).status_code == 403
    for action in ("confirm", "export", "close"):
        assert lead.post(reverse("settlement:day-action", args=[DAY, action])).status_code == 302
    page = lead.get(reverse("settlement:day", args=[DAY]))
    assert page.context["day"].state == "sealed"
    assert lead.get(reverse("settlement:transfers")).context["files"][0].count == 2


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/finance/day/2020-01-01/", 404),
        ("/finance/day/2026-13-45/", 404),
        ("/finance/trades/?day=yesterday", 400),
        ("/finance/trades/99999999/", 404),
        ("/finance/order/HT0/", 404),
        ("/finance/ledger/9999999/", 404),
        ("/finance/rules/bench/?amount=1.001", 400),
        ("/finance/trades/shares/?party=nobody-here", 404),
    ],
)
def test_bad_addresses_get_a_clear_answer(cleared, address, status):
    assert client_of("auditor").get(address).status_code == status


def test_pages_do_not_ask_more_for_more_rows(cleared, django_assert_max_num_queries):
    client = client_of("auditor")
    for _n in range(12):
        number = cleared.order(10_00, store="st-2")
        cleared.confirm(number)
        cleared.pay(number)
    night.run_due(now=cleared.tomorrow())
    day = DAY + timedelta(days=1)
    limits = {
        reverse("settlement:days"): 8,
        reverse("settlement:day", args=[day]): 30,
        reverse("settlement:trades"): 8,
        reverse("settlement:shares") + f"?day={day}": 8,
        reverse("settlement:transfers"): 9,
        reverse("settlement:ledger"): 8,
    }
    transfers.propose_transfers(actor=cleared.clerk, day=DAY, now=cleared.now)
    for address, most in limits.items():
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
