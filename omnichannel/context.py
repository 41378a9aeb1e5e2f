"""What every page's frame needs, without a query."""

from django.conf import settings


def shell(request):
    return {"DEMO": settings.DEMO, "actor": getattr(request, "actor", None)}
