"""What a courier's phone asks for. Included by urls.py."""

from django.urls import path

from fulfillment.views.courier import cash, day, door, offline

urlpatterns = [
    path("courier/", day.today, name="courier"),
    path("courier/worker.js", offline.worker, name="courier-worker"),
    path("courier/offline/", offline.fallback, name="courier-offline"),
    path("courier/load/", day.load, name="courier-load"),
    path("courier/position/", day.position, name="courier-position"),
    path("courier/cash/", cash.page, name="courier-cash"),
    path("courier/pay-in/", cash.pay_in, name="courier-pay-in"),
    path("courier/<str:code>/", door.parcel, name="courier-parcel"),
    path("courier/<str:code>/photos/<slug:digest>/", door.photo, name="courier-photo"),
    path("courier/<str:code>/<slug:step>/", door.act, name="courier-act"),
]
