from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "settlement"

    def ready(self):
        from orders.gateways import dealer_books

        from . import receivers  # noqa: F401  (subscriptions register on import)
        from .queries import dealer_cash

        dealer_books.keep_books(dealer_cash.owed_by)
