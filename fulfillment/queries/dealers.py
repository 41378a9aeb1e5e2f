"""How a dealer stands with us, and its orders, parcels, invoices and payments, for pages and services."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from members.actors import Actor

from ..models import (
    COMMITTED,
    DealerInvoice,
    DealerNumberLine,
    DealerOrder,
    DealerOrderState,
    DealerPayment,
    DealerTerms,
    FulfillmentOrder,
    FulfillmentState,
    SupplierOrder,
    SupplierOrderLine,
    SupplierOrderState,
    SupplierProgress,
)

# The dealer's own people; those who look after it at the branch; those who see its money.
OWN = ("partner",)
BRANCH = ("operator", "store_manager")
MONEY = ("finance_clerk", "finance_lead")
HOUSE = ("warehouse", "warehouse_lead")
READERS = (*OWN, *BRANCH, *MONEY, "auditor")

_STANDING = """
SELECT t.dealer_id, t.credit_limit_fen, t.is_blocked, i.owed, i.overdue, o.ordered, p.prepaid, p.unmatched
FROM fulfillment_dealerterms t
CROSS JOIN LATERAL (
    SELECT coalesce(sum(amount_fen - paid_fen), 0)::bigint AS owed,
        coalesce(sum(amount_fen - paid_fen) FILTER (WHERE due_on < %(today)s), 0)::bigint AS overdue
    FROM fulfillment_dealerinvoice WHERE dealer_id = t.dealer_id AND paid_fen < amount_fen
) i
CROSS JOIN LATERAL (
    SELECT coalesce(sum(l.unit_fen * (l.quantity - l.received - l.dropped)), 0)::bigint AS ordered
    FROM fulfillment_dealerorder d JOIN fulfillment_dealerorderline l ON l.order_id = d.id
    WHERE d.dealer_id = t.dealer_id AND d.state = ANY(%(committed)s)
) o
CROSS JOIN LATERAL (
    SELECT coalesce(sum(amount_fen - matched_fen) FILTER (WHERE kind = 'prepayment'), 0)::bigint AS prepaid,
        coalesce(sum(amount_fen - matched_fen) FILTER (WHERE kind <> 'prepayment'), 0)::bigint AS unmatched
    FROM fulfillment_dealerpayment WHERE dealer_id = t.dealer_id AND matched_fen < amount_fen
) p
WHERE t.dealer_id = ANY(%(ids)s)
"""


@dataclass(frozen=True)
class Standing:
    """All in fen. exposure = receivables + open orders − prepayment − what came and is not matched yet."""

    dealer_id: int
    limit: int
    is_blocked: bool
    receivables: int
    overdue: int
    open_orders: int
    prepayment: int
    unmatched: int

    @property
    def exposure(self) -> int:
        return self.receivables + self.open_orders - self.prepayment - self.unmatched

    @property
    def free(self) -> int:
        """What may still be ordered; never below zero."""
        return max(0, self.limit - self.exposure)

    @property
    def is_overdue(self) -> bool:
        """Money that came and is not matched yet counts for what is overdue."""
        return self.overdue > self.prepayment + self.unmatched


def standings(dealer_ids: Iterable[int], *, today: date) -> dict[int, Standing]:
    """By dealer, one statement; an institution without terms is absent."""
    values = {"ids": list(dealer_ids), "today": today, "committed": list(COMMITTED)}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, values)
        return {row[0]: Standing(*row) for row in cursor.fetchall()}


def terms(actor: Actor) -> QuerySet[DealerTerms]:
    """The dealers that the actor may see: its own, or those of its branches."""
    rows = DealerTerms.objects.filter(_seen(actor, "")).select_related("dealer", "branch")
    return rows.order_by("dealer__code")


def orders(actor: Actor) -> QuerySet[DealerOrder]:
    rows = DealerOrder.objects.filter(_seen(actor, "")).select_related("dealer", "branch")
    return rows.order_by("-pk")


def with_numbers(rows: QuerySet[DealerOrder]) -> QuerySet[DealerOrder]:
    """Each order with how many telephone numbers it asks for (`numbers`), None for goods alone."""
    lines = DealerNumberLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
    return rows.annotate(numbers=Subquery(lines.annotate(units=Sum("quantity")).values("units")))


def invoices(actor: Actor) -> QuerySet[DealerInvoice]:
    rows = DealerInvoice.objects.filter(_seen(actor, "order__")).select_related("dealer", "order")
    return rows.order_by("-issued_on", "-pk")


def supplier_orders(actor: Actor) -> QuerySet[SupplierOrder]:
    """Our purchases for the dealers of the actor's branches, and those that come in at its warehouses.

    Dealers do not see what we pay.
    """
    coming = _paths(actor.paths(*HOUSE), "location__path")
    rows = SupplierOrder.objects.filter(_at_branch(actor, "dealer_order__") | coming)
    return rows.select_related("supplier", "location", "dealer_order__dealer").order_by("-pk")


def late(rows: QuerySet[SupplierOrder], *, today: date) -> QuerySet[SupplierOrder]:
    """Purchases that should have come before today, as promised or else agreed, the longest overdue first."""
    rows = rows.annotate(due=Coalesce("promised_on", "expected_on"))
    return rows.filter(state=SupplierOrderState.OPEN, due__lt=today).order_by("due", "pk")


def without_purchase(actor: Actor) -> list[DealerOrder]:
    """Orders that wait for goods though nothing is on order for them: somebody must buy or send.

    Also those of which a supplier declined a part that was not bought elsewhere since.
    """
    coming = SupplierOrder.objects.filter(state=SupplierOrderState.OPEN).values("dealer_order")
    rows = orders(actor).filter(state=DealerOrderState.WAITING_GOODS)
    rows = rows.filter(~Q(pk__in=coming) | Q(pk__in=_declined_lines().values("order__dealer_order")))
    return list(rows.order_by("pk")[:20])


def _declined_lines() -> QuerySet[SupplierOrderLine]:
    """Lines that their supplier declined, and that no later purchase for the same need has."""
    again = SupplierOrderLine.objects.filter(
        dealer_line=OuterRef("dealer_line"), order__gt=OuterRef("order")
    ).exclude(order__state=SupplierOrderState.CANCELLED)
    declined = SupplierOrderLine.objects.filter(order__progress=SupplierProgress.DECLINED)
    return declined.exclude(Exists(again))


def receivables() -> dict[int, tuple[int, int]]:
    """(open invoices, payments and credits not matched), fen, of every dealer that has any."""
    owed = DealerInvoice.objects.order_by().values_list("dealer_id")
    held = DealerPayment.objects.order_by().values_list("dealer_id")
    open_ones = dict(owed.annotate(fen=Sum(F("amount_fen") - F("paid_fen"))))
    unmatched = dict(held.annotate(fen=Sum(F("amount_fen") - F("matched_fen"))))
    return {
        dealer: (int(open_ones.get(dealer, 0)), int(unmatched.get(dealer, 0)))
        for dealer in sorted(open_ones.keys() | unmatched.keys())
    }


def payments(dealer_id: int) -> QuerySet[DealerPayment]:
    return DealerPayment.objects.filter(dealer_id=dealer_id).order_by("-received_on", "-pk")


def _seen(actor: Actor, prefix: str) -> Q:
    own = _paths(actor.paths(*OWN), f"{prefix}dealer__path")
    return own | _at_branch(actor, prefix)


def _at_branch(actor: Actor, prefix: str) -> Q:
    """Who works at the branch, or above it."""
    return _paths(actor.paths(*BRANCH, *MONEY, "auditor"), f"{prefix}branch__path")


def _paths(paths: list[str], column: str) -> Q:
    return reduce(or_, (Q(**{f"{column}__startswith": path}) for path in paths), Q(pk__in=[]))


def counts(rows: QuerySet[DealerOrder]) -> dict[str, int]:
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def parcels(order: DealerOrder) -> list[FulfillmentOrder]:
    """The parcels on their way to the dealer, with their lines and receipts."""
    rows = FulfillmentOrder.objects.live().filter(demand__order_number=order.number)
    rows = rows.select_related("location", "dealer_receipt", "delivery__courier")
    return list(rows.prefetch_related("lines", "events", "dealer_receipt__lines__line").order_by("pk"))


def to_count(dealer_ids: Iterable[int]) -> list[FulfillmentOrder]:
    """Parcels that arrived at these dealers and were not counted yet, oldest first."""
    numbers = DealerOrder.objects.filter(dealer__in=dealer_ids, state=DealerOrderState.APPROVED)
    rows = FulfillmentOrder.objects.filter(
        demand__order_number__in=numbers.values("number"),
        state=FulfillmentState.DELIVERED,
        dealer_receipt=None,
    )
    return list(rows.select_related("demand", "location").order_by("pk"))
