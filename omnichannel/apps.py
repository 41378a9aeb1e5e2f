from django.apps import AppConfig

from omnichannel import celery


class OmnichannelConfig(AppConfig):
    """Wires the project; importing Celery's app here gives shared tasks their broker."""

    name = "omnichannel"
    label = "omnichannel"
    celery_app = celery.app
