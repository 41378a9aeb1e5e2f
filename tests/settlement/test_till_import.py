"""A chain's till export: once per receipt, bad rows aside, cleared by store and original day."""

from datetime import timedelta

import pytest

from members.models import Institution, Member, PointsLot
from members.services.chain_bulk import ensure_chain
from settlement.models import ImportedSale, ImportReject, Posting, TillImport, Trade
from settlement.queries import invariants, till_report
from settlement.services import business_day, night
from settlement.services.till_file import ColumnsMissing, FileUnreadable
from settlement.services.till_import import FileMissing, import_store_sales

HEADER = "store,till,receipt,sold_at,product,quantity,amount,store_discount,member_card\n"
GOOD = (
    "7,1,R1,2026-11-19 10:00:00,P1,1,10.00,0.50,C1\n"
    "7,1,R1,2026-11-19 10:00:00,P2,2,5.01,,C1\n"
    "7,1,R2,2026-11-20 23:59,P1,1,3.00,,\n"
    "8,2,R1,2026-11-20T10:00,P1,1.5,100.00,,C2\n"
)


@pytest.fixture
def till(world, tmp_path):
    ensure_chain(code="ch-demo")

    def load(body: str, header: str = HEADER) -> TillImport:
        path = tmp_path / "till.csv"
        path.write_bytes(body if isinstance(body, bytes) else (header + body).encode())
        return import_store_sales(path=path, chain_code="ch-demo", now=world.now)

    return load


def test_sales_are_loaded_cleared_and_reported_by_their_day(world, till):
    batch = till(GOOD)
    assert (batch.lines_loaded, batch.sales_loaded, batch.amount_fen) == (4, 3, 118_01)
    night.run_due(now=world.tomorrow())
    report = {
        (code, day.isoformat()): fen
        for code, day, fen in till_report.cleared_by_store_and_day(batch_id=batch.pk)
    }
    assert report == {
        ("ch-demo-7", "2026-11-19"): 15_01,
        ("ch-demo-7", "2026-11-20"): 3_00,
        ("ch-demo-8", "2026-11-20"): 100_00,
    }
    assert {trade.business_date for trade in Trade.objects.all()} == {
        business_day.business_day_of(world.now) - timedelta(days=1)
    }
    assert invariants.broken() == []


def test_card_holders_become_members_and_earn_points(world, till):
    till(GOOD)
    assert sorted(PointsLot.objects.values_list("points", flat=True)) == [15, 100]
    assert Member.objects.filter(joined_channel="till").count() == 2
    assert Institution.objects.filter(path__startswith="ch-demo/").count() == 3
    assert Trade.objects.filter(kind="points_earned").get().amount_fen == 115


def test_the_same_file_again_changes_nothing(world, till):
    till(GOOD)
    before = (
        ImportedSale.objects.count(),
        Trade.objects.count(),
        Posting.objects.count(),
        PointsLot.objects.count(),
    )
    again = till(GOOD)
    assert (again.lines_known, again.lines_loaded) == (4, 0)
    assert (
        ImportedSale.objects.count(),
        Trade.objects.count(),
        Posting.objects.count(),
        PointsLot.objects.count(),
    ) == before


BAD = [
    ("7,1,R9,2026-11-19 10:00,P1,1,10.005,,", "amount"),
    ("7,1,R9,2026-11-19 10:00,P1,1,-1.00,,", "amount"),
    ("7,1,R9,2026-02-30 10:00,P1,1,1.00,,", "sold_at"),
    ("7,1,R9,yesterday,P1,1,1.00,,", "sold_at"),
    ("7,1,R9,2027-01-01 10:00,P1,1,1.00,,", "future"),
    (",1,R9,2026-11-19 10:00,P1,1,1.00,,", "store"),
    ("7,1,,2026-11-19 10:00,P1,1,1.00,,", "receipt"),
    ("7,1,R9,2026-11-19 10:00,,1,1.00,,", "product"),
    ("7,1,R9,2026-11-19 10:00,P1,many,1.00,,", "quantity"),
    ("7,1,R9,2026-11-19 10:00,P1,1,1.00,x,", "store_discount"),
    ("7,1,R9,2026-11-19 10:00,P1,1,1.00,,a card", "member_card"),
    ("7,1,R9,2026-11-19 10:00,P1,1,1.00", "columns"),
]


def test_bad_rows_are_set_aside_with_line_and_reason(world, till):
    batch = till(GOOD + "".join(row + "\n" for row, _reason in BAD))
    assert (batch.lines_read, batch.lines_loaded, batch.lines_rejected) == (16, 4, 12)
    found = ImportReject.objects.order_by("line_number").values_list("line_number", "reason")
    assert list(found) == [(6 + n, reason) for n, (_row, reason) in enumerate(BAD)]


@pytest.mark.parametrize(
    ("body", "error"),
    [(b"store,till\n1,2\n", ColumnsMissing), (b"\xff\xfe\x00", FileUnreadable), (b"", FileUnreadable)],
)
def test_what_is_no_till_export_is_refused_whole(world, till, body, error):
    with pytest.raises(error):
        till(body)
    assert not TillImport.objects.exists()


def test_a_missing_file_is_named(world, tmp_path):
    ensure_chain(code="ch-demo")
    with pytest.raises(FileMissing):
        import_store_sales(path=tmp_path / "no.csv", chain_code="ch-demo", now=world.now)


def test_a_basket_of_nothing_has_no_trade(world, till):
    batch = till("7,1,R1,2026-11-19 10:00,P1,1,0.00,,\n")
    assert (batch.sales_loaded, Trade.objects.count()) == (1, 0)
