from django.urls import path

from orders.api import flash, placement

urlpatterns = [
    path("orders", placement.Orders.as_view(), name="api-orders"),
    path("orders/<str:number>", placement.OneOrder.as_view(), name="api-order"),
    path("orders/<str:number>/cancel", placement.CancelOrder.as_view(), name="api-order-cancel"),
    path("quote", placement.QuoteOrder.as_view(), name="api-quote"),
    path("availability", placement.Availability.as_view(), name="api-availability"),
    path("flash/<slug:code>/tickets", flash.FlashTickets.as_view(), name="api-flash-tickets"),
    path("flash/<slug:code>/tickets/<str:ticket>", flash.FlashTicket.as_view(), name="api-flash-ticket"),
]
