"""Is everything well? Health for machines; for operators what the last look at all promises found."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError

from members.actors import Role
from omnichannel import promise_look
from omnichannel.kernel import dead_messages
from omnichannel.kernel.models import OutboxMessage
from omnichannel.tasks import check_promises

SIGN_IN = "members:staff-sign-in"
READERS = (Role.OPERATOR, Role.AUDITOR)


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
    """The last look as it was kept: opening the page checks nothing."""
    request.actor.must_have(*READERS)
    undone, now, looked = OutboxMessage.objects.undone(), timezone.now(), promise_look.last_look()
    context = {
        "look": looked,
        "overdue": looked is not None and looked.is_overdue(now),
        "undone": undone.count(),
        "oldest": undone.order_by("created_at").first(),
        "dead": dead_messages.kinds(),
        "dead_count": OutboxMessage.objects.dead().count(),
        "may_act": request.actor.has(Role.OPERATOR),
        **_under_way(now),
    }
    return render(request, "omnichannel/status.html", context)


def _under_way(now) -> dict:
    """A look that is asked for or runs, or one that was asked for and never came back."""
    run = promise_look.run()
    lost = run is not None and run.is_lost(now)
    return {"run": None if lost else run, "lost": run if lost else None}


@login_required(login_url=SIGN_IN)
@require_GET
def look(request):
    """How far the look is; the whole page once it is over."""
    request.actor.must_have(*READERS)
    under_way = _under_way(timezone.now())
    if under_way["run"] is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "omnichannel/_status_look.html", under_way)


@login_required(login_url=SIGN_IN)
@require_POST
def check(request):
    """A worker looks at all promises now."""
    request.actor.must_have(*READERS)
    if not promise_look.ask(at=timezone.now()):
        messages.info(request, _("The rules are being checked already."))
        return redirect("status")
    try:
        check_promises.apply_async(retry=False)
    except OperationalError:
        promise_look.take_back()
        messages.error(
            request, _("The broker is not reachable, so no worker was told. Try again in a minute.")
        )
    return redirect("status")


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
