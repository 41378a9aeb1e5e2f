"""The Celery app. Retries belong to the outbox alone; tasks carry ids only."""

import os

from celery import Celery
from celery.signals import worker_process_init

from omnichannel.settled import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "omnichannel.settings")

app = Celery("omnichannel")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["omnichannel.kernel"])
app.autodiscover_tasks()
app.autodiscover_tasks(["fulfillment"], related_name="optimiser_tasks")


@worker_process_init.connect
def _begin(**_facts) -> None:
    settle()
