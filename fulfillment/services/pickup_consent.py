"""A pick-up moves to another store only with the customer's word.

The store that declined is out; the nearest store that can hand over everything that lacks gets the units and
waits for the answer. The customer agrees or not on the order's page; silence and no lead to the operators.
What the first store has goes on there, whatever the answer.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from catalog.queries import offerings
from members.actors import Actor
from members.queries import institution, institution_by_code
from members.services import messages
from members.values import InstitutionCard
from omnichannel.kernel.errors import DomainError

from ..models import Exclusion, FulfillmentDemand, PickupProposal, ProposalState
from ..models.demands import DemandState
from ..queries.open_units import open_lines
from ..queries.progress import ASKING
from ..queries.proposals import has_rest
from ..values import Demand, Wanted
from .allocation import allocate
from .moving import held_by, move
from .operator_queue import taken_on
from .route import ask_for_route, give_up, keep, look
from .routing.drops import sift
from .routing.loading import Situation
from .routing.planner import plan

CUSTOMER_SAID_NO = "customer_no"
CUSTOMER_SILENT = "customer_silent"
SWEEP = 200


class ProposalClosed(DomainError):
    code = "pickup_proposal_closed"
    message = _("There is nothing to decide any more for order %(order_number)s. Look at the order again.")


class StoreCannot(DomainError):
    code = "store_cannot_hand_over"
    message = _("%(location)s cannot hand over everything of this order now.")


def propose(
    row: FulfillmentDemand, *, now: datetime, location_id: int | None = None, told: dict | None = None
) -> bool:
    """Ask the customer of a locked demand about another store; False when no store could hand it over.

    location_id: the store to ask about; else the nearest of those within reach. Its units wait there.
    told: what led here, for the trace.
    """
    wish = Demand.of_dict(row.wish)
    lines = open_lines(row, wish)
    before = institution(wish.pickup_location_id)
    situation = look(wish, now=now, lines=lines, demand_id=row.pk, widely=True)
    for store in _stores(situation, row, before, location_id):
        need = replace(situation.need, pickup_location_id=store.id)
        here = [place for place in situation.locations if place.location_id == store.id]
        sources, _dropped = sift(need, here, situation.policy)
        chosen = plan(need.items, sources, situation.policy).chosen if sources else None
        if chosen is None:
            continue
        allocation = allocate(lines, chosen, situation.shelves)
        if move(demand_id=row.pk, allocation=allocation, held=held_by(row.pk), now=now):
            _ask(row, wish, before, store, lines, told or {}, now)
            return True
    return False


def _stores(situation: Situation, row, before: InstitutionCard, wanted: int | None) -> list[InstitutionCard]:
    """Open stores that did not decline, the nearest to the first choice first.

    None instead of a dealer's shop: what it sells from its own shelf is not ours to give.
    """
    if before.kind == "dealer":
        return []
    excluded = set(Exclusion.objects.filter(demand=row).values_list("location_id", flat=True))
    found = []
    for place in situation.locations:
        card = situation.institutions[place.location_id]
        if card.kind != "store" or place.closed_today or not place.is_open:
            continue
        far = _between(before, card)
        near = wanted == card.id if wanted else card.id not in excluded and far <= settings.PICKUP_ASK_KM
        if near and card.id != before.id:
            found.append((far, card.code, card))
    return [card for _far, _code, card in sorted(found, key=lambda row: row[:2])]


def _between(one: InstitutionCard, other: InstitutionCard) -> float:
    """Kilometres; infinite where one has no place."""
    if one.latitude is None or one.longitude is None:
        return float("inf")
    far = other.distance_km(one.latitude, one.longitude)
    return float("inf") if far is None else far


def _ask(
    row, wish: Demand, before, store: InstitutionCard, lines: tuple[Wanted, ...], told: dict, now: datetime
) -> None:
    far = _between(before, store)
    PickupProposal.objects.create(
        demand=row,
        from_location_id=before.id,
        to_location_id=store.id,
        distance_km=0 if far == float("inf") else round(far, 1),
        asked_at=now,
        answer_by=now + timedelta(hours=settings.PICKUP_ANSWER_HOURS),
    )
    story = told | {"asked": {"from": before.code, "to": store.code}}
    keep(row, DemandState.EXCEPTION, ASKING, story, now)
    if wish.contact_phone:
        text = _words(row, lines, before, store)
        messages.send(phone=wish.contact_phone, kind="pickup", text=text, now=now)


def _words(
    row: FulfillmentDemand, lines: tuple[Wanted, ...], before: InstitutionCard, store: InstitutionCard
) -> str:
    told = {
        "order": row.order_number,
        "before": before.name,
        "store": store.name,
        "link": f"{settings.PUBLIC_URL}/orders/{row.order_number}/",
    }
    with override("zh-hans"):
        if has_rest(row):
            text = gettext(
                "Order %(order)s: %(goods)s lack at %(before)s. May these be at %(store)s? The rest of"
                " the order stays as it is. Answer here: %(link)s"
            )
            return text % (told | {"goods": _named(lines)})
        text = gettext(
            "Order %(order)s: %(before)s cannot hand it over. May it be %(store)s? Answer here: %(link)s"
        )
        return text % told


def _named(lines: tuple[Wanted, ...]) -> str:
    """Articles and units, in the language of now."""
    known = offerings.by_sku({line.sku for line in lines})
    titles = [(known[line.sku].label if line.sku in known else line.sku, line.quantity) for line in lines]
    return "、".join(f"{title} × {units}" for title, units in titles)


@transaction.atomic
def ask(*, order_number: str, location_code: str, actor: Actor, now: datetime) -> None:
    """An operator asks the customer about a store of the operator's choice.

    Raises NotAllowed, DemandUnknown, NotAnException, InstitutionUnknown, StoreCannot.
    """
    row = taken_on(order_number, actor)
    withdraw(row, actor=actor, now=now)
    if row.way != "pickup" or not propose(row, now=now, location_id=institution_by_code(location_code).id):
        raise StoreCannot(location=location_code)


@transaction.atomic
def answer(*, order_number: str, agrees: bool, who: str, now: datetime) -> int:
    """The customer's word; the caller knows that it is theirs. Returns the store of the pick-up from now on.

    Raises ProposalClosed when nothing is asked any more.
    """
    row = FulfillmentDemand.objects.select_for_update().filter(order_number=order_number).first()
    asked = PickupProposal.objects.filter(demand=row, state=ProposalState.ASKED).first() if row else None
    if asked is None or asked.answer_by <= now or row.state != DemandState.EXCEPTION:
        raise ProposalClosed(order_number=order_number)
    _end(asked, ProposalState.ACCEPTED if agrees else ProposalState.DECLINED, who, now)
    if not agrees:
        give_up(row, CUSTOMER_SAID_NO, {"asked": {"answer": "no", "by": who}}, now=now)
        return asked.from_location_id
    row.wish["pickup_location_id"] = asked.to_location_id
    row.save(update_fields=["wish"])
    ask_for_route(row, now=now)
    return asked.to_location_id


def lapse(*, now: datetime) -> int:
    """Silence ends a proposal; returns how many. Any number may run at once."""
    due = PickupProposal.objects.filter(state=ProposalState.ASKED, answer_by__lte=now)
    numbers = due.order_by("answer_by").values_list("demand__order_number", flat=True)
    return sum(_lapse_one(number, now) for number in list(numbers[:SWEEP]))


@transaction.atomic
def _lapse_one(order_number: str, now: datetime) -> int:
    rows = FulfillmentDemand.objects.select_for_update(skip_locked=True).filter(order_number=order_number)
    row = rows.first()
    due = PickupProposal.objects.filter(demand=row, state=ProposalState.ASKED, answer_by__lte=now)
    asked = due.first() if row else None
    if asked is None:
        return 0
    _end(asked, ProposalState.LAPSED, "system", now)
    if row.state == DemandState.EXCEPTION:  # else the order was cancelled meanwhile
        give_up(row, CUSTOMER_SILENT, {"asked": {"answer": "none"}}, now=now)
    return 1


def withdraw(row: FulfillmentDemand, *, actor: Actor, now: datetime) -> None:
    """An operator decides otherwise for a locked demand."""
    for asked in PickupProposal.objects.filter(demand=row, state=ProposalState.ASKED):
        _end(asked, ProposalState.WITHDRAWN, actor.label, now)


def _end(asked: PickupProposal, state: str, who: str, now: datetime) -> None:
    asked.state, asked.answered_at, asked.answered_by = state, now, who[:80]
    asked.save(update_fields=["state", "answered_at", "answered_by"])
