"""A worker of the night that does not mind losing its database: it tries again until the day is sealed.

    STAGE_FILE=… python -m benchmarks.within_django benchmarks.settlement_crash_worker

Celery would call the task again; here the loop does. Small chunks, so that a kill meets something half done.
The stage it is in stands in STAGE_FILE, the seconds that each took in a file of that name ending in .spent.
"""

import os
import time
from pathlib import Path

from django.db import Error, connection

from benchmarks.settlement_night import STAGES
from benchmarks.settlement_trades import NOON, night
from settlement.models import BusinessDay, DayState
from settlement.services import business_day, clearing, sealing
from settlement.services import night as nights

CHUNK_ROWS, CHUNK_BLOCKS = 1_000, 1
DAY = business_day.business_day_of(NOON)


def tell_stages(file: Path) -> None:
    for name, (module, function) in STAGES.items():
        setattr(module, function, _telling(file, name, getattr(module, function)))


def _telling(file: Path, name: str, function):
    def stage(**values):
        file.write_text(name)
        begun = time.perf_counter()
        try:
            return function(**values)
        finally:
            with file.with_suffix(".spent").open("a") as spent:
                spent.write(f"{name} {time.perf_counter() - begun:.4f}\n")
            file.write_text("")

    return stage


def main() -> None:
    clearing.CHUNK_ROWS, sealing.CHUNK_BLOCKS = CHUNK_ROWS, CHUNK_BLOCKS
    tell_stages(Path(os.environ["STAGE_FILE"]))
    while True:
        try:
            nights.run_due(now=night())
            if BusinessDay.objects.filter(business_date=DAY, state=DayState.SEALED).exists():
                return
        except Error:
            connection.close()
        time.sleep(0.05)
