"""Where would a centre of its own pay? Nightly, and when an operator asks: read, compare, choose, propose.

Read and reckoned outside of any transaction, with the steps told to whoever waits; what came out is written
in one.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from omnichannel.kernel import clock

from ...models import CentreReckoning, OptimiserRun, ReckoningState
from ...models.centres import OPEN_RECKONING
from ..centre_costs import Costs, in_force
from ..centres import asking, flows, proposals, rates
from ..centres.ground import Ground, ground
from ..centres.outcome import Case, Outcome, outcome
from ..centres.standing import standing
from . import centre_choice

log = logging.getLogger(__name__)
OPTIMAL, FEASIBLE, NO_ORDERS = "optimal", "feasible", "no_orders"
KEPT = 60  # reckonings; what was proposed keeps its own figures


class Overtaken(Exception):
    """This reckoning is over, perhaps closed as lost while it was done: nothing of it is written."""


def reckon_tonight(*, now: datetime) -> CentreReckoning | None:
    """Once a night; None where that was done, or somebody's reckoning is under way."""
    row = asking.for_tonight(now=now)
    return run(reckoning_id=row.pk, now=now) if row else None


def run(*, reckoning_id: int, now: datetime) -> CentreReckoning:
    """Reckon what was asked for, begun `now`; twice at once is once, what is over stays as it is."""
    if not _claim(reckoning_id):
        return CentreReckoning.objects.get(pk=reckoning_id)
    passed = _passed_since(time.monotonic())
    try:
        _work(reckoning_id, now, passed)
    except Overtaken:
        log.warning("reckoning %s was over before it was done: it stays as it was left", reckoning_id)
    except Exception as error:
        _open(reckoning_id).update(
            state=ReckoningState.FAILED, failure=type(error).__name__[:40], finished_at=now + passed()
        )
        raise
    finally:
        _leave(reckoning_id)
    return CentreReckoning.objects.get(pk=reckoning_id)


def _passed_since(begun: float) -> Callable[[], timedelta]:
    return lambda: timedelta(seconds=time.monotonic() - begun)


def _open(reckoning_id: int) -> QuerySet[CentreReckoning]:
    return CentreReckoning.objects.filter(pk=reckoning_id, state__in=OPEN_RECKONING)


def _claim(reckoning_id: int) -> bool:
    """One worker at a time; the lock ends with its connection, so nothing waits for one that was killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('centre reckoning'), %s)", [reckoning_id])
        return cursor.fetchone()[0]


def _leave(reckoning_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtext('centre reckoning'), %s)", [reckoning_id])


def _work(reckoning_id: int, now: datetime, passed: Callable[[], timedelta]) -> None:
    """Raises Overtaken."""
    step = _teller(reckoning_id, now)
    step(0)
    costs, tariff, stands = in_force(now=now), rates.in_force(clock.local_day(now)), ground(now=now)
    period = flows.Period.before(now, days=costs.horizon_days)
    sold = flows.articles_sold(period)
    step(1)
    history = flows.history(
        period, sold=sold, assortment=costs.assortment, grain=tariff.grain, divisor=tariff.divisor
    )
    step(2)
    case = Case.of(history, tariff, costs, stands)
    step(3)
    found = outcome(case, _solver())
    step(4)
    _write(reckoning_id, case, found, costs, stands, now=now, passed=passed)


def _solver() -> Callable:
    return lambda sites: centre_choice.solve(sites, seconds=settings.CENTRE_SECONDS)


def _teller(reckoning_id: int, now: datetime) -> Callable[[int], None]:
    """Writes how far it is, at once. Raises Overtaken."""

    def tell(step: int) -> None:
        values = {"state": ReckoningState.RUNNING, "begun_at": now, "steps_done": step}
        if not _open(reckoning_id).update(**values):
            raise Overtaken()

    return tell


@transaction.atomic
def _write(
    reckoning_id: int, case: Case, found: Outcome, costs: Costs, stands: Ground, *, now, passed
) -> None:
    """Raises Overtaken."""
    row = _open(reckoning_id).select_for_update().first()
    if row is None:
        raise Overtaken()
    done = proposals.keep(found.stories, standing=stands.occupied, now=now)
    history, took = case.history, passed()
    row.state, row.steps_done, row.finished_at = ReckoningState.DONE, asking.STEPS, now + took
    row.status = _status(case, found)
    row.costs = asdict(costs)
    row.candidates = found.candidates
    row.centres = standing(history, case.rates, costs, stands)
    row.flows = flows.as_rows(history.flows)
    row.figures = _figures(case, found) | done
    row.figures["milliseconds"] = round(took / timedelta(milliseconds=1))
    row.save()
    _forget(row)
    _record(row, now)


def _status(case: Case, found: Outcome) -> str:
    if not case.history.orders:
        return NO_ORDERS
    return OPTIMAL if found.choice.proven else FEASIBLE


def _figures(case: Case, found: Outcome) -> dict:
    history, choice = case.history, found.choice
    return {
        "begins": history.begins.isoformat(),
        "ends": history.ends.isoformat(),
        "days": history.days,
        "orders": history.orders,
        "parcels": sum(flow.parcels for flow in history.flows),
        "covered": round(history.covered_share, 4),
        "articles": history.articles,
        "cells": len(history.flows),
        "value_fen": round(choice.value),
        "gap_fen": round(choice.gap),
        "how": choice.how,
    }


def _forget(row: CentreReckoning) -> None:
    """Only the newest keeps what what-if needs; old reckonings go."""
    CentreReckoning.objects.exclude(pk=row.pk).exclude(flows=[]).update(flows=[])
    old = CentreReckoning.objects.order_by("-pk").values_list("pk", flat=True)[KEPT : KEPT + 1]
    if old:
        CentreReckoning.objects.filter(pk__lte=old[0]).delete()


def _record(row: CentreReckoning, now: datetime) -> None:
    """Among the runs of the optimiser, beside its other jobs."""
    names = ("opened", "lapsed", "renewed", "gap_fen", "value_fen")
    OptimiserRun.objects.create(
        kind=OptimiserRun.Kind.CENTRES,
        status=row.status,
        at=now,
        orders=row.figures["orders"],
        changed=row.figures["opened"] + row.figures["lapsed"],
        figures={name: row.figures[name] for name in names},
        milliseconds=row.figures["milliseconds"],
    )
