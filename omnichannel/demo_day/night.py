"""After closing time: the batch runs by itself to netted, then two people pay out and close."""

import time
from datetime import date, datetime

from celery import current_app

from members.actors import actor_of
from members.models import User
from settlement import demo_rules
from settlement.models import BusinessDay, DayState
from settlement.services import closing, night, transfer_files, transfers

from . import bank

WAIT_SECONDS = 120


class NightFailed(Exception):
    """The batch did not bring the day to netted."""


def wait_until_netted(day: date, *, inline: bool, now: datetime) -> None:
    """Send the beat's task and wait for the workers; `inline` runs it in this process instead."""
    deadline = time.monotonic() + WAIT_SECONDS
    while BusinessDay.objects.get(business_date=day).state not in (DayState.NETTED, DayState.INSTRUCTED):
        if inline:
            night.run_due(now=now)
        else:
            current_app.send_task("settlement.run_due_days", queue="settle")
            time.sleep(0.5)
        if time.monotonic() > deadline:
            row = BusinessDay.objects.get(business_date=day)
            raise NightFailed(f"{day} is still {row.state}: {row.problem or 'no worker took the batch'}")


def pay_out_and_close(day: date, *, seed: int, now: datetime) -> dict:
    """The clerk proposes, the lead confirms, the file is written, the bank answers, the lead closes.

    Returns figures.
    """
    clerk, lead = (actor_of(User.objects.get(username=name)) for name in ("fclerk", "flead"))
    drafts = transfers.propose_transfers(actor=clerk, day=day, now=now)
    confirmed = transfers.confirm_transfers(actor=lead, day=day, now=now)
    file = transfer_files.export_transfers(actor=lead, day=day, now=now) if drafts else None
    answered = bank.answer(day=day, seed=seed, actor=clerk, now=now)
    closed = closing.close_day(actor=lead, day=day, now=now)
    demo_rules.compare_waiting(actor=clerk, now=now)
    return {
        "transfers": confirmed,
        "transfer_file": file.sha256 if file else "",
        "answered": dict(answered),
        "state": closed.state,
        "seal": closed.seal_root,
    }
