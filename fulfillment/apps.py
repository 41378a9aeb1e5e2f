from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FulfillmentConfig(AppConfig):
    name = "fulfillment"
    verbose_name = _("Goods on their way")

    def ready(self):
        from . import receivers  # noqa: F401  (subscriptions register on import)
