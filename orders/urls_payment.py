"""Payment, and in a demo installation the provider's own side. Included by urls.py."""

from django.conf import settings
from django.urls import path

from orders.simulator import views as simulator
from orders.views import payment

urlpatterns = [
    path("pay/unipay/notify/", payment.notify, name="pay-notify"),
    path("pay/<str:order_number>/", payment.pay, name="pay"),
    path("pay/<str:order_number>/start/", payment.start, name="pay-start"),
    path("pay/<str:order_number>/return/", payment.returned, name="pay-return"),
    path("pay/<str:order_number>/status/", payment.status, name="pay-status"),
    path("pay/<str:order_number>/ask/", payment.ask, name="pay-ask"),
]
if settings.DEMO:
    urlpatterns += [
        path("sim/unipay/cashier/<str:token>/", simulator.cashier, name="sim-cashier"),
        path("sim/unipay/cashier/<str:token>/do/", simulator.act, name="sim-act"),
        path("sim/unipay/cashier/<str:token>/notice/", simulator.notice, name="sim-notice"),
        path("sim/unipay/<path:path>", simulator.api, name="sim-api"),
    ]
