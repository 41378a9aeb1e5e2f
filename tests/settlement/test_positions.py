"""Positions and the bilateral matrix: every row its net position, everything with the clearing house zero."""

import csv
import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from members.models import User
from settlement.models import BilateralLine, TradeShare
from settlement.queries import positions
from settlement.services import suspense, transfers
from tests.settlement.transfers_world import DAY, next_day, pay_out, run, sell


@pytest.fixture
def traded(world):
    sell(world, 100_00)
    sell(world, 200_00, store="st-1", cash=True)
    run(world)
    return world


def cells(day=DAY) -> dict:
    return positions.matrix(day).cells


def test_who_has_the_money_owes_it_to_whom_it_belongs(traded):
    found = cells()
    goods = TradeShare.objects.filter(trade__collector__code="st-1")
    theirs = goods.get(role="seller").amount_fen
    own = goods.get(role="attributed_store").amount_fen
    assert found["mc", "pp-unipay"] == 92_00
    assert found["mc", "st-1"] == theirs == -found["st-1", "mc"]
    assert found["st-1", ""] == -(200_00 - theirs - own), "the platform's share of what the store took"
    assert found["", "st-1"] == -found["st-1", ""]
    assert ("mc", "") not in found


def test_rows_are_net_positions_and_all_sum_to_zero(traded):
    matrix, rows = positions.matrix(DAY), positions.positions(DAY)
    assert matrix.ties(rows)
    assert all(matrix.net(one.code) == one.net for one in rows)
    assert matrix.total == 0 == sum(one.net for one in rows)
    kept = BilateralLine.objects.filter(business_date=DAY)
    assert sum(kept.values_list("amount_fen", flat=True)) == 0


def test_a_matrix_that_was_not_kept_is_the_same_when_computed(traded):
    kept = cells()
    BilateralLine.objects.all().delete()
    assert cells() == kept


def test_what_comes_back_from_the_bank_stands_against_the_clearing_house(traded):
    pay_out(traded)
    row = transfers.FundTransfer.objects.get(institution__code="mc")
    transfers.record_answer(actor=traded.clerk, transfer_id=row.pk, outcome="failed", now=traded.now)
    run(traded)
    assert cells(next_day())["mc", ""] == 274_01
    assert positions.matrix(next_day()).ties(positions.positions(next_day()))


def test_an_institution_in_suspense_keeps_its_row(traded):
    suspense.hold(
        actor=traded.lead, day=DAY, institution_id=traded.id("mc"), reason="contract", now=traded.now
    )
    assert positions.matrix(DAY).ties(positions.positions(DAY))


def client_of(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


def test_the_page_and_its_files_say_the_same(traded):
    client = client_of("auditor")
    page = client.get(reverse("settlement:positions", args=[DAY]))
    assert page.context["ties"]
    assert page.context["sum"] == 0
    file = client.get(reverse("settlement:positions-csv", args=[DAY]))
    lines = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    nets = {line[0]: line[3] for line in lines if len(line) == 8 and line[2] == "*"}
    assert nets["mc"] == "274.01"
    assert nets["TOTAL"] == "0.00"
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("settlement:positions-xlsx", args=[DAY])).content)
    )
    assert [sheet.title for sheet in book] == ["Positions", "Who owes whom"]


def test_a_cell_leads_to_its_trades(traded):
    client = client_of("auditor")
    found = client.get(reverse("settlement:shares"), {"day": DAY, "party": "mc", "holder": "st-1"})
    assert found.context["sum"] == cells()["mc", "st-1"]
