"""Celery doors of the whole."""

import logging

from celery import shared_task
from django.utils import timezone

from omnichannel import promise_look

log = logging.getLogger(__name__)


@shared_task(name="omnichannel.check_promises")
def check_promises() -> None:
    """Hourly, and when somebody asks: what is broken stands in the log as an error, all on the page."""
    for promise in promise_look.look(at=timezone.now()).promises:
        if promise.breaches:
            log.error("broken promise %s: %s", promise.name, ", ".join(promise.examples))
