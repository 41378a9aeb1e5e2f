from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.static import serve
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from omnichannel.views import home, status, styleguide

urlpatterns = [
    # Django tries one pattern after the other, so what customers ask for stands first.
    path("", include("orders.urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("health/", status.health, name="health"),
    path("status/", status.status, name="status"),
    path("status/look/", status.look, name="status-look"),
    path("status/check/", status.check, name="status-check"),
    path("status/send-again/", status.send_again, name="status-send-again"),
    path("staff/", home.role_home, name="role-home"),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="api-schema"), name="api-docs"),
    path("api/v1/", include("orders.api.urls")),
    path("api/v1/", include("fulfillment.api.urls")),
    path("", include("members.urls")),
    path("", include("fulfillment.urls")),
    path("", include("settlement.urls")),
]

if settings.DEMO:
    urlpatterns += [path("styleguide/", styleguide.styleguide, name="styleguide")]
if settings.SERVE_PICTURES:
    # Pictures only: signatures and evidence under MEDIA_ROOT are read through pages that check rights.
    pictures = {"document_root": settings.MEDIA_ROOT / "pictures"}
    urlpatterns += [path("media/pictures/<path:path>", serve, pictures)]
