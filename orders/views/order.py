"""An order as its customer sees it, and the list of them."""

from hashlib import blake2b

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from catalog.kinds import Kind
from fulfillment.queries import progress
from fulfillment.queries.proposals import open_proposal
from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import NotAllowed
from orders import reasons
from orders.models import OrderIntake
from orders.models.intake import ENDS, State
from orders.queries import cards, orders
from orders.services import cancellation, pickup_moves
from orders.services.payments import RETURNED
from orders.views import sessions
from orders.views.lines import order_lines
from orders.views.shop.frame import frame
from orders.views.telling import lacking_of, parcels_of, sign_of, steps_of, story_of, waits_in_store

PAGE = 10
LIVE_SECONDS = 5
ENDED_BADLY = (State.CANCELLED, State.REFUSED, State.FAILED)


@never_cache
def show(request, number: str):
    """The page; asked by htmx its living part, or 204 while what it shows is still true.

    Whom the provider sends back sees it too; where its word is not here yet, the page that waits for it.
    """
    intake = orders.one(request.actor, number, session_numbers=sessions.guest_orders(request))
    if RETURNED in request.GET and intake.state == State.AWAITING_PAYMENT:
        return redirect("orders:pay-return", order_number=number)
    accounts = any(line.is_instant or line.msisdn for line in intake.terms.all())
    way = progress.of_order(intake.number, for_owner=_is_owner(request, intake), has_accounts=accounts)
    mark = _mark(intake, way)
    if request.htmx and request.GET.get("seen") == mark:
        return HttpResponse(status=204)
    owns = _is_owner(request, intake)
    context = _context(intake, way, mark) | {"may_answer": way.asks and owns}
    context["cards"] = cards.of_order(intake) if owns else []
    if not request.htmx:
        return render(request, "orders/order.html", frame(request, **context))
    return render(request, "orders/_order_status.html", context)


def _mark(intake: OrderIntake, way) -> str:
    """Changes whenever something that the page shows does."""
    shown = repr((intake.state, [event.pk for event in intake.events.all()], way))
    return blake2b(shown.encode(), digest_size=8).hexdigest()


def _context(intake: OrderIntake, way, mark: str) -> dict:
    lines = order_lines(sorted(intake.terms.all(), key=lambda line: line.pk))
    proposal = open_proposal(intake.number, now=clock.now()) if way.asks else None
    in_store = waits_in_store(intake, way)
    posted = any(line.kind == Kind.POSTAGE for line in intake.terms.all())
    return {
        "order": intake,
        "lines": lines.values(),
        "parcels": parcels_of(way, lines),
        "instants": way.instants,
        "sign": sign_of(intake, in_store=in_store, posted=posted),
        "posted": posted,
        "steps": steps_of(intake, in_store=in_store),
        "story": story_of(intake),
        "live": intake.state not in ENDS,
        "live_seconds": LIVE_SECONDS,
        "mark": mark,
        "can_cancel": intake.may_become(State.CANCELLED),
        "to_pay": intake.state == State.AWAITING_PAYMENT,
        "now": clock.now(),
        "promised_on": way.promised_on,
        "proposal": proposal,
        "several_stores": len({card.location_id for card in way.fulfillments}) > 1,
        "proposal_goods": lacking_of(proposal, lines) if proposal else [],
    }


def _is_owner(request, intake: OrderIntake) -> bool:
    """Only the customer sees the pick-up code: signed in, or in the browser that placed the order."""
    if request.actor.user_id is not None:
        return request.actor.user_id == intake.member_id
    return intake.number in sessions.guest_orders(request)


def mine(request):
    if request.actor.user_id is None:
        return redirect(f"/sign-in/?next={request.path}")
    state = request.GET.get("state", "")
    page = Paginator(_of_member(request.actor.user_id, state), PAGE).get_page(request.GET.get("page"))
    lines = order_lines([line for order in page for line in order.terms.all()])
    rows = [
        {
            "order": order,
            "lines": [lines[line.pk] for line in order.terms.all() if line.comes_with_id is None],
            "tone": sign_of(order)["tone"],
            "to_pay": order.state == State.AWAITING_PAYMENT,
        }
        for order in page
    ]
    return render(request, "orders/mine.html", frame(request, page=page, rows=rows, state=state))


def _of_member(member_id: int, state: str):
    found = OrderIntake.objects.filter(member_id=member_id).prefetch_related("terms")
    if state == "open":
        return found.open()
    if state == "completed":
        return found.filter(state=State.COMPLETED)
    return found.filter(state__in=ENDED_BADLY) if state == "ended" else found


@require_POST
def cancel(request, number: str):
    intake = orders.one(request.actor, number, session_numbers=sessions.guest_orders(request))
    cancellation.cancel(
        order_number=number,
        actor=acting(request, intake),
        reason=reasons.BY_CUSTOMER,
        now=clock.now(),
    )
    messages.success(request, _("Your order is cancelled. What you paid is on its way back."))
    return redirect("orders:order", number=number)


@require_POST
def answer_move(request, number: str):
    """May it be the other store? The customer's word."""
    intake = orders.one(request.actor, number, session_numbers=sessions.guest_orders(request))
    agrees = request.POST.get("answer") == "yes"
    pickup_moves.answer(order_number=number, agrees=agrees, actor=acting(request, intake), now=clock.now())
    if agrees:
        messages.success(request, _("Thank you. We ask the store, and tell you when everything is ready."))
    else:
        messages.info(request, _("Understood. A colleague looks after it and calls you."))
    return redirect("orders:order", number=number)


def acting(request, intake: OrderIntake) -> Actor:
    """Whoever is signed in, or the guest of this browser; raises NotAllowed for everybody else."""
    actor = sessions.acting(request, number=intake.number, member_id=intake.member_id, channel=intake.channel)
    if actor.user_id is None:
        raise NotAllowed()
    return actor
