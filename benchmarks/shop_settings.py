"""Our settings for a measurement: as in production, static files without the collected manifest."""

from omnichannel.settings import *  # noqa: F403

STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
ALLOWED_HOSTS = ["*"]
HOLD_MOST_ORDERS = 1_000_000  # the measured customers order all the time and do not pay
