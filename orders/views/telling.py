"""An order told to people: its sign and sentence, its steps, its parcels and its history."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from fulfillment.queries import postings
from fulfillment.queries.postings import Ending
from fulfillment.queries.progress import OrderProgress
from fulfillment.queries.proposals import OpenProposal
from omnichannel.kernel.clock import SHANGHAI
from orders import reasons
from orders.models import OrderIntake
from orders.models.intake import State, Way

# state → icon, tone, what it means for the customer
SIGNS = {
    State.AWAITING_PAYMENT: (
        "wallet",
        "warn",
        gettext_lazy("We hold everything for you. Pay in time, and it starts by itself."),
    ),
    State.CONFIRMED: (
        "clipboard-check",
        "accent",
        gettext_lazy("We have your order and are choosing its way."),
    ),
    State.FULFILLING: ("package", "accent", gettext_lazy("Your order is being put together.")),
    State.SHIPPED: ("truck", "accent", gettext_lazy("Your order has left us and is coming to you.")),
    State.COMPLETED: ("circle-check", "ok", gettext_lazy("Everything is with you. Thank you.")),
    State.CANCELLED: (
        "circle-x",
        "",
        gettext_lazy("Nothing will be sent. What you paid goes back the way it came."),
    ),
    State.REFUSED: (
        "package-x",
        "danger",
        gettext_lazy("The parcel was not taken at the door. What you paid for it goes back the way it came."),
    ),
    State.FAILED: (
        "circle-alert",
        "danger",
        gettext_lazy("The network could not provide this service. Your money is on its way back."),
    ),
}
# What the sender of a posted parcel reads instead.
POSTED = {
    State.CONFIRMED: gettext_lazy("We have your parcel. Its courier fetches it from the store."),
    State.FULFILLING: gettext_lazy("We have your parcel. Its courier fetches it from the store."),
    State.SHIPPED: gettext_lazy("Your parcel is on its way to its receiver."),
    State.COMPLETED: gettext_lazy("Your parcel is with its receiver. Thank you."),
    State.CANCELLED: gettext_lazy(
        "The parcel is not sent: it waits for you in the store, bring your ID card. What you paid goes back."
    ),
    State.REFUSED: gettext_lazy(
        "The receiver did not take the parcel. It comes back to the store, where you collect it with your ID"
        " card. The postage was used for its way."
    ),
}
# And once it has ended: where the parcel is by then.
POSTED_ENDS = {
    Ending.NEVER: gettext_lazy("It was not paid in time, and we never took the parcel in."),
    Ending.LOST: gettext_lazy(
        "We are sorry: the parcel was lost on its way. The postage goes back the way it came. Customer"
        " service settles with you what was in it."
    ),
    Ending.COLLECTED: gettext_lazy("You have your parcel back."),
}
POSTED_REFUSED_BACK = gettext_lazy(
    "The receiver did not take the parcel. It waits for you in the store: bring your ID card. The postage was"
    " used for its way."
)
POSTED_NOT_BROUGHT_BACK = gettext_lazy(
    "The parcel did not reach its receiver. It waits for you in the store: bring your ID card. The postage"
    " goes back the way it came."
)
PARCEL_TONES = {
    "delivered": "ok",
    "ready_for_pickup": "warn",
    **dict.fromkeys(("refused", "returned", "lost"), "danger"),
}


def waits_in_store(intake: OrderIntake, way: OrderProgress) -> bool:
    """All that is still to come of a pick-up lies behind the counter."""
    coming = [card.state for card in way.fulfillments if PARCEL_TONES.get(card.state) in (None, "warn")]
    whole = way.state in ("routed", "done") and intake.way == Way.PICKUP and not intake.is_ended
    return whole and bool(coming) and set(coming) == {"ready_for_pickup"}


def sign_of(intake: OrderIntake, *, in_store: bool = False, posted: bool = False) -> dict:
    """posted: the order carries its customer's own parcel; where that ended is looked up."""
    icon, tone, text = SIGNS[State(intake.state)]
    if posted:
        return {"icon": icon, "tone": tone, "text": _of_posted(intake), "label": _label(intake)}
    if in_store:
        text = _("Your order waits for you in the store.")
        return {"icon": "store", "tone": "warn", "text": text, "label": _("Ready for you")}
    if intake.way == Way.PICKUP and intake.state == State.SHIPPED:
        icon, text = "store", _("Your order waits for you in the store.")
    if intake.state == State.REFUSED and _was_not_brought(intake):
        text = _("The parcel did not reach you. What you paid goes back the way it came.")
    return {"icon": icon, "tone": tone, "text": text, "label": _label(intake)}


def _of_posted(intake: OrderIntake):
    """What its sender reads."""
    state = State(intake.state)
    if state not in (State.CANCELLED, State.REFUSED):
        return POSTED.get(state, SIGNS[state][2])
    ending = postings.ending(intake.number)
    if ending == Ending.BACK and state == State.REFUSED:
        return POSTED_NOT_BROUGHT_BACK if _was_not_brought(intake) else POSTED_REFUSED_BACK
    return POSTED_ENDS.get(ending, POSTED[state])


def _was_not_brought(intake: OrderIntake) -> bool:
    return intake.refunds.filter(reason__in=reasons.NOT_BROUGHT).exists()


def _label(intake: OrderIntake) -> str:
    return _capital(intake.get_state_display())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def steps_of(intake: OrderIntake, *, in_store: bool = False) -> list[dict]:
    """The road of an order in four steps; an order that ended badly shows where."""
    middle = {
        Way.SHIP: _("On its way"),
        Way.PICKUP: _("In the store"),
        Way.NONE: _("Being provided"),
    }[Way(intake.way)]
    labels = [
        (State.AWAITING_PAYMENT, _("Placed")),
        (State.CONFIRMED, pgettext("order", "Confirmed")),
        (State.SHIPPED, middle),
        (State.COMPLETED, _("Done")),
    ]
    reached = {event.after: event.at for event in intake.events.all()}
    if intake.state in (State.CANCELLED, State.REFUSED, State.FAILED):
        return _broken(labels, reached, intake)
    order = [state for state, _label in labels]
    state = State.SHIPPED if in_store else intake.state
    at = order.index(State.CONFIRMED if state == State.FULFILLING else state)
    return [
        {"label": label, "state": _step_state(place, at, intake), "hint": _hint(reached.get(state))}
        for place, (state, label) in enumerate(labels)
    ]


def _broken(labels, reached, intake: OrderIntake) -> list[dict]:
    """The steps that were reached, and the end that came instead of the others."""
    steps = [
        {"label": label, "state": "done", "hint": _hint(reached[state])}
        for state, label in labels
        if state in reached
    ]
    end = {"label": _capital(intake.get_state_display()), "state": "failed", "hint": _hint(intake.ended_at)}
    return [*steps, end]


def _step_state(place: int, at: int, intake: OrderIntake) -> str:
    if place < at or intake.state == State.COMPLETED:
        return "done"
    return "now" if place == at else "next"


def _hint(moment) -> str:
    """Day and time in Shanghai, short enough for a phone."""
    return moment.astimezone(SHANGHAI).strftime("%m-%d %H:%M") if moment else ""


def _told(event) -> str:
    """What happened; the first event is the placing, whatever it waits for."""
    return _capital(event.get_after_display()) if event.before else _("Placed")


def parcels_of(way: OrderProgress, lines: dict[int, dict]) -> list[dict]:
    """Each parcel with what lies in it; `lines` as order_lines() gives them."""
    count = len(way.fulfillments)
    return [
        {
            "card": card,
            "title": _title(card, place, count),
            "goods": [lines[pk] | {"quantity": units} for pk, units in card.lines if pk in lines],
            "tone": PARCEL_TONES.get(card.state, "accent"),
        }
        for place, card in enumerate(way.fulfillments, 1)
    ]


def lacking_of(proposal: OpenProposal, lines: dict[int, dict]) -> list[dict]:
    """The units that a customer is asked about."""
    wanted = [line for line in proposal.lacking if line.line_id in lines]
    return [lines[line.line_id] | {"quantity": line.quantity} for line in wanted]


def _title(card, place: int, count: int) -> str:
    if count > 1:
        return _("Parcel %(place)s of %(count)s") % {"place": place, "count": count}
    return _("Your pick-up") if card.way == "pickup" else _("Your parcel")


def story_of(intake: OrderIntake) -> list[dict]:
    """The history for the timeline component, the newest first."""
    events = sorted(intake.events.all(), key=lambda event: (event.at, event.pk), reverse=True)
    return [
        {
            "title": _told(event),
            "at": event.at,
            "state": "failed" if event.after in (State.REFUSED, State.FAILED) else "done",
            "who": event.by_label,
            "text": event.why_label,
        }
        for event in events
    ]
