"""Addresses of the dealer pages."""

from django.urls import path

from fulfillment.views.dealers import (
    account,
    desk,
    numbers,
    order,
    order_steps,
    ordering,
    orders,
    proposals,
    purchases,
    receiving,
    sales,
)

urlpatterns = [
    path("dealers/", desk.index, name="dealers"),
    path("dealers/orders/", orders.index, name="dealer-orders"),
    path("dealers/orders/<str:number>/", order.one, name="dealer-order"),
    path("dealers/orders/<str:number>/<slug:step>/", order_steps.act, name="dealer-order-act"),
    path("dealers/parcels/<str:code>/", receiving.parcel, name="dealer-parcel"),
    path("dealers/sales/", sales.page, name="dealer-sales"),
    path("dealers/sales/activations/", sales.activated, name="dealer-activations"),
    path("dealers/purchases/", purchases.index, name="dealer-purchases"),
    path("dealers/purchases/<str:number>/", purchases.one, name="dealer-purchase"),
    path("dealers/purchases/<str:number>/<slug:step>/", purchases.act, name="dealer-purchase-act"),
    path("dealers/at/<slug:code>/", desk.desk, name="dealer"),
    path("dealers/at/<slug:code>/new/", ordering.new, name="dealer-new"),
    path("dealers/at/<slug:code>/proposals/", proposals.proposals, name="dealer-proposals"),
    path("dealers/at/<slug:code>/proposals/again/", proposals.propose, name="dealer-propose"),
    path("dealers/at/<slug:code>/proposals/dismiss/", proposals.dismiss, name="dealer-dismiss"),
    path("dealers/at/<slug:code>/proposals/terms/", proposals.supply, name="dealer-supply"),
    path("dealers/at/<slug:code>/numbers/", numbers.index, name="dealer-numbers"),
    path("dealers/at/<slug:code>/account/", account.account, name="dealer-account"),
    path("dealers/at/<slug:code>/account/<slug:step>/", account.act, name="dealer-account-act"),
]
