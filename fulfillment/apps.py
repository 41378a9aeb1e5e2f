from django.apps import AppConfig


class FulfillmentConfig(AppConfig):
    name = "fulfillment"

    def ready(self):
        from . import receivers  # noqa: F401  (subscriptions register on import)
