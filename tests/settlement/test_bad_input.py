"""Bad input through the doors: a clear message with its code in both languages, and nothing changed."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from members.actors import actor_of
from members.models import StaffRole, User
from orders.simulator.bills import wechat
from settlement.models import FundTransfer, SplitRuleVersion
from settlement.services import rules, transfers
from tests.settlement.statements import NUMBERS, Desk
from tests.settlement.test_rule_pages import FORM
from tests.settlement.test_rule_versions import AHEAD, HALF, merchant
from tests.settlement.transfers_world import DAY, run, sell

LANGUAGES = {"en": re.compile(r"[A-Za-z]{3}"), "zh-hans": re.compile(r"[\u4e00-\u9fff]{4}")}
TWO = {"kind-3": "residual", "amount-3": ""}
OVER = {"percent-2": "93", "base-2": "gross"}


@pytest.fixture
def desk(world):
    """A loaded bill; a transfer and a version proposed by one who may confirm others'; a partner."""
    made = Desk(world)
    for fen in (100_00, 25_50):
        made.pay(fen)
    made.load("wechat")
    sell(world, 100_00)
    run(world)
    both = User.objects.get(username="flead")
    StaffRole.objects.create(user=both, institution=world.places["root"], role="finance_clerk")
    transfers.propose_transfers(actor=actor_of(both), day=DAY, now=world.now)
    later = AHEAD + timedelta(days=1)
    rules.propose_version(
        actor=actor_of(both), rule_id=merchant().pk, valid_from=later, lines=HALF, now=world.now
    )
    world.staff("flead2", "finance_lead")
    world.staff("partner1", "partner", "mc")
    return made


def everything() -> dict:
    """How many rows each table of the books has, and where transfers and versions stand."""
    models = apps.get_app_config("settlement").get_models()
    return {model.__name__: model.objects.count() for model in models} | {
        "transfers": list(FundTransfer.objects.order_by("pk").values_list("pk", "state")),
        "versions": list(SplitRuleVersion.objects.order_by("pk").values_list("pk", "state")),
    }


def statement(desk, old: str = "", new: str = "") -> tuple[str, dict]:
    content = wechat.all_bill(desk.rows, merchant=NUMBERS["wechat"]).decode().replace(old, new, 1)
    file = SimpleUploadedFile("bill.csv", content.encode())
    data = {"account": desk.account("wechat").pk, "day": DAY.isoformat(), "file": file}
    return reverse("settlement:statement-load"), data


def version(_desk, change: dict) -> tuple[str, dict]:
    return reverse("settlement:rule-version-new", args=["merchant"]), FORM | change


def terms(_desk, minimum: str) -> tuple[str, dict]:
    data = {"institution": "mc", "minimum": minimum, "valid_from": "2099-01-01"}
    return reverse("settlement:payout"), data


def limit(desk, most: str) -> tuple[str, dict]:
    person = User.objects.get(username="flead2").pk
    data = {"person": person, "most": most, "daily": "100", "valid_from": "2099-01-01"}
    return reverse("settlement:limits"), data


def correction(_desk, debit: str) -> tuple[str, dict]:
    data = {
        "reason": "x", "original_date": DAY.isoformat(), "kind-0": "bank", "debit-0": debit,
        "kind-1": "suspense", "credit-1": debit,
    }  # fmt: skip
    return reverse("settlement:adjustment-new"), data


def own_transfer(_desk) -> tuple[str, dict]:
    transfer = FundTransfer.objects.get()
    return reverse("settlement:transfer-action", args=[transfer.pk]), {"action": "confirm"}


def own_version(_desk) -> tuple[str, dict]:
    return reverse("settlement:rule-version-action", args=["merchant", 2]), {"action": "confirm"}


CASES = {
    "percentages over 100": (version, (OVER,), "percentages_over_100"),
    "one percentage over 100": (version, ({"percent-1": "100.0001"},), "rule_line_invalid"),
    "two residual parties": (version, (TWO,), "residual_not_one"),
    "a rule without a seller": (version, ({"role-4": "platform"},), "rule_without_seller"),
    "a bill of another merchant": (statement, ("1900000001", "1900000002"), "bill_other_merchant"),
    "a bill loaded twice": (statement, (), "bill_loaded"),
    "a bill with three decimals": (statement, ("`25.50", "`25.501"), "bill_amount_invalid"),
    "a share with three decimals": (version, ({"amount-3": "2.001"},), "amount_invalid"),
    "a pay-out limit with three decimals": (terms, ("10.001",), "amount_invalid"),
    "a correction with three decimals": (correction, ("10.001",), "amount_invalid"),
    "a negative pay-out limit": (terms, ("-1",), "payout_negative"),
    "a negative limit of confirmations": (limit, ("-1",), "limit_negative"),
    "a transfer confirmed by its maker": (own_transfer, (), "own_proposal"),
    "a version confirmed by its maker": (own_version, (), "own_proposal"),
}


def client_of(name: str, language: str) -> Client:
    client = Client(headers={"accept-language": language})
    client.cookies["django_language"] = language
    client.force_login(User.objects.get(username=name))
    return client


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_with_words_and_a_code_and_nothing_changes(desk, case, language):
    make, values, code = CASES[case]
    address, data = make(desk, *values)
    before = everything()
    answer = client_of("flead", language).post(address, data, follow=True)
    assert answer.redirect_chain or 400 <= answer.status_code < 500, answer.status_code
    words = said(answer, code)
    assert LANGUAGES[language].search(words), words
    assert everything() == before


def said(answer, code: str) -> str:
    """The words in front of the code, without marks."""
    body = answer.content.decode()
    assert code in body
    return re.sub(r"<[^>]+>", " ", body[: body.index(code)])[-300:]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["statement-month", "statement-pdf"])
def test_another_institutions_statement(desk, page, language):
    before = everything()
    answer = client_of("partner1", language).get(reverse(f"settlement:{page}", args=["st-1"]))
    assert answer.status_code == 403
    assert LANGUAGES[language].search(said(answer, "not_allowed"))
    assert everything() == before


def test_the_same_input_made_right_goes_through(desk):
    """The control: it is the fault that is refused, not the form."""
    right = [version(desk, {}), terms(desk, "10.00"), limit(desk, "50"), correction(desk, "10.00")]
    for address, data in right:
        answer = client_of("flead", "en").post(address, data)
        assert answer.status_code == 302, (address, re.sub(r"<[^>]+>", " ", answer.content.decode())[-1500:])
