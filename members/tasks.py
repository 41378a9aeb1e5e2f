"""Celery doors of members."""

from celery import shared_task

from members.services import points
from omnichannel.kernel import clock


@shared_task(name="members.lapse_points")
def lapse_points() -> None:
    points.lapse_due(now=clock.now())
