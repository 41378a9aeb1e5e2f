from django.contrib.auth.decorators import login_required
from django.urls import path

from orders.urls_payment import urlpatterns as payment_patterns
from orders.urls_shop import urlpatterns as shop_patterns
from orders.views import basket, cards, checkout, clerk, clerk_orders, door, order, posting, tracking

app_name = "orders"
staff = login_required(login_url="members:staff-sign-in")
urlpatterns = [
    *shop_patterns,
    path("basket/", basket.show, name="basket"),
    path("basket/add/", basket.add, name="basket-add"),
    path("basket/<int:line_id>/", basket.change, name="basket-change"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("orders/<str:number>/", order.show, name="order"),
    path("orders/<str:number>/cancel/", order.cancel, name="order-cancel"),
    path("orders/<str:number>/store/", order.answer_move, name="order-answer-move"),
    path("orders/<str:number>/parcels/<str:code>/", tracking.owner, name="track"),
    path("track/", tracking.find, name="track-find"),
    path("track/<str:code>/<str:seal>/", tracking.guest, name="track-guest"),
    path("door/paid/", door.paid, name="door-paid"),
    path("door/<str:parcel>/qr/", door.show, name="door"),
    path("door/<str:parcel>/qr/start/", door.start, name="door-start"),
    path("door/<str:parcel>/qr/ask/", door.ask, name="door-ask"),
    path("me/orders/", order.mine, name="mine"),
    path("orders/<str:number>/cards/<int:card_id>/pin/", cards.show_pin, name="card-show-pin"),
    path("orders/<str:number>/cards/<int:card_id>/keep/", cards.keep, name="card-keep"),
    path("me/cards/", cards.mine, name="cards"),
    path("me/cards/add/", cards.add, name="card-add"),
    path("me/cards/<int:card_id>/", cards.show, name="card"),
    path("me/cards/<int:card_id>/freeze/", cards.freeze, name="card-freeze"),
    path("me/cards/<int:card_id>/unfreeze/", cards.unfreeze, name="card-unfreeze"),
    path("me/cards/<int:card_id>/reload/", cards.reload, name="card-reload"),
    path("me/cards/<int:card_id>/pin-code/", cards.pin_code, name="card-pin-code"),
    path("me/cards/<int:card_id>/pin/", cards.new_pin, name="card-new-pin"),
    path("clerk/", staff(clerk.console), name="clerk"),
    path("clerk/search/", staff(clerk.search), name="clerk-search"),
    path("clerk/take/", staff(clerk.take), name="clerk-take"),
    path("clerk/drop/", staff(clerk.drop), name="clerk-drop"),
    path("clerk/refresh/", staff(clerk.refresh), name="clerk-refresh"),
    path("clerk/customer/", staff(clerk.customer), name="clerk-customer"),
    path("clerk/sim/", staff(clerk.sim_options), name="clerk-sim"),
    path("clerk/sell/", staff(clerk.sell), name="clerk-sell"),
    path("clerk/post/", staff(posting.post), name="clerk-post"),
    path("clerk/post/sum/", staff(posting.sum_up), name="clerk-post-sum"),
    path("clerk/post/cities/", staff(posting.cities), name="clerk-post-cities"),
    path("clerk/parcels/", staff(posting.history), name="clerk-parcels"),
    path("clerk/parcels/<str:number>/", staff(posting.parcel), name="clerk-parcel"),
    path("clerk/parcels/<str:number>/back/", staff(posting.give_back), name="clerk-parcel-back"),
    path("clerk/orders/", staff(clerk_orders.history), name="clerk-history"),
    path("clerk/orders.csv", staff(clerk_orders.history_file), name="clerk-history-file"),
    path("clerk/orders/<str:number>/", staff(clerk_orders.order), name="clerk-order"),
    path("clerk/orders/<str:number>/cancel/", staff(clerk_orders.cancel), name="clerk-cancel"),
    path(
        "clerk/orders/<str:number>/refunds/<int:refund_id>/",
        staff(clerk_orders.pay_out),
        name="clerk-pay-out",
    ),
    *payment_patterns,
]
