from oscar.apps.order.apps import OrderConfig


class OrdersConfig(OrderConfig):
    """Oscar's order app forked: folder `orders`, label `order`. Oscar's ready() would load its views."""

    name = "orders"

    def ready(self):
        from . import receivers  # noqa: F401  (subscriptions register on import)
