"""The network's list: read by a worker in portions, good rows kept, the others named with their reason."""

from datetime import timedelta

import pytest

from fulfillment.models import (
    DealerDay,
    SerialActivation,
    SerialImport,
    SerialUnit,
    StockLevel,
    StockMovement,
)
from fulfillment.queries.invariants import findings
from fulfillment.services import activation_import, serial_import, serial_reversal
from fulfillment.services.serial_file import ColumnMissing
from omnichannel.kernel import clock
from omnichannel.kernel.errors import NotAllowed
from tests.support.dealing import NOW, PHONE, Dealing, follow_up, number

TODAY = clock.local_day(NOW)


def at(days_ago: float) -> str:
    return f"{(NOW - timedelta(days=days_ago)).astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    return Dealing()


@pytest.fixture
def shelf(dealing) -> list[str]:
    """Six phones that the dealer counted in, its terms from long before."""
    return dealing.counted_in(PHONE, 6)


def submit(dealing, rows: list[tuple[str, str]], *, actor=None, now=NOW, head="imei,time") -> SerialImport:
    lines = "\n".join([head, *(f"{serial},{when}" for serial, when in rows)])
    return activation_import.submit(
        actor=actor or dealing.operator, content=lines.encode(), file_name="seen.csv", now=now
    )


def run(dealing, rows, **more) -> SerialImport:
    batch = submit(dealing, rows, **more)
    follow_up()
    return SerialImport.objects.get(pk=batch.pk)


def figures(batch) -> tuple:
    return (batch.state, batch.rows_total, batch.rows_good, batch.rows_known, batch.rows_rejected)


def rejects(batch) -> dict[int, str]:
    return dict(batch.rejects.values_list("line_number", "code"))


def test_good_rows_are_kept_and_each_other_has_its_reason(dealing, shelf):
    rows = [
        (shelf[0], at(1)),
        ("350000000009999", at(1)),
        (shelf[1], "yesterday"),
        (shelf[2], at(-1)),
        (shelf[0], at(2)),
        ("", at(1)),
        ("9" * 33, at(1)),
        (shelf[3], at(20)),
    ]
    batch = run(dealing, rows)
    assert figures(batch) == ("done", 8, 2, 0, 6)
    assert rejects(batch) == {
        3: "serial_unknown",
        4: "activation_time_invalid",
        5: "activation_in_future",
        6: "twice_in_file",
        7: "missing",
        8: "wrong_length",
    }
    assert batch.content == ""
    assert StockLevel.objects.get(location=dealing.shop, sku=PHONE).on_hand == 4
    assert findings(now=NOW) == []


def test_sell_out_counts_on_the_day_of_the_sale_however_long_ago(dealing, shelf):
    run(dealing, [(shelf[0], at(1)), (shelf[1], at(20))])
    days = DealerDay.objects.filter(sell_out=1).values_list("day", flat=True)
    assert set(days) == {TODAY - timedelta(days=1), TODAY - timedelta(days=20)}


def test_a_row_counts_once_however_often_the_list_is_loaded(dealing, shelf):
    first = run(dealing, [(shelf[0], at(1))])
    assert run(dealing, [(shelf[0], at(1))]).pk == first.pk
    later = run(dealing, [(shelf[0], at(1))], now=NOW + timedelta(minutes=2))
    assert figures(later) == ("done", 1, 0, 1, 0)
    assert StockMovement.objects.filter(reason="activated").count() == 1


def test_a_serial_that_came_in_meanwhile_is_recorded_by_the_same_list(dealing):
    serial = number("35", 15, 0)  # the first that dealing.stock makes
    assert rejects(run(dealing, [(serial, at(1))])) == {2: "serial_unknown"}
    assert dealing.stock(PHONE, 1) == [serial]
    assert figures(run(dealing, [(serial, at(1))], now=NOW + timedelta(minutes=2)))[2] == 1
    assert SerialUnit.objects.get(serial=serial).state == "free"  # of our warehouse: nobody sold it


def test_units_of_one_shelf_leave_with_one_movement_per_portion(dealing, shelf):
    run(dealing, [(serial, at(1)) for serial in shelf])
    assert StockMovement.objects.get(reason="activated").quantity == 6
    assert SerialActivation.objects.filter(dealer=dealing.shop).count() == 6


def test_what_is_promised_to_orders_stays_and_is_named(dealing, shelf):
    level = StockLevel.objects.get(location=dealing.shop, sku=PHONE)
    dealing.company.hold("O-77", {PHONE: 4})
    batch = run(dealing, [(serial, at(1)) for serial in shelf])
    assert figures(batch) == ("done", 6, 2, 0, 4)
    assert set(rejects(batch).values()) == {"stock_promised"}
    level.refresh_from_db()
    assert (level.on_hand, level.reserved) == (4, 4)
    assert findings(now=NOW) == []


def test_a_worker_that_dies_is_followed_at_the_next_row(dealing, shelf, monkeypatch):
    monkeypatch.setattr(serial_import, "PORTION", 2)
    batch = submit(dealing, [(serial, at(1)) for serial in shelf])
    reading = serial_import._reading(SerialImport.objects.get(pk=batch.pk))
    serial_import._portion(batch.pk, reading, lambda: None, NOW)
    batch.refresh_from_db()
    assert (batch.state, batch.rows_done, batch.rows_total) == ("running", 2, 6)
    serial_import.run(import_id=batch.pk, done=lambda: None, now=NOW)
    batch.refresh_from_db()
    assert figures(batch) == ("done", 6, 6, 0, 0)
    assert SerialActivation.objects.count() == 6


def test_only_an_operator_loads_it_and_nothing_is_taken_back(dealing, shelf):
    for actor in (dealing.dealer, dealing.branch, dealing.money, dealing.worker):
        with pytest.raises(NotAllowed):
            submit(dealing, [(shelf[0], at(1))], actor=actor)
    with pytest.raises(ColumnMissing):
        submit(dealing, [(shelf[0], at(1))], head="imei,place")
    batch = run(dealing, [(shelf[0], at(1))])
    assert not serial_reversal.may_reverse(dealing.operator, batch)
    with pytest.raises(serial_reversal.NothingToReverse):
        serial_reversal.reverse(actor=dealing.operator, import_id=batch.pk, reason="no", now=NOW)
