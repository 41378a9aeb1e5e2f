"""Is everything well? Health for machines, the invariants for operators."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone

from members.actors import Role
from omnichannel.invariants import promises
from omnichannel.kernel import clock
from omnichannel.kernel.models import OutboxMessage


def health(request):
    """200 with the age of the oldest undone message; 500 comes by itself when the database is away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    oldest = (
        OutboxMessage.objects.undone().order_by("created_at").values_list("created_at", flat=True).first()
    )
    waited = (timezone.now() - oldest).total_seconds() if oldest else 0
    return JsonResponse({"status": "ok", "outbox_oldest_seconds": round(waited, 1)})


@login_required(login_url="members:staff-sign-in")
def status(request):
    request.actor.must_have(Role.OPERATOR, Role.AUDITOR)
    undone, kept = OutboxMessage.objects.undone(), promises(now=clock.now())
    context = {
        "promises": kept,
        "broken": sum(bool(promise.breaches) for promise in kept),
        "undone": undone.count(),
        "oldest": undone.order_by("created_at").first(),
        "dead": OutboxMessage.objects.dead().count(),
        "now": timezone.now(),
    }
    return render(request, "omnichannel/status.html", context)
