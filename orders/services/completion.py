"""How far the lines have come, and the end of an order when all of them have ended."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from members.actors import SYSTEM
from omnichannel.kernel import outbox
from orders.events import OrderCompleted
from orders.models import LineTerms, OrderIntake, State
from orders.services.history import move


def count_done(lines: Sequence[LineTerms], quantities: Iterable[tuple[int, int]]) -> None:
    """Add delivered units per line id; a SIM's plan is done with it."""
    _count(lines, quantities, "done")


def count_dropped(lines: Sequence[LineTerms], quantities: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Add refused, cancelled or failed units per line id; returns (line id, fen) that they were worth."""
    before = {line.pk: line.dropped for line in lines}
    _count(lines, quantities, "dropped")
    return [
        (line.pk, line.amount_for(line.dropped - before[line.pk], before=before[line.pk]))
        for line in lines
        if line.dropped > before[line.pk]
    ]


def _count(lines: Sequence[LineTerms], quantities: Iterable[tuple[int, int]], field: str) -> None:
    wanted = dict(quantities)
    changed = []
    for line in lines:
        units = wanted.get(line.pk) or wanted.get(line.comes_with_id) or 0
        if units:
            setattr(line, field, getattr(line, field) + units)
            changed.append(line)
    LineTerms.objects.bulk_update(changed, [field])


def finish_if_ended(intake: OrderIntake, lines: Sequence[LineTerms], *, now: datetime) -> None:
    """Complete (or refuse, or fail) the locked order once every line has ended."""
    if not all(line.is_ended for line in lines):
        return
    if any(line.done for line in lines):
        move(intake, State.COMPLETED, actor=SYSTEM, now=now)
        outbox.publish(
            OrderCompleted(intake.number, intake.member_id, _earned_on(intake, lines), now.isoformat())
        )
    elif any(line.is_goods for line in lines):
        move(intake, State.REFUSED, actor=SYSTEM, now=now)
    else:
        move(intake, State.FAILED, actor=SYSTEM, now=now)


def _earned_on(intake: OrderIntake, lines: Sequence[LineTerms]) -> int:
    """Fen on which points are earned: what was kept, in the proportion that points did not pay.

    Nothing is earned on buying a prepaid card; it is on what the card pays.
    """
    if intake.sells_cards:
        return 0
    kept = sum(line.amount_for(line.done, before=line.dropped) for line in lines)
    return kept * (intake.total_fen - intake.points_fen) // intake.total_fen if intake.total_fen else 0
