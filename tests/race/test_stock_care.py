"""The last unit is sold or sent away, never both; a count is booked once; a snapshot counts once."""

from threading import Barrier

import pytest
from django.db import connection, transaction

from fulfillment.models import StockCount, StockLevel, StockMovement, StockSync
from fulfillment.queries.invariants import findings
from fulfillment.services import count_opening, count_posting, counts, stock_sync, transfer_moves, transfers
from fulfillment.services import stock as goods
from fulfillment.services.stock_sync import Row, Snapshot
from members.actors import Actor, Grant
from tests.support.at_once import at_once, numbered
from tests.support.goods import NOW, Company

THREADS = 6
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def company(freeze_at) -> Company:
    freeze_at(NOW)
    made = Company()
    made.goods("a")
    for code in ("wh", "st-a", "st-b"):
        place = made.places[code]
        place.path, place.parent = f"carrier/{code}/", made.carrier
        place.save()
    return made


def all_at_once(work) -> list[str]:
    return at_once(*numbered(work, THREADS))


def someone(company: Company, code: str, user_id: int, role="warehouse") -> Actor:
    place = company.places[code]
    grant = Grant(role, place.pk, place.path)
    return Actor(user_id=user_id, name=f"{role}-{user_id}", grants=frozenset([grant]))


def agreed(company: Company) -> str:
    made = transfers.request(
        actor=someone(company, "wh", 1),
        from_id=company.places["wh"].pk,
        to_id=company.places["st-a"].pk,
        wanted={"a": 1},
        now=NOW,
    )
    return made.code


def sell_or_send(company: Company, codes: list[str]):
    def work(number: int) -> str:
        if number % 2:
            with transaction.atomic():
                company.hold(f"o{number}", {"a": 1})
            return "sold"
        transfer_moves.send(actor=someone(company, "wh", 1), code=codes[number // 2], now=NOW)
        return "sent"

    return work


def test_the_last_unit_is_sold_or_sent_away(company):
    company.put("wh", a=1)
    codes = [agreed(company) for _ in range(THREADS // 2)]
    outcomes = all_at_once(sell_or_send(company, codes))
    assert len([each for each in outcomes if each in ("sold", "sent")]) == 1
    assert findings(now=NOW) == []


@pytest.mark.owner
def test_without_the_guards_it_leaves_more_than_once(company, monkeypatch):
    company.put("wh", a=1)
    codes = [agreed(company) for _ in range(THREADS // 2)]
    monkeypatch.setattr(goods, "_BOOK", goods._BOOK.replace(">= l.reserved", ">= l.reserved - 99"))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE fulfillment_stocklevel DROP CONSTRAINT stock_level_bounds")
    outcomes = all_at_once(sell_or_send(company, codes))
    assert outcomes.count("sent") > 1


def counted(company: Company) -> str:
    company.put("st-a", a=10)
    clerk = someone(company, "st-a", 1, "clerk")
    code = count_opening.open_count(
        actor=clerk, location_id=company.places["st-a"].pk, skus=["a"], now=NOW
    ).code
    counts.record(actor=clerk, code=code, sku="a", counted=8, now=NOW)
    counts.finish(actor=clerk, code=code, now=NOW)
    return code


def approve(company: Company, code: str):
    def work(number: int) -> str:
        actor = someone(company, "st-a", 10 + number, "store_manager")
        count_posting.approve(actor=actor, code=code, now=NOW)
        return "approved"

    return work


def test_a_count_is_booked_once_whoever_approves(company):
    code = counted(company)
    outcomes = all_at_once(approve(company, code))
    assert sorted(outcomes) == ["approved"] + ["count_wrong_state"] * (THREADS - 1)
    assert StockLevel.objects.get(location__code="st-a").on_hand == 8
    assert findings(now=NOW) == []


@pytest.mark.owner
def test_without_its_lock_a_count_is_booked_several_times(company, monkeypatch):
    """All have looked before any books, and nothing knows the movement."""
    code, all_have_looked = counted(company), Barrier(THREADS)

    def look(actor, code):
        found = StockCount.objects.select_related("location").get(code=code)
        all_have_looked.wait(timeout=30)
        return found

    monkeypatch.setattr(count_posting, "_to_approve", look)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE fulfillment_stockmovement DROP CONSTRAINT movement_once")
    all_at_once(approve(company, code))
    assert StockLevel.objects.get(location__code="st-a").on_hand < 8


def send(company: Company):
    actor = Actor(name="channel:erp", channel="store", institution_id=company.carrier.pk)
    snapshot = Snapshot("erp", 7, "on_hand", NOW, (Row("st-b", "a", 5),))

    def work(_number: int) -> str:
        _answer, known = stock_sync.apply(actor=actor, snapshot=snapshot, now=NOW)
        return "known" if known else "taken"

    return work


def test_a_snapshot_counts_once_however_often_it_is_sent(company):
    outcomes = all_at_once(send(company))
    assert sorted(outcomes) == ["known"] * (THREADS - 1) + ["taken"]
    assert StockLevel.objects.get(location__code="st-b").on_hand == 5
    assert StockSync.objects.count() == 1


@pytest.mark.owner
def test_without_its_turn_a_snapshot_counts_several_times(company, monkeypatch):
    all_have_looked, look = Barrier(THREADS), stock_sync._deltas

    def look_together(*args):
        found = look(*args)
        all_have_looked.wait(timeout=30)
        return found

    monkeypatch.setattr(stock_sync, "_deltas", look_together)
    monkeypatch.setattr(stock_sync, "_one_at_a_time", lambda *args: None)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE fulfillment_stockmovement DROP CONSTRAINT movement_once")
        cursor.execute("ALTER TABLE fulfillment_stocksync DROP CONSTRAINT stock_sync_once")
    all_at_once(send(company))
    assert StockMovement.objects.filter(reason="sync_up").count() > 1
    assert StockLevel.objects.get(location__code="st-b").on_hand > 5
