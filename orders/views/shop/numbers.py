"""The number page and the two acts on it: hold, give back."""

from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from catalog.kinds import Kind
from catalog.queries import cards
from catalog.services import numbers
from members.channels import Channel
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from orders.views import sessions
from orders.views.shop import choosing
from orders.views.shop.frame import dressed, frame
from orders.views.shop.place import place_of

GRID = "orders/shop/_numbers.html"


@require_GET
def choose(request):
    """The page; for htmx the grid alone."""
    now, place = clock.now(), place_of(request)
    with_cities = not request.htmx or request.GET.get("with_cities") == "1"
    context = choosing.context(request, place=place, now=now, with_cities=with_cities)
    if request.htmx:
        return render(request, GRID, context)
    sims = cards.shelf(kinds=(Kind.SIM,), channel=Channel.WEB, now=now, limit=3)
    context |= {"place": place, "sims": dressed(sims, place=place, now=now)}
    return render(request, "orders/shop/numbers.html", frame(request, **context))


@require_POST
def hold(request):
    """Keep one number for this browser; the grid again, with the refusal in words when it was taken."""
    return _act(request, _hold)


@require_POST
def drop(request):
    """Give one number back."""
    return _act(request, _drop)


def _hold(request, now) -> None:
    holder = sessions.number_holder(request, make=True)
    numbers.hold(msisdn=request.POST.get("msisdn", ""), holder=holder, now=now)


def _drop(request, now) -> None:
    holder = sessions.number_holder(request)
    numbers.drop_hold(msisdn=request.POST.get("drop", ""), holder=holder, now=now)


def _act(request, act):
    now, refused, status = clock.now(), "", 200
    try:
        act(request, now)
    except DomainError as error:
        refused, status = str(error), 422
    with_cities = request.POST.get("with_cities") == "1"
    context = choosing.context(
        request, place=place_of(request), now=now, with_cities=with_cities, refused=refused
    )
    return render(request, GRID, context, status=status)
