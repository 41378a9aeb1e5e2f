"""Files that come from finance's work: one entry each, with the rows that the file has."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from members.models import User
from omnichannel.kernel import outbox
from settlement.models import AuditEntry, RuleComparison
from settlement.services import bank_answers
from settlement.simulator import bank_answers as bank
from tests.settlement.test_rule_comparison import TEN
from tests.settlement.test_rule_versions import AHEAD, propose
from tests.settlement.transfers_world import DAY, pay_out, run, sell


@pytest.fixture
def paid(world, settings):
    """A day paid out and answered by the bank, and a version compared over its trade."""
    settings.DEMO = True
    sell(world, 100_00)
    run(world)
    world.file = pay_out(world)
    asked = [bank.Asked(*world.file.transfers.values_list("reference", "amount_fen").get())]
    said = bank.decide(asked, seed=1, failed=0, unknown=0)
    content = bank.as_csv(
        said, account=settings.PLATFORM_BANK_ACCOUNT, file=world.file.name.removesuffix(".csv"), at=world.now
    )
    world.answer = bank_answers.import_answer(
        actor=world.clerk, content=content, file_name="answer.csv", now=world.now
    )
    propose(world, valid_from=AHEAD, lines=TEN)
    outbox.drain()
    world.comparison = RuleComparison.objects.get()
    return world


@pytest.fixture
def lead(paid) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username="flead"))
    return client


def addresses(paid) -> dict[str, tuple]:
    name = paid.file.name
    return {
        "transfer-file": (name,),
        "simulated-answer": (name, "csv"),
        "answer-csv": (paid.answer.pk,),
        "rule-comparison-csv": (paid.comparison.pk,),
        "rule-comparison-xlsx": (paid.comparison.pk,),
    }


def test_files_of_transfers_answers_and_comparisons_are_recorded(paid, lead):
    for name, values in addresses(paid).items():
        address = reverse(f"settlement:{name}", args=values)
        assert lead.get(address).headers["Content-Disposition"].startswith("attachment"), name
        entry = AuditEntry.objects.get(action="file.exported", details__address=address)
        assert (entry.actor.username, entry.details["rows"] > 0) == ("flead", True), name


def lines(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("shares-csv", ()),
        ("transfers-csv", ()),
        ("audit-csv", ()),
        ("trial-csv", ()),
        ("report-csv", (DAY,)),
        ("report-clearing-csv", ()),
        ("positions-csv", (DAY,)),
    ],
)
def test_the_trail_says_how_many_rows_left(lead, name, values):
    asked = {"begin": DAY.isoformat(), "state": "", "q": ""}
    address = reverse(f"settlement:{name}", args=values)
    rows = [line for line in lines(lead.get(address, asked))[1:] if line and line[0] != "TOTAL"]
    entry = AuditEntry.objects.filter(action="file.exported").latest("pk")
    heads = 1 if name == "positions-csv" else 0  # of its second table
    assert entry.details["rows"] == len(rows) - heads > 0
    assert entry.details["asked"]["begin"] == DAY.isoformat()
