from django.conf import settings
from django.urls import path

from fulfillment.simulator import courier_page
from fulfillment.simulator import views as simulator
from fulfillment.urls_centres import urlpatterns as centre_patterns
from fulfillment.urls_courier import urlpatterns as courier_patterns
from fulfillment.urls_dealers import urlpatterns as dealer_patterns
from fulfillment.urls_routing import urlpatterns as routing_patterns
from fulfillment.urls_serials import urlpatterns as serial_patterns
from fulfillment.urls_stock import urlpatterns as stock_patterns
from fulfillment.urls_suppliers import urlpatterns as supplier_patterns
from fulfillment.views import lead, manifests, ops, proofs, store
from fulfillment.views.station import StationPage

app_name = "fulfillment"

urlpatterns = [
    path("ops/", ops.page, name="ops"),
    path("ops/waves/", ops.build_waves, name="build-waves"),
    path("ops/returns/", ops.come_back, name="come-back"),
    path("ops/openings/", ops.openings, name="openings"),
    path("ops/lead/", lead.page, name="lead"),
    path("ops/lead/weights/<int:pk>/", lead.decide_weight, name="decide-weight"),
    path("ops/lead/cards/<str:code>/", lead.decide_cards, name="lead-cards"),
    path("ops/lead/openings/", lead.ask_again, name="ask-again"),
    path("ops/lead/closings/<int:pk>/", lead.close_again, name="close-again"),
    path("ops/waves/<int:pk>.pdf", ops.pick_list, name="pick-list"),
    path("ops/wall.pdf", ops.wall_signs, name="wall-signs"),
    path("ops/station/<slug:name>/", StationPage.as_view(), name="station"),
    path("ops/labels/<str:code>.pdf", ops.label, name="label"),
    path("ops/manifests/", manifests.listed, {"side": "ops"}, name="manifests"),
    path("ops/manifests/<int:pk>/signed/", manifests.close, {"side": "ops"}, name="manifest-close"),
    path("ops/manifests/<int:pk>.pdf", ops.manifest, name="manifest"),
    path("ops/manifests/<int:pk>/close/", ops.close_manifest, name="close-manifest"),
    path("store/", store.inbox, name="store"),
    path("store/find/", store.find, name="store-find"),
    path("store/manifests/", manifests.listed, {"side": "store"}, name="store-manifests"),
    path("store/manifests/<int:pk>/signed/", manifests.close, {"side": "store"}, name="store-manifest-close"),
    path("store/<str:code>/", store.parcel, name="store-parcel"),
    path("store/<str:code>/<slug:step>/", store.act, name="store-act"),
    path("ops/proofs/", proofs.listed, name="proofs"),
    path("ops/proofs/check/", proofs.check, name="proof-check"),
    path("ops/proofs/<str:code>/", proofs.proof, name="proof"),
    path("ops/proofs/<str:code>.zip", proofs.bundle, name="proof-bundle"),
    path("ops/proofs/<str:code>/pictures/<slug:digest>/", proofs.picture, name="proof-picture"),
    *centre_patterns,
    *courier_patterns,
    *stock_patterns,
    *serial_patterns,
    *dealer_patterns,
    *supplier_patterns,
    *routing_patterns,
]

if settings.DEMO:
    urlpatterns += [
        path("sim/core-network/<slug:operation>/", simulator.call, name="core-network"),
        path("sim/courier/", courier_page.page, name="sim-courier"),
        path("sim/courier/<int:pk>/", courier_page.play, name="sim-courier-play"),
    ]
