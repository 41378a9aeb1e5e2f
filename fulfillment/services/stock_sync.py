"""Snapshots of stores' and ERP systems: what such a system states becomes our stock, row by row.

A source numbers its snapshots. A number counts once, and for each shelf only a newer number changes
anything, so a late or repeated snapshot does no harm. A snapshot tells of the moment it was taken: what
moved here since then is kept on top.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from catalog.queries import offerings
from members.actors import SYSTEM, Actor
from members.queries import institution, institutions_within
from omnichannel.kernel.errors import DomainError, Invalid
from omnichannel.kernel.idempotency import KeyReused, body_hash

from ..models import Place, StockSync, StockSyncCell, SyncBasis
from ..queries.shelves import ShelfCard, shelf
from ..queries.sync_drift import SYNC_DOWN, SYNC_UP, Cell, since
from . import stock
from .displacement import Shortfall, can_leave, clear, lock, take_anew

MOST_ROWS = 1000
MOST_UNITS = 1_000_000
CLOCKS_DIFFER = timedelta(minutes=5)
OLDEST = timedelta(days=2)


class SnapshotTime(Invalid):
    code = "taken_at_invalid"
    message = _("taken_at lies in the future, or more than two days back: send a new snapshot.")


class TooManyRows(Invalid):
    code = "rows_invalid"
    message = _("Send between 1 and 1,000 rows at a time.")


class SnapshotCrossed(DomainError):
    code = "snapshot_crossed"
    message = _("Goods moved on these shelves at this very moment. Send the same snapshot again.")


class SnapshotReused(KeyReused):
    message = _("Snapshot %(sequence)s of %(source)s came before with another content: send a new number.")


@dataclass(frozen=True)
class Row:
    """One statement as it was sent; units None when it is no whole number."""

    location: str
    sku: str
    units: int | None


@dataclass(frozen=True)
class Snapshot:
    """What a source sent. basis: on_hand, or salable: on hand less what is promised to orders."""

    source: str
    sequence: int
    basis: str
    taken_at: datetime
    rows: tuple[Row, ...]


@transaction.atomic
def apply(*, actor: Actor, snapshot: Snapshot, now: datetime) -> tuple[dict, bool]:
    """Take a snapshot over; returns (the answer with an outcome per row, whether it was known before).

    A row that cannot be taken does not stop the others. Raises TooManyRows, SnapshotTime, SnapshotReused
    when the number came before with another content, and SnapshotCrossed when goods moved between looking and
    locking: nothing was taken, the same number may come again.
    """
    _check(snapshot, now)
    _one_at_a_time(actor, snapshot)
    digest = _digest(snapshot)
    known = StockSync.objects.filter(
        institution_id=actor.institution_id, source=snapshot.source, sequence=snapshot.sequence
    ).first()
    if known is not None:
        if known.body_hash != digest:
            raise SnapshotReused(source=snapshot.source, sequence=snapshot.sequence)
        return known.answer, True
    answer = _take(actor, snapshot, now)
    StockSync.objects.create(
        institution_id=actor.institution_id,
        source=snapshot.source,
        sequence=snapshot.sequence,
        basis=snapshot.basis,
        body_hash=digest,
        answer=answer,
        taken_at=snapshot.taken_at,
        received_at=now,
    )
    return answer, False


def _check(snapshot: Snapshot, now: datetime) -> None:
    if not 1 <= len(snapshot.rows) <= MOST_ROWS:
        raise TooManyRows(field="rows")
    if not now - OLDEST <= snapshot.taken_at <= now + CLOCKS_DIFFER:
        raise SnapshotTime(field="taken_at")


def _one_at_a_time(actor: Actor, snapshot: Snapshot) -> None:
    """Snapshots of one source are taken one after the other."""
    with connection.cursor() as cursor:
        name = f"stock-sync {actor.institution_id} {snapshot.source}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _digest(snapshot: Snapshot) -> str:
    rows = [[row.location, row.sku, row.units] for row in snapshot.rows]
    return body_hash([snapshot.basis, snapshot.taken_at.isoformat(), rows])


def _take(actor: Actor, snapshot: Snapshot, now: datetime) -> dict:
    places = {card.code: card.id for card in institutions_within(institution(actor.institution_id).path)}
    facts = offerings.by_sku({row.sku for row in snapshot.rows})
    wanted = Counter((row.location, row.sku) for row in snapshot.rows)
    outcomes = {row: _objection(row, places, facts, wanted) for row in snapshot.rows}
    good = [row for row in snapshot.rows if not outcomes[row]]
    cells = {Cell(row.sku, places[row.location]): row for row in good}
    for cell in _stale(actor, snapshot, cells):
        outcomes[cells.pop(cell)] = "stale"
    deltas = _deltas(snapshot, cells)
    outcomes |= _book(snapshot, cells, deltas, now)
    _remember(actor, snapshot, [cell for cell, row in cells.items() if outcomes[row] != "promised"])
    return _answer(snapshot, outcomes, {row: deltas[cell] for cell, row in cells.items()})


def _objection(row: Row, places: dict, facts: dict, wanted: Counter) -> str:
    """Why a row cannot be taken; empty when it can."""
    if row.location not in places:
        return "unknown_location"
    if row.sku not in facts:
        return "unknown_sku"
    if row.units is None or not 0 <= row.units <= MOST_UNITS:
        return "quantity_invalid"
    if facts[row.sku].serial_kind:
        return "serialised"
    return "doubled" if wanted[row.location, row.sku] > 1 else ""


def _stale(actor: Actor, snapshot: Snapshot, cells: Iterable[Cell]) -> list[Cell]:
    """Shelves of which this source has told a newer state."""
    newer = StockSyncCell.objects.filter(
        institution_id=actor.institution_id, source=snapshot.source, sequence__gt=snapshot.sequence
    )
    newer = newer.filter(location_id__in={cell.location_id for cell in cells})
    told = {Cell(sku, place) for sku, place in newer.values_list("sku", "location_id")}
    return [cell for cell in cells if cell in told]


def _deltas(snapshot: Snapshot, cells: dict[Cell, Row]) -> dict[Cell, int]:
    """Units by which the books must change; three statements."""
    there = shelf({cell.sku for cell in cells}, {cell.location_id for cell in cells})
    moved = since(cells, taken_at=snapshot.taken_at, basis=snapshot.basis)
    return {
        cell: row.units + moved.get(cell, 0) - there.get((cell.sku, cell.location_id), ShelfCard()).on_hand
        for cell, row in cells.items()
    }


def _book(snapshot: Snapshot, cells: dict[Cell, Row], deltas: dict[Cell, int], now) -> dict[Row, str]:
    """Book the differences; a shelf whose picked parcels hold more than is stated stays as it is."""
    short = [Shortfall(cell.sku, cell.location_id, -deltas[cell]) for cell in cells if deltas[cell] < 0]
    held_fast = {Cell(each.sku, each.location_id) for each in short if not can_leave(each)}
    going = [each for each in short if Cell(each.sku, each.location_id) not in held_fast]
    shelves = [(cell.sku, cell.location_id) for cell in cells if deltas[cell]]
    room = lock(going, shelves=shelves)
    changing = {cell: row for cell, row in cells.items() if deltas[cell]}
    if any(deltas[cell] != units for cell, units in _deltas(snapshot, changing).items()):
        raise SnapshotCrossed()
    displaced = clear(room, actor=SYSTEM, now=now)
    outcomes = {}
    for cell in sorted(cells, key=lambda cell: (cell.location_id, cell.sku)):
        if cell in held_fast:
            outcomes[cells[cell]] = "promised"
        else:
            _book_one(snapshot, cell, deltas[cell], now)
            outcomes[cells[cell]] = "taken" if deltas[cell] else "unchanged"
    take_anew(displaced, now=now)
    return outcomes


def _book_one(snapshot: Snapshot, cell: Cell, delta: int, now: datetime) -> None:
    if delta:
        stock.book(
            sku=cell.sku,
            location_id=cell.location_id,
            units=delta,
            place=Place.LOSS,
            reason=SYNC_UP if delta > 0 else SYNC_DOWN,
            reference=f"{snapshot.source}:{snapshot.sequence}",
            now=now,
        )


def _remember(actor: Actor, snapshot: Snapshot, cells: list[Cell]) -> None:
    StockSyncCell.objects.bulk_create(
        (
            StockSyncCell(
                institution_id=actor.institution_id,
                source=snapshot.source,
                location_id=cell.location_id,
                sku=cell.sku,
                sequence=snapshot.sequence,
            )
            for cell in cells
        ),
        update_conflicts=True,
        unique_fields=["institution", "source", "location", "sku"],
        update_fields=["sequence"],
    )


def _answer(snapshot: Snapshot, outcomes: dict[Row, str], deltas: dict[Row, int]) -> dict:
    rows = [
        {
            "location": row.location,
            "sku": row.sku,
            "outcome": outcomes[row],
            "difference": deltas.get(row, 0) if outcomes[row] == "taken" else 0,
        }
        for row in snapshot.rows
    ]
    counts = Counter(outcomes[row] for row in snapshot.rows)
    return {
        "source": snapshot.source,
        "sequence": snapshot.sequence,
        "basis": str(SyncBasis(snapshot.basis).value),
        "counts": dict(sorted(counts.items())),
        "rows": rows,
    }
