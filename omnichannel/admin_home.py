"""The operators' first page: what is stuck and how old it is."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fulfillment import reasons as goods
from fulfillment.models import FulfillmentDemand
from members.actors import Role
from omnichannel.kernel.models import OutboxMessage
from orders.models import CallbackOutcome, OrderIntake, ProviderCallback
from orders.models.payments import Refund

LATEST = 8
STUCK = 10
MISMATCHED = (CallbackOutcome.AMOUNT_MISMATCH, CallbackOutcome.UNKNOWN)


def dashboard(request, context):
    """Unfold's callback: a tile per heap, the stuck orders, the newest ones. Raises NotAllowed."""
    if not request.user.is_superuser:
        request.actor.must_have(Role.OPERATOR, Role.AUDITOR)
    stuck = FulfillmentDemand.objects.filter(state=FulfillmentDemand.State.EXCEPTION)
    context["title"] = _("What is stuck")
    context["tiles"] = _tiles(stuck)
    context["stuck"] = [
        {
            "number": row.order_number,
            "why": goods.words(row.reason),
            "since": row.changed_at,
            "href": _list("fulfillment_fulfillmentdemand", f"q={row.order_number}"),
        }
        for row in stuck.order_by("changed_at")[:STUCK]
    ]
    newest = OrderIntake.objects.select_related("institution").order_by("-placed_at")[:LATEST]
    context["newest"] = [
        {"order": row, "href": reverse("admin:order_orderintake_change", args=[row.pk])} for row in newest
    ]
    context["orders_href"] = _list("order_orderintake")
    return context


def _tiles(stuck) -> list[dict]:
    callbacks = ProviderCallback.objects.filter(verified=True, outcome__in=MISMATCHED, handled_at=None)
    unpaid = OrderIntake.objects.filter(state=OrderIntake.State.AWAITING_PAYMENT)
    failed = Refund.objects.filter(state=Refund.State.FAILED)
    due = Refund.objects.filter(state=Refund.State.DUE)
    dead = OutboxMessage.objects.dead()
    return [
        _tile(
            _("Orders nobody can route"), stuck, "changed_at", "fulfillment_fulfillmentdemand", "exception"
        ),
        _tile(_("Refunds that failed"), failed, "requested_at", "order_refund", "failed"),
        _tile(_("Payments that do not fit"), callbacks, "received_at", "order_providercallback", ""),
        _tile(_("Dead messages"), dead, "created_at", "kernel_outboxmessage", "dead"),
        _tile(_("Cash to be paid out"), due, "requested_at", "order_refund", "due", calm=True),
        _tile(
            _("Orders waiting for payment"),
            unpaid,
            "placed_at",
            "order_orderintake",
            "awaiting_payment",
            calm=True,
        ),
    ]


def _tile(label, rows, age_field: str, table: str, state: str, *, calm: bool = False) -> dict:
    """`calm`: a heap that is part of a normal day."""
    count, oldest = rows.count(), rows.order_by(age_field).values_list(age_field, flat=True).first()
    href = _list(table, f"state={state}" if state else "")
    return {"label": label, "count": count, "oldest": oldest, "href": href, "alarm": bool(count) and not calm}


def _list(table: str, query: str = "") -> str:
    return reverse(f"admin:{table}_changelist") + (f"?{query}" if query else "")
