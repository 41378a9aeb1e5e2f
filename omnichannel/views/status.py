"""Is everything well? Health for machines, the invariants for operators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from members.actors import Role
from omnichannel.invariants import last_look, promises
from omnichannel.kernel import clock, dead_messages
from omnichannel.kernel.models import OutboxMessage

SIGN_IN = "members:staff-sign-in"


def health(request):
    """200 with the age of the oldest undone message; 500 comes by itself when the database is away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    oldest = (
        OutboxMessage.objects.undone().order_by("created_at").values_list("created_at", flat=True).first()
    )
    waited = (timezone.now() - oldest).total_seconds() if oldest else 0
    return JsonResponse({"status": "ok", "outbox_oldest_seconds": round(waited, 1)})


@login_required(login_url=SIGN_IN)
@require_GET
def status(request):
    request.actor.must_have(Role.OPERATOR, Role.AUDITOR)
    undone, kept = OutboxMessage.objects.undone(), promises(now=clock.now())
    context = {
        "promises": sorted(kept, key=lambda promise: not promise.breaches),
        "broken": sum(bool(promise.breaches) for promise in kept),
        "hourly": last_look(),
        "undone": undone.count(),
        "oldest": undone.order_by("created_at").first(),
        "dead": dead_messages.kinds(),
        "dead_count": OutboxMessage.objects.dead().count(),
        "may_act": request.actor.has(Role.OPERATOR),
        "now": timezone.now(),
    }
    return render(request, "omnichannel/status.html", context)


@login_required(login_url=SIGN_IN)
@require_POST
def send_again(request):
    """All dead messages of a fact for a subscriber."""
    request.actor.must_have(Role.OPERATOR)
    topic, subscriber = request.POST.get("topic", ""), request.POST.get("subscriber", "")
    count = dead_messages.send_again(topic=topic, subscriber=subscriber)
    if count:
        text = ngettext("%(n)d message is sent again.", "%(n)d messages are sent again.", count)
        messages.success(request, text % {"n": count})
    else:
        messages.warning(request, _("None of these is dead: nothing was sent."))
    return redirect("status")
