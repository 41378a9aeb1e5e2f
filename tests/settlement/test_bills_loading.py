"""A statement is loaded whole or not at all, once, by the people of finance, and only our own."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from members.models import User
from omnichannel.kernel.errors import NotAllowed
from orders.simulator.bills import wechat
from settlement.gateways import bills
from settlement.models import MatchEdge, ReconBatch, ReconBreak, ReconEvent, Statement, StatementLine
from settlement.services import night
from settlement.services.reconciliation import accounts, importing, loading
from tests.settlement.statements import DAY, NUMBERS, Desk

TABLES = (ReconBatch, Statement, StatementLine, MatchEdge, ReconBreak, ReconEvent)


@pytest.fixture
def desk(world):
    made = Desk(world)
    for fen in (100_00, 25_50, 7_07):
        made.pay(fen)
    return made


def everything() -> list[int]:
    return [table.objects.count() for table in TABLES]


def bill(desk, rows=None) -> bytes:
    return wechat.all_bill(desk.rows if rows is None else rows, merchant=NUMBERS["wechat"])


def test_a_loaded_bill_agrees_with_the_books(desk):
    batch = desk.load("wechat")
    assert (batch.state, batch.ours_count, batch.theirs_count, batch.matched_count) == ("balanced", 3, 3, 3)
    assert batch.ours_fen == batch.theirs_fen == batch.matched_fen == 132_57
    statement = Statement.objects.get()
    assert (statement.rows, statement.amount_fen, statement.format) == (3, 132_57, "wechat_all")
    assert statement.totals["总交易单数"] == "3"
    assert statement.loaded_by == "fclerk"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"`25.50", b"`25.501", "bill_amount_invalid"),
        (b"`25.50", b"`25.51", "bill_totals_differ"),
        (b"`1900000001", b"`1900000009", "bill_other_merchant"),
        ("总交易单数".encode(), b"", "bill_cut_off"),
    ],
)
def test_of_a_wrong_file_nothing_stays(desk, old, new, code):
    account = desk.account("wechat")
    before = everything()
    with pytest.raises(bills.BillRefused) as refusal:
        desk.give(account, content=bill(desk).replace(old, new, 1))
    assert refusal.value.code == code
    assert everything() == before


def test_the_same_file_twice_is_refused(desk):
    desk.load("wechat")
    before = everything()
    with pytest.raises(loading.BillLoaded) as refusal:
        desk.load("wechat")
    assert refusal.value.code == "bill_loaded"
    with pytest.raises(loading.BillLoaded):
        desk.give(desk.account("wechat"), content=bill(desk), day=DAY + timedelta(days=1))
    assert everything() == before


def test_another_file_of_the_same_day_is_refused(desk):
    desk.load("wechat")
    with pytest.raises(loading.BillLoaded):
        desk.give(desk.account("wechat"), content=bill(desk, desk.rows[:2]))


def test_parts_and_whole_do_not_mix(desk):
    desk.load("wechat")
    with pytest.raises(loading.BillCovered):
        desk.load("wechat_parts")


def test_payments_wait_for_their_refunds(desk):
    account = desk.account("wechat")
    batch = desk.give(account, content=desk.files("wechat_parts")[0]["content"])
    assert batch.state == "loaded"
    batch = desk.give(account, content=desk.files("wechat_parts")[1]["content"])
    assert batch.state == "balanced"
    with pytest.raises(loading.BillCovered):
        desk.load("wechat")


def test_the_announced_hash_must_be_the_files(desk):
    account, content = desk.account("wechat"), bill(desk)
    with pytest.raises(loading.HashDiffers):
        desk.give(account, content=content, sha1="0" * 40)
    assert desk.give(account, content=content, sha1=hashlib.sha1(content).hexdigest()).state == "balanced"


def test_no_bill_is_an_empty_day_only_if_we_have_none_either(desk):
    account = desk.account("wechat")
    with pytest.raises(loading.BillExpected) as refusal:
        importing.import_no_bill(actor=desk.world.clerk, account_id=account.pk, day=DAY, now=desk.world.now)
    assert refusal.value.facts["count"] == 3
    empty = importing.import_no_bill(
        actor=desk.world.clerk, account_id=account.pk, day=DAY - timedelta(days=1), now=desk.world.now
    )
    assert (empty.state, empty.theirs_count) == ("balanced", 0)


@pytest.mark.parametrize("who", ["auditor", "clerk1"])
def test_only_finance_loads(desk, who):
    desk.world.clerk1 = desk.world.staff("clerk1", "clerk", "st-1")
    before = everything()
    with pytest.raises(NotAllowed):
        desk.load("wechat", actor=getattr(desk.world, who))
    assert everything() == before


def test_a_very_long_number_is_refused_before_the_database_has_to(desk):
    content = bill(desk).replace(desk.rows[0].out_trade_no.encode(), b"X" * 65)
    with pytest.raises(bills.RowInvalid):
        desk.give(desk.account("wechat"), content=content)


def test_statements_are_awaited_for_every_finished_day(desk):
    desk.account("wechat")
    desk.account("bank")
    assert accounts.expect(now=desk.world.now) == 0
    importing.reconcile_due(now=desk.world.now)
    night.run_due(now=desk.world.tomorrow())
    assert accounts.expect(now=desk.world.now) == 2
    assert accounts.expect(now=desk.world.now) == 0
    assert set(ReconBatch.objects.values_list("scope", "state", "bill_date")) == {
        ("trades", "wait_file", DAY), ("bank", "wait_file", DAY),
    }  # fmt: skip


def client_of(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


def upload(desk, content: bytes, who: str = "fclerk", **more):
    data = {"account": desk.account("wechat").pk, "day": DAY.isoformat(), **more}
    if content:
        data["file"] = SimpleUploadedFile("bill.csv", content)
    return client_of(who).post(reverse("settlement:statement-load"), data)


def test_a_person_uploads_and_is_told_line_and_code(desk):
    wrong = upload(desk, bill(desk).replace(b"`25.50", b"`25.501", 1))
    text = wrong.content.decode()
    assert wrong.status_code == 400
    assert "Line 3" in text
    assert "bill_amount_invalid" in text
    right = upload(desk, bill(desk))
    assert right.status_code == 302
    again = upload(desk, bill(desk))
    assert (again.status_code, "bill_loaded" in again.content.decode()) == (409, True)
    assert upload(desk, b"", none="on").status_code == 409
    assert upload(desk, b"").status_code == 400
    assert upload(desk, bill(desk), who="auditor").status_code == 403
