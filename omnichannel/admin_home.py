"""The operators' first page: what is stuck and how old it is."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fulfillment import reasons as goods
from fulfillment.queries import operator_queue, standstill
from members.actors import Role
from omnichannel.kernel import clock
from omnichannel.kernel.heaps import Heap, heap
from omnichannel.kernel.models import OutboxMessage
from orders.queries import heaps

LATEST = 8
STUCK = 10
REFUNDS, ORDERS, CALLBACKS = "order_refund", "order_orderintake", "order_providercallback"


def dashboard(request, context):
    """Unfold's callback: a tile per heap, the stuck orders, the newest ones. Raises NotAllowed."""
    if not request.user.is_superuser:
        request.actor.must_have(Role.OPERATOR, Role.AUDITOR)
    context["title"] = _("What is stuck")
    context["tiles"] = _tiles()
    context["stuck"] = [
        {
            "number": row.order_number,
            "why": goods.words(row.reason),
            "since": row.changed_at,
            "href": reverse("fulfillment:routing-order", args=[row.order_number]),
        }
        for row in operator_queue.stuck()[:STUCK]
    ]
    context["newest"] = [
        {"order": row, "href": reverse("admin:order_orderintake_change", args=[row.pk])}
        for row in heaps.newest()[:LATEST]
    ]
    context["orders_href"] = _list(ORDERS)
    return context


def _tiles() -> list[dict]:
    nobody = heap(operator_queue.stuck(), "changed_at")
    still = heap(standstill.overdue(now=clock.now()), "since")
    dead = heap(OutboxMessage.objects.dead(), "created_at")
    return [
        _tile(_("Orders nobody can route"), nobody, reverse("fulfillment:routing")),
        _tile(_("Parcels that stand still"), still, reverse("fulfillment:standing")),
        _tile(_("Refunds that failed"), heaps.failed_refunds(), _list(REFUNDS, "state=failed")),
        _tile(_("Payments that do not fit"), heaps.payments_that_do_not_fit(), _list(CALLBACKS)),
        _tile(_("Dead messages"), dead, reverse("status")),
        _tile(_("Cash to be paid out"), heaps.cash_to_pay_out(), _list(REFUNDS, "state=due"), calm=True),
        _tile(
            _("Orders waiting for payment"),
            heaps.unpaid(),
            _list(ORDERS, "state=awaiting_payment"),
            calm=True,
        ),
    ]


def _tile(label, found: Heap, href: str, *, calm: bool = False) -> dict:
    """`calm`: a heap that is part of a normal day."""
    is_alarm = bool(found.count) and not calm
    return {"label": label, "count": found.count, "oldest": found.oldest, "href": href, "alarm": is_alarm}


def _list(table: str, query: str = "") -> str:
    return reverse(f"admin:{table}_changelist") + (f"?{query}" if query else "")
