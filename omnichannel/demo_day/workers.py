"""Waiting for the workers, and killing one."""

import os
import signal
import time
from pathlib import Path

from django.utils import timezone

from omnichannel.kernel import outbox
from omnichannel.kernel.models import OutboxMessage

PATIENCE_SECONDS = 180


class OutboxStuck(Exception):
    """Messages stayed undone; the text names the oldest and its error."""


def wait_for_rest(*, inline: bool) -> None:
    """Return when no message is undone. `inline` consumes them here, for an installation without workers.

    Raises OutboxStuck when the oldest stays the same for PATIENCE_SECONDS; a long queue may move on.
    """
    oldest_id, deadline = None, 0.0
    while True:
        if inline:
            outbox.drain()
        left = OutboxMessage.objects.undone()
        oldest = left.order_by("created_at").first()
        if oldest is None:
            return
        if oldest.pk != oldest_id:
            oldest_id, deadline = oldest.pk, time.monotonic() + PATIENCE_SECONDS
        if time.monotonic() > deadline:
            age = (timezone.now() - oldest.created_at).total_seconds()
            error = oldest.last_error.strip().rsplit("\n", 1)[-1]
            raise OutboxStuck(
                f"{left.count()} messages are undone, the oldest ({oldest}) for {age:.0f} s. {error}"
            )
        time.sleep(0.05)


def kill_one(worker_pid: int | None) -> bool:
    """kill -9 a busy process of the Celery worker; its parent starts another. False when there is none."""
    children = _children(worker_pid) if worker_pid else []
    if not children:
        return False
    os.kill(children[0], signal.SIGKILL)
    return True


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in tasks.read_text().split()] if tasks.exists() else []
