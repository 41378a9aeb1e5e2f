"""What a supplier sees of our orders to it, its listings and its contracts."""

from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import F, Q, QuerySet, Sum

from members.actors import Actor
from members.queries import institutions_of_kind
from members.values import InstitutionCard

from ..models import (
    SupplierItem,
    SupplierListing,
    SupplierOrder,
    SupplierOrderState,
    SupplierProgress,
    SupplyContract,
)

OWN = ("partner",)


def suppliers_of(actor: Actor) -> list[InstitutionCard]:
    """The suppliers that the actor works for; none for the people of a dealer or a merchant."""
    paths = actor.paths(*OWN)
    return [card for path in paths for card in institutions_of_kind("supplier", path=path)]


def orders(actor: Actor) -> QuerySet[SupplierOrder]:
    """Our orders to the actor's suppliers; of the dealer's order behind them nothing is shown."""
    rows = SupplierOrder.objects.filter(_own(actor)).exclude(number=None)
    return rows.select_related("supplier", "location").order_by("-pk")


def with_units(rows: QuerySet[SupplierOrder]) -> QuerySet[SupplierOrder]:
    """Each with `ordered`, `sent` and `came`, its units."""
    return rows.annotate(
        ordered=Sum("lines__quantity"), sent=Sum("lines__announced"), came=Sum("lines__received")
    )


def listings(actor: Actor) -> QuerySet[SupplierListing]:
    """The listings of the actor's suppliers."""
    return SupplierListing.objects.filter(_own(actor)).select_related("supplier").order_by("-pk")


def every_listing() -> QuerySet[SupplierListing]:
    """For operators: those that wait first, the oldest of them on top."""
    rows = SupplierListing.objects.select_related("supplier")
    waiting = Q(state=SupplierListing.State.PROPOSED)
    return rows.annotate(waits=waiting).order_by("-waits", "proposed_at", "pk")


def waiting_listings() -> int:
    return SupplierListing.objects.filter(state=SupplierListing.State.PROPOSED).count()


def items(actor: Actor) -> QuerySet[SupplierItem]:
    """What is on the lists of the actor's suppliers."""
    return every_item().filter(_own(actor))


def every_item() -> QuerySet[SupplierItem]:
    """For operators: what every supplier lists, an article's cheapest first."""
    return SupplierItem.objects.select_related("supplier").order_by("sku", "cost_fen", "pk")


def contracts(actor: Actor) -> QuerySet[SupplyContract]:
    rows = SupplyContract.objects.filter(_own(actor)).select_related("supplier")
    return rows.order_by("-ends", "number")


def unanswered(rows: QuerySet[SupplierOrder]) -> QuerySet[SupplierOrder]:
    return rows.filter(state=SupplierOrderState.OPEN, progress=SupplierProgress.ASKED)


def answer_overdue(rows: QuerySet[SupplierOrder], *, now: datetime) -> QuerySet[SupplierOrder]:
    """Orders that their supplier should have answered by now, the oldest first."""
    asked_before = now - timedelta(hours=settings.SUPPLIER_ANSWER_HOURS)
    return unanswered(rows).filter(created_at__lt=asked_before).order_by("created_at", "pk")


def answer_by(order: SupplierOrder) -> datetime:
    return order.created_at + timedelta(hours=settings.SUPPLIER_ANSWER_HOURS)


def expected_for(dealer_order_id: int) -> date | None:
    """When all that is on order for a dealer's order should be here, as its suppliers promised; or None."""
    rows = SupplierOrder.objects.filter(dealer_order=dealer_order_id, state=SupplierOrderState.OPEN)
    return max((row.due_on for row in rows), default=None)


def differing(rows: QuerySet[SupplierOrder]) -> QuerySet[SupplierOrder]:
    """Open orders of which less came than was announced, or more; ended ones with a notice not checked in."""
    short = Q(notices__state="checked", notices__lines__came__lt=F("notices__lines__quantity"))
    more = Q(notices__state="checked", lines__received__gt=F("lines__announced"))
    is_open = Q(state=SupplierOrderState.OPEN)
    found = SupplierOrder.objects.filter(is_open & (short | more) | ~is_open & Q(notices__state="announced"))
    return rows.filter(pk__in=found.values("pk"))


def owns(actor: Actor, path: str) -> bool:
    """Whether the actor works for the supplier with this path."""
    return any(actor.can(role, path) for role in OWN)


def _own(actor: Actor) -> Q:
    below = (Q(supplier__path__startswith=path) for path in actor.paths(*OWN))
    return reduce(or_, below, Q(pk__in=[])) & Q(supplier__kind="supplier")
