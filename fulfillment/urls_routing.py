"""/routing/ is included by urls.py."""

from django.urls import path

from fulfillment.views.routing import order, planning, queue, standing, switches, tariffs, weights

urlpatterns = [
    path("routing/", queue.page, name="routing"),
    path("routing/again/", queue.again, name="routing-again"),
    path("routing/standing/", standing.page, name="standing"),
    path("routing/standing/<str:code>/", standing.parcel, name="standing-parcel"),
    path("routing/standing/<str:code>/<slug:tool>/", standing.act, name="standing-act"),
    path("routing/planning/", planning.page, name="routing-planning"),
    path("routing/planning/switches/", switches.page, name="routing-switches"),
    path("routing/planning/<slug:kind>/", planning.switch, name="routing-switch"),
    path("routing/tariffs/", tariffs.page, name="routing-tariffs"),
    path("routing/tariffs/withdraw/", tariffs.withdraw, name="routing-tariff-withdraw"),
    path("routing/postage/", tariffs.page, {"kind": "postage"}, name="routing-postage"),
    path(
        "routing/postage/withdraw/",
        tariffs.withdraw,
        {"kind": "postage"},
        name="routing-postage-withdraw",
    ),
    path("routing/weights/", weights.page, name="routing-weights"),
    path("routing/weights/withdraw/", weights.withdraw, name="routing-weights-withdraw"),
    path("routing/<str:number>/", order.page, name="routing-order"),
    path("routing/<str:number>/<slug:tool>/", order.act, name="routing-act"),
]
