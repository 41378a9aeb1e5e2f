"""Celery doors of the whole."""

import logging

from celery import shared_task
from django.utils import timezone

from omnichannel.invariants import keep_look, promises
from omnichannel.kernel import clock

log = logging.getLogger(__name__)


@shared_task(name="omnichannel.check_promises")
def check_promises() -> None:
    """Hourly: a broken promise stands in the log as an error, with examples, and on the status page."""
    broken = [promise for promise in promises(now=clock.now()) if promise.breaches]
    for promise in broken:
        log.error("broken promise %s: %s", promise.name, ", ".join(promise.examples))
    keep_look(broken, at=timezone.now())
