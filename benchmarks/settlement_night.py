"""A worker of the night, as Celery would call it: runs what is due until the day is reported, then sealed.

    python -m benchmarks.within_django benchmarks.settlement_night

The leader times the stages; helpers only take chunks. What people do in between (transfers, closing) is no
part of the night: the day is set to closed. Prints one line of JSON: seconds by stage.
"""

import json
import os
import time
from datetime import datetime
from pathlib import Path

from django.db import close_old_connections

from benchmarks.settlement_trades import NOON, night
from settlement.models import BusinessDay, DayState
from settlement.services import balancing, business_day, clearing, netting, reporting, sealing
from settlement.services import night as nights

STAGES = {
    "cut-off": (business_day, "cut_off"),
    "chunks": (clearing, "begin"),
    "clear": (clearing, "clear"),
    "balance": (balancing, "balance"),
    "net": (netting, "net"),
    "report": (reporting, "report"),
    "seal": (sealing, "seal"),
}
DAY = business_day.business_day_of(NOON)


class Stages:
    """Seconds by stage, and the name of the one that runs in a file."""

    def __init__(self, file: Path):
        self.file, self.seconds = file, {}
        for name, (module, function) in STAGES.items():
            setattr(module, function, self._timed(name, getattr(module, function)))

    def _timed(self, name: str, function):
        def timed(**values):
            self.file.write_text(name)
            begun = time.perf_counter()
            try:
                return function(**values)
            finally:
                spent = time.perf_counter() - begun
                self.seconds[name] = round(self.seconds.get(name, 0.0) + spent, 3)

        return timed


def until(done, now: datetime) -> None:
    while not done(BusinessDay.objects.filter(business_date=DAY).get()):
        nights.run_due(now=now)
        close_old_connections()
        time.sleep(0.02)


def is_handed_over(day: BusinessDay) -> bool:
    """Netted and reported: people take over."""
    done = day.state in (DayState.NETTED, DayState.INSTRUCTED) and day.reported_at
    return bool(done) or day.state in (DayState.CLOSED, DayState.SEALED)


def main() -> None:
    if os.environ.get("CHUNK_ROWS"):
        clearing.CHUNK_ROWS = int(os.environ["CHUNK_ROWS"])
    leads = os.environ.get("LEADS") == "1"
    stages = Stages(Path(os.environ["STAGE_FILE"] if leads else os.devnull))
    print(json.dumps({"ready": True}), flush=True)
    input()
    now, begun = night(), time.perf_counter()
    until(is_handed_over, now)
    reported = time.perf_counter() - begun
    if leads:
        BusinessDay.objects.filter(business_date=DAY).update(state=DayState.CLOSED, closed_at=now)
    again = time.perf_counter()
    until(lambda day: day.state == DayState.SEALED, now)
    whole = reported + time.perf_counter() - again
    print(json.dumps({"whole": round(whole, 3), "stages": stages.seconds}), flush=True)
