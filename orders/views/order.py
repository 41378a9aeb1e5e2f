"""An order as its customer sees it, and the list of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fulfillment.queries import progress
from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import NotAllowed
from orders import reasons
from orders.models import OrderIntake
from orders.models.intake import ENDS, State
from orders.queries import orders
from orders.services import cancellation
from orders.views import sessions

PAGE = 10
LIVE_SECONDS = 5


def show(request, number: str):
    intake = orders.one(request.actor, number, session_numbers=sessions.guest_orders(request))
    template = "orders/_order_status.html" if request.htmx else "orders/order.html"
    return render(request, template, _context(intake))


def _context(intake: OrderIntake) -> dict:
    lines = sorted(intake.terms.all(), key=lambda line: line.pk)
    return {
        "order": intake,
        "lines": lines,
        "progress": progress.of_order(intake.number),
        "steps": _steps(intake),
        "live": intake.state not in ENDS,
        "live_seconds": LIVE_SECONDS,
        "can_cancel": intake.may_become(State.CANCELLED),
        "to_pay": intake.state == State.AWAITING_PAYMENT,
        "now": clock.now(),
    }


def _steps(intake: OrderIntake) -> list[dict]:
    """The road of an order in four steps; an order that ended badly shows where."""
    labels = [
        (State.AWAITING_PAYMENT, _("Placed")),
        (State.CONFIRMED, _("Confirmed")),
        (State.SHIPPED, _("On its way")),
        (State.COMPLETED, _("Done")),
    ]
    if intake.way == OrderIntake.Way.PICKUP:
        labels[2] = (State.SHIPPED, _("In the store"))
    reached = {event.after: event.at for event in intake.events.all()}
    order = [state for state, _label in labels]
    current = State.CONFIRMED if intake.state == State.FULFILLING else intake.state
    at = order.index(current) if current in order else -1
    return [
        {"label": label, "state": _step_state(position, at, intake), "hint": reached.get(state)}
        for position, (state, label) in enumerate(labels)
    ]


def _step_state(position: int, at: int, intake: OrderIntake) -> str:
    if at < 0:
        return "failed" if position == 3 else "done" if position == 0 else "next"
    if position < at or intake.state == State.COMPLETED:
        return "done"
    return "now" if position == at else "next"


def mine(request):
    if request.actor.user_id is None:
        return redirect(f"/sign-in/?next={request.path}")
    found = OrderIntake.objects.filter(member_id=request.actor.user_id).prefetch_related("terms")
    state = request.GET.get("state", "")
    if state == "open":
        found = found.open()
    elif state in State.values:
        found = found.filter(state=state)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "orders/mine.html", {"page": page, "state": state})


@require_POST
def cancel(request, number: str):
    intake = orders.one(request.actor, number, session_numbers=sessions.guest_orders(request))
    cancellation.cancel(
        order_number=number,
        actor=_acting(request, intake),
        reason=reasons.BY_CUSTOMER,
        now=clock.now(),
    )
    messages.success(request, _("Your order is cancelled. What you paid is on its way back."))
    return redirect("orders:order", number=number)


def _acting(request, intake: OrderIntake) -> Actor:
    """A guest acts for the order that this browser placed; everybody else as who they are."""
    actor = request.actor
    if actor.user_id is not None:
        return actor
    if intake.number not in sessions.guest_orders(request) or intake.member_id is None:
        raise NotAllowed()
    return Actor(user_id=intake.member_id, name="guest", channel=intake.channel)
