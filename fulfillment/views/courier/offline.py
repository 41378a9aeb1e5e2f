"""The service worker: below /courier/, so that it may answer for these pages when there is no network."""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

SOURCE = "fulfillment/courier/worker.js"


@require_GET
def worker(request):
    """The script with a version that changes with it, and the page for where nothing is kept."""
    script, version = _script()
    head = f"const VERSION = {version!r};\nconst FALLBACK = {reverse('fulfillment:courier-offline')!r};\n"
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": reverse("fulfillment:courier")}
    return HttpResponse(head + script, content_type="text/javascript; charset=utf-8", headers=headers)


@cache
def _script() -> tuple[str, str]:
    path = finders.find(SOURCE)
    if path is None:
        raise Http404
    text = Path(path).read_text(encoding="utf-8")
    version = hashlib.sha256((text + static(SOURCE)).encode()).hexdigest()[:12]
    return text, version


@require_GET
def fallback(request):
    """A page that was never opened cannot be shown without network; the route can."""
    return render(request, "fulfillment/courier_offline.html")
