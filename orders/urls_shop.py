"""The storefront's browsing pages; included by orders.urls."""

from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from orders.views.shop import browse, flash, home, numbers, place, product


class WideSlug(SlugConverter):
    """A slug may hold letters of any script."""

    regex = r"[-\w]+"


register_converter(WideSlug, "wideslug")

urlpatterns = [
    path("", home.home, name="home"),
    path("c/<wideslug:slug>/", browse.category, name="category"),
    path("search/", browse.search, name="search"),
    path("search/suggest/", browse.suggest, name="suggest"),
    path("p/<wideslug:slug>-<int:pk>/", product.product, name="product"),
    path("numbers/", numbers.choose, name="numbers"),
    path("numbers/hold/", numbers.hold, name="number-hold"),
    path("numbers/drop/", numbers.drop, name="number-drop"),
    path("place/", place.place, name="place"),
    path("flash/<slug:code>/", flash.flash, name="flash"),
    path("flash/<slug:code>/queue/", flash.queue, name="flash-queue"),
    path("flash/<slug:code>/leave/", flash.leave, name="flash-leave"),
]
