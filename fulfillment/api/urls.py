from django.urls import path

from .routing import RoutingPreview

urlpatterns = [path("routing/preview", RoutingPreview.as_view(), name="routing-preview")]
