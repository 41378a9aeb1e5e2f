"""The night's process gets kill -9 while it works; the next one goes on where it stopped."""

import os
import subprocess
import sys
import time
from datetime import date
from urllib.parse import quote, urlencode

from django.db import connection

from omnichannel.snapshot import ROOT
from settlement.models import BusinessDay, DayState

PATIENCE_SECONDS = 60


def kill_the_night(day: date) -> str:
    """Start the batch in a process of its own and kill it once the day is cut off; the state it left."""
    command = [sys.executable, str(ROOT / "manage.py"), "run_settlement"]
    process = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": database_url()})
    deadline = time.monotonic() + PATIENCE_SECONDS
    while state_of(day) == DayState.OPEN and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    process.kill()
    process.wait()
    return state_of(day)


def state_of(day: date) -> str:
    return BusinessDay.objects.values_list("state", flat=True).get(business_date=day)


def database_url() -> str:
    """Of the database in use here, which need not be the one that the environment names."""
    found = connection.settings_dict
    query = {
        "host": found["HOST"],
        "port": found["PORT"],
        "user": found["USER"],
        "password": found["PASSWORD"],
    }
    return f"postgresql:///{quote(found['NAME'])}?" + urlencode({k: v for k, v in query.items() if v})
