"""Celery doors of the whole."""

import logging

from celery import shared_task

from omnichannel.invariants import promises
from omnichannel.kernel import clock

log = logging.getLogger(__name__)


@shared_task(name="omnichannel.check_promises")
def check_promises() -> None:
    """Hourly: a broken promise stands in the log as an error, with examples."""
    for promise in promises(now=clock.now()):
        if promise.breaches:
            log.error("broken promise %s: %s", promise.name, ", ".join(promise.examples))
