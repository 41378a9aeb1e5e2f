"""Addresses of the suppliers' pages."""

from django.urls import path

from fulfillment.views.suppliers import contracts, listings, order, orders, review, sending

urlpatterns = [
    path("suppliers/", orders.start, name="suppliers"),
    path("suppliers/orders/", orders.index, name="supplier-orders"),
    path("suppliers/orders/<str:number>/", order.one, name="supplier-order"),
    path("suppliers/orders/<str:number>/send/", sending.send, name="supplier-send"),
    path("suppliers/orders/<str:number>/<slug:step>/", order.act, name="supplier-act"),
    path("suppliers/listings/", listings.index, name="supplier-listings"),
    path("suppliers/listings/new/", listings.new, name="supplier-list"),
    path("suppliers/listings/<int:pk>/", listings.one, name="supplier-listing"),
    path("suppliers/listings/<int:pk>/withdraw/", listings.withdraw, name="supplier-withdraw"),
    path("suppliers/listings/<int:pk>/picture/", listings.picture, name="supplier-picture"),
    path("suppliers/contracts/", contracts.index, name="supplier-contracts"),
    path("suppliers/review/", review.index, name="supplier-review"),
    path("suppliers/review/<int:pk>/", review.one, name="supplier-decide"),
    path("suppliers/review/<int:pk>/picture/", review.picture, name="supplier-review-picture"),
    path("suppliers/review/<int:pk>/<slug:step>/", review.act, name="supplier-review-act"),
]
