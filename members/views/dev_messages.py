"""The development adapter's outbox: what the message gateway would have sent. Demo company only."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from members.models import Message
from members.services.messages import text_of

SHOWN = 50


@never_cache
@require_GET
def dev_messages(request):
    if not settings.DEMO:
        raise Http404
    rows = [(message, text_of(message)) for message in Message.objects.order_by("-pk")[:SHOWN]]
    template = "members/_dev_messages.html" if request.htmx else "members/dev_messages.html"
    return render(request, template, {"rows": rows})
