from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "settlement"

    def ready(self):
        from . import receivers  # noqa: F401  (subscriptions register on import)
