"""Addresses of the suppliers' pages."""

from django.urls import path

from fulfillment.views.suppliers import articles, contracts, listings, order, orders, review, sending

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
    path("suppliers/articles/", articles.index, name="supplier-articles"),
    path("suppliers/articles/take-off/", articles.take_off, name="supplier-take-off"),
    path("suppliers/contracts/", contracts.index, name="supplier-contracts"),
    path("suppliers/review/", review.index, name="supplier-review"),
    path("suppliers/review/articles/", articles.every, name="supplier-review-articles"),
    path("suppliers/review/articles/take-off/", articles.take_off_any, name="supplier-review-take-off"),
    path("suppliers/review/<int:pk>/", review.one, name="supplier-decide"),
    path("suppliers/review/<int:pk>/picture/", review.picture, name="supplier-review-picture"),
    path("suppliers/review/<int:pk>/<slug:step>/", review.act, name="supplier-review-act"),
]
