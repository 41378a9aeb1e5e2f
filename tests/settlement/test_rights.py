"""Every address of finance against every role: derived from the URL conf, so that a new page is held too."""

import ast
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from members.models import User
from settlement.models import AuditEntry, BusinessDay, LedgerAccount, Trade
from settlement.queries.audit_trail import ACTIONS
from settlement.services import business_day, night
from settlement.urls import urlpatterns
from tests.settlement.world import NOON

DAY = business_day.business_day_of(NOON)
# Shown to partners too; what they may see there is their own.
PARTNERS = {
    "own-statement", "statement-month", "statement-pdf", "acceptance", "acceptance-csv", "accepted-orders",
    "accepted-orders-csv",
}  # fmt: skip
# The audit trail is for the lead and the auditor.
NOT_FOR_CLERKS = {"audit", "audit-csv"}
# What stands in an address; whatever is not named here gets a number or a word that nobody has.
KNOWN = {"day": DAY, "code": "mc", "action": "again", "name": "none.csv", "order_number": "HT2611210000001"}


@pytest.fixture
def company(world):
    number = world.order(100_00, ("merchant_goods", "mc", 50_00), store="st-1")
    world.confirm(number)
    world.pay(number)
    night.run_due(now=world.tomorrow())
    world.staff("partner1", "partner", "mc")
    world.staff("wh1", "warehouse", "wh")
    return world


def address(pattern) -> str:
    objects = {
        "trade_id": Trade.objects.order_by("pk").values_list("pk", flat=True).first(),
        "account_id": LedgerAccount.objects.order_by("pk").values_list("pk", flat=True).first(),
    }
    names = re.findall(r"<(?:(\w+):)?(\w+)>", str(pattern.pattern))
    missing = {"int": 999_999, "slug": "none", "str": "none", "isodate": DAY, "filekind": "csv", "": "none"}
    values = {name: (KNOWN | objects).get(name, missing.get(kind, 999_999)) for kind, name in names}
    return reverse(f"settlement:{pattern.name}", kwargs=values)


def client_of(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


def every(of=lambda name: True) -> list:
    return [pattern for pattern in urlpatterns if of(pattern.name)]


def test_the_table_is_about_many_addresses():
    assert len(every()) > 60
    assert {pattern.name for pattern in every()} >= PARTNERS | NOT_FOR_CLERKS


@pytest.mark.parametrize("who", ["fclerk", "flead", "auditor"])
def test_finance_and_audit_may_read_every_page(company, who):
    client = client_of(who)
    for pattern in every():
        allowed = not (who == "fclerk" and pattern.name in NOT_FOR_CLERKS)
        answer = client.get(address(pattern))
        assert (answer.status_code != 403) == allowed, pattern.name
        assert answer.status_code < 500


@pytest.mark.parametrize("who", ["partner1", "wh1"])
def test_nobody_else_reads_any(company, who):
    client = client_of(who)
    for pattern in every(lambda name: name not in PARTNERS):
        answer = client.get(address(pattern))
        if who == "wh1":
            assert answer.status_code in (403, 405), pattern.name
        elif answer.status_code != 405:
            assert answer.status_code == 302, pattern.name
            assert answer.url == reverse("settlement:own-statement")


def test_visitors_sign_in_first(company):
    for pattern in every():
        assert Client().get(address(pattern)).status_code in (302, 405), pattern.name


@pytest.mark.parametrize("who", ["auditor", "partner1", "wh1"])
def test_each_post_is_refused_to_whoever_only_reads(company, who):
    client = client_of(who)
    before = BusinessDay.objects.values_list("business_date", "state").order_by("pk")
    before, entries = list(before), AuditEntry.objects.count()
    posts = 0
    for pattern in every():
        answer = client.post(address(pattern), {"action": "confirm"})
        assert answer.status_code in (403, 405), pattern.name
        posts += answer.status_code == 403
    assert posts > 8
    assert list(BusinessDay.objects.values_list("business_date", "state").order_by("pk")) == before
    assert AuditEntry.objects.count() == entries


@pytest.mark.parametrize("who", ["fclerk", "flead", "auditor"])
def test_finance_chooses_a_partner_and_sees_what_it_sees(company, who):
    client, page = client_of(who), reverse("settlement:own-statement")
    assert client.get(page).url == reverse("settlement:report-statements")
    shown = client.get(page, {"partner": "mc"})
    assert shown.context["institution"].code == "mc"
    own = client_of("partner1").get(page)
    assert [balance for _account, balance in shown.context["accounts"]] == [
        balance for _account, balance in own.context["accounts"]
    ]
    unknown = client.get(page, {"partner": "nobody"})
    assert (unknown.status_code, "institution_unknown" in unknown.content.decode()) == (404, True)
    other = client_of("partner1").get(page, {"partner": "st-1"})
    assert other.context["institution"].code == "mc"


def test_a_partner_reads_its_own_statement_and_no_other(company):
    client = client_of("partner1")
    for name in ("statement-month", "statement-pdf"):
        assert client.get(reverse(f"settlement:{name}", args=["mc"]) + "?month=2026-11").status_code == 200
        for other in ("st-1", "huatong"):
            refused = client.get(reverse(f"settlement:{name}", args=[other]))
            assert refused.status_code == 403
            assert "not_allowed" in refused.content.decode()
        assert client.get(reverse(f"settlement:{name}", args=["nobody"])).status_code == 404


def test_every_file_that_leaves_is_recorded(company):
    client = client_of("flead")
    files = []
    for pattern in every():
        answer = client.get(address(pattern))
        if answer.headers.get("Content-Disposition", "").startswith("attachment"):
            files.append(pattern.name)
            entry = AuditEntry.objects.order_by("-pk").first()
            assert (entry.action, entry.role) == ("file.exported", "finance_lead"), pattern.name
            assert entry.details["address"] == address(pattern)
    assert AuditEntry.objects.filter(action="file.exported").count() == len(files) >= 15
    assert {"report-csv", "shares-csv", "account-xlsx", "statement-pdf", "audit-csv"} <= set(files)


def test_a_partners_file_is_recorded_too(company):
    client_of("partner1").get(reverse("settlement:statement-pdf", args=["mc"]))
    entry = AuditEntry.objects.get(action="file.exported")
    assert (entry.actor_name, entry.role, entry.institution.code) == ("partner1", "partner", "mc")


def recorded_actions() -> set[str]:
    """Every constant action handed to audit_trail.record in the services."""
    found = set()
    for path in Path("settlement").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.keyword)
                and node.arg == "action"
                and isinstance(node.value, ast.Constant)
            ):
                found.add(node.value.value)
    return {action for action in found if isinstance(action, str) and "." in action}


def test_every_recorded_action_has_its_words():
    assert len(recorded_actions()) > 8
    assert recorded_actions() <= ACTIONS.keys()


def test_the_trail_is_searched_filtered_and_paged(company, django_assert_max_num_queries):
    client = client_of("auditor")
    for _n in range(3):
        client.get(reverse("settlement:trial-csv"))
    client.get(reverse("settlement:statement-pdf", args=["mc"]))
    page = reverse("settlement:audit")
    with django_assert_max_num_queries(9):
        assert client.get(page).context["page"].paginator.count == 4
    wanted = {
        "?who=audit": 4, "?who=flead": 0, "?institution=mc": 1, "?q=trial-balance": 3,
        "?action=file.exported": 4, "?action=day.closed": 0, "?end=2020-01-01": 0,
    }  # fmt: skip
    for asked, count in wanted.items():
        assert client.get(page + asked).context["page"].paginator.count == count, asked
    assert client.get(page + "?begin=yesterday").status_code == 400
