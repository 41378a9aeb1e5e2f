"""The network's list of first activations comes in by a file, through the imports of serial numbers."""

from datetime import datetime

from members.actors import Actor
from omnichannel.kernel import clock

from ..models import ImportKind, SerialImport
from . import serial_import
from .number_import import house_of


def submit(*, actor: Actor, file_name: str, content: bytes, now: datetime) -> SerialImport:
    """Accept a list to be read by a worker: columns serial and the time, as 2026-11-21 14:05 of Shanghai.

    It stands under the operator's house. The same file in the same minute is the same import; later it is
    read again, as serials that were unknown may have come in meanwhile, and each row counts once.
    Raises NotAllowed, and what serial_file.check_head raises.
    """
    return serial_import.accept(
        actor=actor,
        location_id=house_of(actor),
        kind=ImportKind.ACTIVATION,
        sku="",
        delivery_note=f"{now.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}",
        file_name=file_name,
        content=content,
        now=now,
    )
