"""A worker of the night that does not mind losing its database: it tries again until the day is sealed.

    python -m benchmarks.within_django benchmarks.settlement_crash_worker

Celery would call the task again; here the loop does. Small chunks, so that a kill meets something half done.
"""

import time

from django.db import Error, connection

from benchmarks.settlement_trades import NOON, night
from settlement.models import BusinessDay, DayState
from settlement.services import business_day, clearing, sealing
from settlement.services import night as nights

CHUNK_ROWS, BLOCK = 1_000, 2_000
DAY = business_day.business_day_of(NOON)


def main() -> None:
    clearing.CHUNK_ROWS, sealing.BLOCK, sealing.CHUNK_BLOCKS = CHUNK_ROWS, BLOCK, 2
    while True:
        try:
            nights.run_due(now=night())
            if BusinessDay.objects.filter(business_date=DAY, state=DayState.SEALED).exists():
                return
        except Error:
            connection.close()
        time.sleep(0.05)
