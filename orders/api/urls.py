from django.urls import path

from orders.api import placement

urlpatterns = [
    path("orders", placement.Orders.as_view(), name="api-orders"),
    path("orders/<str:number>", placement.OneOrder.as_view(), name="api-order"),
    path("orders/<str:number>/cancel", placement.CancelOrder.as_view(), name="api-order-cancel"),
    path("quote", placement.QuoteOrder.as_view(), name="api-quote"),
    path("availability", placement.Availability.as_view(), name="api-availability"),
]
