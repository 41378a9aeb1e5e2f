"""/ops/centres/ is included by urls.py."""

from django.urls import path

from fulfillment.views.centres import costs, detail, listed, what_if

urlpatterns = [
    path("ops/centres/", listed.page, name="centres"),
    path("ops/centres/reckon/", listed.reckon, name="centres-reckon"),
    path("ops/centres/reckonings/<int:pk>/", listed.progress, name="centres-progress"),
    path("ops/centres/proposals/", listed.decided, name="centre-proposals"),
    path("ops/centres/proposals/<int:pk>/", detail.page, name="centre-proposal"),
    path("ops/centres/proposals/<int:pk>/accept/", detail.accept, name="centre-accept"),
    path("ops/centres/proposals/<int:pk>/dismiss/", detail.dismiss, name="centre-dismiss"),
    path("ops/centres/proposals/<int:pk>/give-up/", detail.give_up, name="centre-give-up"),
    path("ops/centres/costs/", costs.page, name="centre-costs"),
    path("ops/centres/costs/withdraw/", costs.withdraw, name="centre-costs-withdraw"),
    path("ops/centres/what-if/", what_if.page, name="centres-what-if"),
]
