"""From every figure of a report to the order behind it in three clicks, counted by following the links."""

import re
from html import unescape
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import reverse

from members.models import User
from settlement.services import night
from tests.settlement.transfers_world import DAY, pay_out, sell

THREE = 3
PERIOD = {"begin": DAY.isoformat(), "end": DAY.isoformat()}
ORDER = re.compile(r"/finance/order/HT\d+/|/orders/HT\d+/")
ANCHOR = re.compile(r'<a\b[^>]*\bhref="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
PAGES = {
    "institution": ("report-clearing", (), PERIOD),
    "channel": ("report-clearing", (), PERIOD | {"by": "channel"}),
    "product": ("report-clearing", (), PERIOD | {"by": "product"}),
    "day": ("report-clearing", (), PERIOD | {"by": "day"}),
    "month": ("report-clearing", (), PERIOD | {"by": "month"}),
    "business day": ("day", (DAY,), {}),
    "business days": ("days", (), {}),
    "matrix": ("positions", (DAY,), {}),
    "statements": ("report-statements", (), {"month": f"{DAY:%Y-%m}"}),
    "statement": ("statement-month", ("mc",), {"month": f"{DAY:%Y-%m}"}),
    "as the partner sees it": ("own-statement", (), {"partner": "mc"}),
    "fees": ("report-fees", (), PERIOD),
    "transfers": ("transfers", (), {}),
}


@pytest.fixture
def reader(world) -> Client:
    """A day with sales of a merchant and of ours, netted and paid out."""
    sell(world, 100_00, store="st-1")
    number = world.order(50_00, store="st-2")
    world.confirm(number)
    world.pay(number)
    night.run_due(now=world.tomorrow())
    pay_out(world)
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username="auditor"))
    return client


def main_of(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    page = answer.content.decode()
    found = re.search(r"<main.*</main>", page, re.DOTALL)
    return found[0] if found else page


def links(client: Client, address: str, *, figures: bool = False) -> list[str]:
    """Where a page's links lead; of figures only those that are not zero."""
    found = []
    for match in ANCHOR.finditer(main_of(client, address)):
        text = re.sub(r"<[^>]+>|\s", "", match[2])
        if figures and ('class="figure' not in match[0] or text in ("0.00", "0")):
            continue
        found.append(urljoin(address, unescape(match[1])))
    return [one for one in dict.fromkeys(found) if not re.search(r"\.(csv|xlsx|pdf)", one)]


def clicks_to_an_order(client: Client, address: str) -> int:
    """The click that opens `address` counts as the first."""
    level = [address]
    for click in range(1, THREE + 1):
        if any(ORDER.match(one) for one in level):
            return click
        pages = [one for one in level if one.startswith("/finance/")]
        level = [link for one in pages[:20] for link in links(client, one)]
    return THREE + 1


@pytest.mark.parametrize("name", PAGES)
def test_an_order_is_three_clicks_from_every_figure(reader, name):
    page, values, asked = PAGES[name]
    address = f"{reverse(f'settlement:{page}', args=values)}?" + "&".join(
        f"{k}={v}" for k, v in asked.items()
    )
    figures = links(reader, address, figures=True)
    assert figures, "a report without a figure to click on"
    for figure in figures[:12]:
        assert clicks_to_an_order(reader, figure) <= THREE, figure
