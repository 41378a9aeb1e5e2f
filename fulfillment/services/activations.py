"""The network tells when it first saw a device or card: the proof that it was sold."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

from ..models import (
    Place,
    SerialActivation,
    SerialEvent,
    SerialEventKind,
    SerialState,
    SerialUnit,
)
from . import stock
from .serial_file import Row, read
from .serial_portion import digits_of
from .serials import SerialUnknown
from .shelf_locks import lock_unit

MOST = 20_000


class TimeInvalid(Invalid):
    code = "activation_time_invalid"
    message = _("%(value)s is not a time. Write it as 2026-11-21 14:05.")


class TooManyRows(Invalid):
    code = "activation_file_too_long"
    message = _("At most 20,000 activations at a time. Divide the file.")


@dataclass(frozen=True)
class Outcome:
    """rejected: (line, serial, code, sentence)."""

    recorded: int
    known: int
    rejected: tuple[tuple[int, str, str, str], ...]


@transaction.atomic
def record(*, serial: str, activated_at: datetime, now: datetime) -> bool:
    """Keep a first activation; False when it was kept before.

    A unit that the books still have free on a dealer's shelf was sold by that dealer without telling:
    it leaves the shelf and counts as its sell-out of that day. Raises serials.SerialUnknown, and
    stock.StockPromised when the shelf's units are all promised to orders.
    """
    unit = lock_unit(digits_of(serial))
    if unit is None:
        raise SerialUnknown(serial=serial.strip()[:32])
    if SerialActivation.objects.filter(unit=unit).exists():
        return False
    sold_here = unit.state == SerialState.FREE and unit.location.kind == "dealer"
    SerialActivation.objects.create(
        unit=unit, activated_at=activated_at, dealer_id=unit.location_id if sold_here else None
    )
    SerialEvent.objects.create(
        unit=unit,
        kind=SerialEventKind.ACTIVATED,
        location_id=unit.location_id,
        who="network",
        at=activated_at,
    )
    if sold_here:
        _leave(unit, now)
    return True


def _leave(unit: SerialUnit, now: datetime) -> None:
    stock.book(
        sku=unit.sku,
        location_id=unit.location_id,
        units=-1,
        place=Place.CUSTOMER,
        reason="activated",
        reference=unit.serial,
        now=now,
    )
    unit.state, unit.changed_at = SerialState.SOLD, now
    unit.save(update_fields=["state", "changed_at"])


def load(*, actor: Actor, content: bytes, file_name: str, now: datetime) -> Outcome:
    """The network's list: columns serial and the time, as 2026-11-21 14:05 of Shanghai. Good rows are kept.

    Raises NotAllowed, TooManyRows, and what serial_file.read raises.
    """
    actor.must_have("operator")
    rows = read(content, file_name=file_name)
    if len(rows) > MOST:
        raise TooManyRows(field="file")
    recorded, rejected = 0, []
    for row in rows:
        try:
            recorded += record(serial=row.serial, activated_at=_time(row), now=now)
        except DomainError as refusal:
            rejected.append((row.line, row.serial[:32], refusal.code, str(refusal)))
    return Outcome(recorded, len(rows) - recorded - len(rejected), tuple(rejected))


def _time(row: Row) -> datetime:
    try:
        moment = datetime.fromisoformat(row.at)
    except ValueError as error:
        raise TimeInvalid(field="at", value=row.at[:20]) from error
    local = moment if moment.tzinfo else moment.replace(tzinfo=clock.SHANGHAI)
    return local.astimezone(UTC)
