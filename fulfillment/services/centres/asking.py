"""Who asks for a reckoning: the night, or an operator. A worker does it; pages never load the solver."""

from datetime import datetime

from django.db import transaction

from members.actors import Actor
from omnichannel.kernel import clock, outbox
from omnichannel.kernel.locks import advisory_lock

from ...events import CentreReckoningAsked
from ...models import CentreReckoning, ReckoningState
from ...models.centres import LOST, OPEN_RECKONING

STEPS = 5  # of a reckoning, as told to whoever waits
LOCK = "centre reckoning"


@transaction.atomic
def ask(*, actor: Actor, now: datetime) -> CentreReckoning:
    """A reckoning by a worker, told by CentreReckoningAsked; the open one, where there is one.

    Raises NotAllowed.
    """
    actor.must_have("operator")
    waiting = _open(now)
    if waiting is not None:
        return waiting
    made = CentreReckoning.objects.create(
        key=f"asked {now.isoformat()}",
        state=ReckoningState.WAITING,
        asked_by=actor.label[:80],
        asked_at=now,
    )
    outbox.publish(CentreReckoningAsked(reckoning_id=made.pk))
    return made


@transaction.atomic
def for_tonight(*, now: datetime) -> CentreReckoning | None:
    """This night's reckoning, once: None where it was done, or where somebody's is under way."""
    if _open(now) is not None:
        return None
    key = f"night {clock.local_day(now)}"
    row, made = CentreReckoning.objects.get_or_create(
        key=key, defaults={"state": ReckoningState.WAITING, "asked_at": now}
    )
    return row if made else None


def _open(now: datetime) -> CentreReckoning | None:
    """The one under way; what was lost with its worker is closed first."""
    advisory_lock(LOCK)
    row = CentreReckoning.objects.select_for_update().filter(state__in=OPEN_RECKONING).first()
    if row is None or not row.is_lost(now):
        return row
    row.state, row.failure, row.finished_at = ReckoningState.FAILED, LOST, now
    row.save(update_fields=["state", "failure", "finished_at"])
    return None
