"""A parcel followed on its way: by its customer, by the link of a text message, or by number and phone."""

from datetime import date
from hashlib import blake2b

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fulfillment.queries import chart, tracking
from fulfillment.services import next_visit
from omnichannel.kernel import clock, limits
from omnichannel.kernel.errors import DomainError, NotFound
from orders.queries import orders
from orders.services import next_visit as visits
from orders.views import sessions
from orders.views.shop.frame import frame

LIVE_SECONDS = 15
SEARCHES = {"most": 20, "seconds": 3600}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def owner(request, number: str, code: str):
    """An order's parcel, with the goal on the map as it is. Its customer chooses the next visit's day."""
    intake = orders.head(request.actor, number, session_numbers=sessions.guest_orders(request))
    actor = sessions.acting(request, number=number, member_id=intake.member_id, channel=intake.channel)
    if request.method == "POST":
        limits.check(f"track:{request.META.get('REMOTE_ADDR', '')}", **SEARCHES)
        chosen = {"order": intake, "code": code, "actor": actor, **_asked(request)}
        return _chosen(request, lambda: visits.choose(**chosen))
    found = tracking.of_parcel(code, exact=True, now=clock.now())
    if found.order_number != intake.number:
        raise tracking.ParcelUntraceable()
    return _page(request, found, order=intake, chooses=visits.may_choose(actor, intake))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request, code: str, seal: str):
    """The page behind the link of a text message: no names, no address, no phone. Who chooses a day
    proves to be the receiver by the phone's last digits."""
    if not tracking.is_sealed(code, seal):
        raise tracking.ParcelUntraceable()
    if request.method == "POST":
        limits.check(f"track:{request.META.get('REMOTE_ADDR', '')}", **SEARCHES)
        return _chosen(request, lambda: next_visit.choose(code=code, **_asked(request)).due_on)
    return _page(request, tracking.of_parcel(code, exact=False, now=clock.now()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request):
    """Parcel or waybill number and the last four digits of the receiver's phone lead to the page."""
    refusal = None
    if request.method == "POST":
        limits.check(f"track:{request.META.get('REMOTE_ADDR', '')}", **SEARCHES)
        try:
            code = tracking.code_for(request.POST.get("parcel", "")[:40], request.POST.get("phone", "")[:4])
        except DomainError as error:
            refusal = error
        else:
            return redirect("orders:track-guest", code=code, seal=tracking.seal_of(code))
    context = frame(request, refusal=refusal, entered=request.POST)
    return render(request, "orders/track_find.html", context, status=422 if refusal else 200)


def _asked(request) -> dict:
    return {"day": _day(request), "phone_tail": request.POST.get("phone", "")[:4], "now": clock.now()}


def _day(request) -> date | None:
    """What is no date is a day that is not offered."""
    try:
        return date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return None


def _chosen(request, choose):
    """Back to the page, with the day or with what stood against it."""
    try:
        day = choose()
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The courier comes again on %(day)s.") % {"day": day.isoformat()})
    return redirect(request.path)


def _page(request, found: tracking.Track, order=None, *, chooses: bool = True):
    """The page; asked by htmx its living part, or 204 while what it shows is still true.

    chooses: whether this reader may choose the day of the next visit.
    """
    mark = blake2b(repr(found).encode(), digest_size=8).hexdigest()
    if request.htmx and request.GET.get("seen") == mark:
        return HttpResponse(status=204)
    context = {
        "track": found,
        "chart": chart.draw(found.waypoints),
        "order": order,
        "days": found.days if chooses else (),
        "asks_phone": order is None or found.is_posted,
        "mark": mark,
        "live_seconds": LIVE_SECONDS,
        "path": request.path,
        "now": clock.now(),
    }
    if request.htmx:
        return render(request, "orders/_track.html", context)
    return render(request, "orders/track.html", frame(request, **context))
