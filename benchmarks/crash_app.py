"""The project's Celery app with the measurement's subscriber; with CONTROL=1 without the outbox.

    celery -A benchmarks.crash_app worker

In the control, publish() writes no rows: it hands each subscriber's message to Celery after the commit,
and the task runs the handler in a transaction. That is what a project without an outbox does. Its broker
gives back what a killed worker had within seconds, so that only what never reached it counts as lost.
"""

import dataclasses
import os

import django

django.setup()

from django.db import transaction  # noqa: E402

import benchmarks.crash_effects  # noqa: E402, F401
from omnichannel.celery import app  # noqa: E402
from omnichannel.kernel import outbox  # noqa: E402

CONTROL = os.environ.get("CONTROL") == "1"


@app.task(name="bench.direct")
def direct(name: str, payload: dict) -> None:
    entry = outbox._by_name[name]
    with transaction.atomic():
        entry.handler(entry.fact(**payload))


def publish_directly(*facts, delay=None) -> None:
    wanted = [(fact, entry) for fact in facts for entry in outbox._by_topic.get(fact.topic, ())]
    messages = [(entry.name, dataclasses.asdict(fact), entry.queue) for fact, entry in wanted]
    if messages:
        transaction.on_commit(lambda: send_directly(messages), robust=True)


def send_directly(messages: list) -> None:
    for name, payload, queue in messages:
        app.send_task("bench.direct", args=[name, payload], queue=queue, retry=False)


if CONTROL:
    outbox.publish = publish_directly
    app.conf.broker_transport_options = {
        "visibility_timeout": 5,
        "unacked_restore_interval": 1,
        "unacked_restore_throttle": 1,
    }
