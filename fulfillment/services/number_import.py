"""Mobile numbers come into the pool by a file, or as a block of numbers that follow one another."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel.errors import Invalid, NotAllowed

from ..models import ImportKind, SerialImport
from . import serial_import

ROLES = ("operator",)
LINES = 10_000


class BlockInvalid(Invalid):
    code = "number_block_invalid"
    message = _("A block begins with seven digits such as 1381234; its numbers run from 0000 to 9999.")


class BlockPlaceMissing(Invalid):
    code = "number_block_place"
    message = _("Type the province and the city that the block belongs to.")


def submit(
    *, actor: Actor, delivery_note: str, file_name: str, content: bytes, now: datetime
) -> SerialImport:
    """Accept a file of numbers. They are nobody's shelf's: the import stands under the operator's house.

    Raises NotAllowed, serial_import.NoteMissing, and what serial_file.check_head raises.
    """
    note = delivery_note.strip()
    serial_import.check_note(note)
    return serial_import.accept(
        actor=actor,
        location_id=house_of(actor),
        kind=ImportKind.NUMBER,
        sku="",
        delivery_note=note,
        file_name=file_name,
        content=content,
        now=now,
    )


def submit_block(
    *,
    actor: Actor,
    delivery_note: str,
    prefix: str,
    first: int,
    last: int,
    province: str,
    city: str,
    now: datetime,
) -> SerialImport:
    """The numbers prefix + first … prefix + last, as the file that lists them.

    Raises NotAllowed, BlockInvalid, BlockPlaceMissing, serial_import.NoteMissing.
    """
    prefix, province, city = prefix.strip(), province.strip(), city.strip()
    if not (len(prefix) == 7 and prefix.isascii() and prefix.isdigit() and 0 <= first <= last < LINES):
        raise BlockInvalid(field="prefix")
    if not (province and city) or {",", "\n", '"'} & {*province, *city}:
        raise BlockPlaceMissing(field="province")
    rows = (f"{prefix}{line:04d},{province},{city}" for line in range(first, last + 1))
    content = "\n".join(["number,province,city", *rows]).encode()
    name = f"{prefix}-{first:04d}-{last:04d}.csv"
    return submit(actor=actor, delivery_note=delivery_note, file_name=name, content=content, now=now)


def house_of(actor: Actor) -> int:
    """The highest institution at which the actor is an operator. Raises NotAllowed."""
    grants = [grant for grant in actor.grants if grant.role in ROLES]
    if not grants:
        raise NotAllowed()
    return min(grants, key=lambda grant: (len(grant.path), grant.path)).institution_id
