"""Addresses of what a dealer accepted for us."""

from django.urls import path

from .views import acceptance

urlpatterns = [
    path("finance/acceptance/", acceptance.days, name="acceptance"),
    path("finance/acceptance.csv", acceptance.days_file, name="acceptance-csv"),
    path("finance/acceptance/orders/", acceptance.orders, name="accepted-orders"),
    path("finance/acceptance/orders.csv", acceptance.orders_file, name="accepted-orders-csv"),
]
