"""Addresses of the stock pages."""

from django.urls import path

from fulfillment.views.stock import counts, cover, everywhere, lists, place_search, transfers

urlpatterns = [
    path("stock/", lists.levels, name="stock"),
    path("stock/movements/", lists.movements, name="stock-movements"),
    path("stock/everywhere/", everywhere.page, name="stock-everywhere"),
    path("stock/cover/", cover.page, name="stock-cover"),
    path("stock/cover/ask/", cover.ask, name="stock-cover-ask"),
    path("stock/places/<slug:purpose>/", place_search.page, name="stock-places"),
    path("stock/transfers/", transfers.index, name="stock-transfers"),
    path("stock/transfers/new/", transfers.new, name="stock-transfer-new"),
    path("stock/transfers/<str:code>/", transfers.one, name="stock-transfer"),
    path("stock/transfers/<str:code>/<slug:step>/", transfers.act, name="stock-transfer-act"),
    path("stock/counts/", counts.index, name="stock-counts"),
    path("stock/counts/begin/", counts.begin, name="stock-count-begin"),
    path("stock/counts/<str:code>/", counts.one, name="stock-count"),
    path("stock/counts/<str:code>/<slug:step>/", counts.act, name="stock-count-act"),
]
