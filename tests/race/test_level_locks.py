"""Two orders give back units of a level that others refer to and change: they queue, none waits for ever."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction

from fulfillment.models import FulfillmentDemand, StockLevel
from fulfillment.services import reservation
from tests.support.goods import NOW, Company

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

# What giving back was: the statement locks the level and then changes the version it saw before it waited.
# The sleep stands for the other levels of an order: time in which the next in the queue comes up.
IN_ONE_STATEMENT = """
WITH gone AS (
    UPDATE fulfillment_reservation SET state = 'released' WHERE demand_id = %s RETURNING level_id, quantity
), locked AS (
    SELECT l.id, g.quantity FROM fulfillment_stocklevel l JOIN gone g ON g.level_id = l.id
    ORDER BY l.id FOR NO KEY UPDATE OF l
)
UPDATE fulfillment_stocklevel l SET reserved = l.reserved - k.quantity
FROM locked k CROSS JOIN LATERAL (SELECT pg_sleep(0.2) WHERE k.id > 0) others WHERE l.id = k.id
"""
WAITING = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
RELEASERS = 2


@pytest.fixture
def company(freeze_at) -> Company:
    freeze_at(NOW)
    made = Company()
    made.goods("a")
    made.put("wh", a=10)
    for number in range(RELEASERS):
        made.hold(f"o{number}", {"a": 1})
    return made


def queue_behind_a_change(release) -> list[str]:
    """Every order's release begins while the level is being changed; outcomes once that is committed."""

    def run(number: int) -> str:
        try:
            release(number)
            return "released"
        except OperationalError as error:
            return "deadlock" if "deadlock" in str(error) else str(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(RELEASERS) as pool, _order_being_recorded():
        with transaction.atomic():
            StockLevel.objects.update(bin="B-02")
            waiting = []
            for number in range(RELEASERS):
                waiting.append(pool.submit(run, number))
                _until_waiting(number + 1)
        return [one.result(timeout=30) for one in waiting]


@contextmanager
def _order_being_recorded():
    """Another order's reservation refers to the level: the version of now is not forgotten."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN; SELECT 1 FROM fulfillment_stocklevel FOR KEY SHARE")
            yield
            cursor.execute("COMMIT")
    finally:
        other.close()


def _until_waiting(count: int) -> None:
    end = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= count:
                return
            cursor.execute("SELECT pg_stat_clear_snapshot()")
    raise AssertionError(f"{count} releases should be waiting")


def test_releases_of_one_level_queue(company):
    outcomes = queue_behind_a_change(
        lambda number: reservation.release(order_number=f"o{number}", reason="unpaid", now=NOW)
    )
    assert outcomes == ["released"] * RELEASERS
    assert StockLevel.objects.get().reserved == 0


def test_locking_and_changing_in_one_statement_would_deadlock(company):
    demands = dict(FulfillmentDemand.objects.values_list("order_number", "pk"))

    def release(number: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(IN_ONE_STATEMENT, [demands[f"o{number}"]])

    assert "deadlock" in queue_behind_a_change(release)
