from django.urls import path

from .courier_events import CourierEvents
from .routing import RoutingPreview
from .stock import StockQuery, StockSyncDoor

urlpatterns = [
    path("routing/preview", RoutingPreview.as_view(), name="routing-preview"),
    path("stock", StockQuery.as_view(), name="stock-query"),
    path("stock/sync", StockSyncDoor.as_view(), name="stock-sync"),
    path("courier-events", CourierEvents.as_view(), name="courier-events"),
]
