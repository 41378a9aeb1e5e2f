from django.urls import path

from .automation import AutomationPicks
from .courier_events import CourierEvents
from .routing import RoutingPreview
from .stock import StockQuery, StockSyncDoor

urlpatterns = [
    path("routing/preview", RoutingPreview.as_view(), name="routing-preview"),
    path("stock", StockQuery.as_view(), name="stock-query"),
    path("stock/sync", StockSyncDoor.as_view(), name="stock-sync"),
    path("automation/picks", AutomationPicks.as_view(), name="automation-picks"),
    path("courier-events", CourierEvents.as_view(), name="courier-events"),
]
