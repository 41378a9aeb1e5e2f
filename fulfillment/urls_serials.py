"""Addresses of the serial pages."""

from django.urls import path

from fulfillment.views.serials import imports, numbers, units

urlpatterns = [
    path("serials/", units.index, name="serials"),
    path("serials/imports/", imports.index, name="serial-imports"),
    path("serials/imports/<int:pk>/", imports.one, name="serial-import"),
    path("serials/imports/<int:pk>/rejected.csv", imports.rejects, name="serial-rejects"),
    path("serials/imports/<int:pk>/take-back/", imports.take_back, name="serial-import-take-back"),
    path("serials/numbers/", numbers.receive_block, name="number-block"),
    path("serials/numbers/<str:msisdn>/", numbers.one, name="number"),
    path("serials/imports/<slug:kind>.csv", imports.sample, name="serial-sample"),
    path("serials/<str:serial>/", units.unit, name="serial"),
    path("serials/<str:serial>/<slug:step>/", units.act, name="serial-act"),
]
