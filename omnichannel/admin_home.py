"""The operators' first page: what is stuck and how old it is."""

from django.utils.translation import gettext_lazy as _

from fulfillment.models import FulfillmentDemand
from members.models import StaffRole
from omnichannel.kernel.models import OutboxMessage
from orders.models import OrderIntake
from orders.models.payments import Refund


def dashboard(request, context):
    """Unfold's callback: adds the tiles and the oldest order of each heap. Raises NotAllowed for other staff."""
    if not request.user.is_superuser:
        request.actor.must_have(StaffRole.Role.OPERATOR, StaffRole.Role.AUDITOR)
    stuck = FulfillmentDemand.objects.filter(state=FulfillmentDemand.State.EXCEPTION)
    unpaid = OrderIntake.objects.filter(state=OrderIntake.State.AWAITING_PAYMENT)
    failed = Refund.objects.filter(state=Refund.State.FAILED)
    dead = OutboxMessage.objects.dead()
    context["tiles"] = [
        _tile(
            _("Orders nobody can route"),
            stuck,
            "changed_at",
            "/admin/fulfillment/fulfillmentdemand/?state=exception",
        ),
        _tile(_("Refunds that failed"), failed, "requested_at", "/admin/order/refund/?state=failed"),
        _tile(_("Dead messages"), dead, "created_at", "/admin/kernel/outboxmessage/?state=dead"),
        _tile(
            _("Orders waiting for payment"),
            unpaid,
            "placed_at",
            "/admin/order/orderintake/?state=awaiting_payment",
        ),
    ]
    return context


def _tile(label, rows, age_field: str, href: str) -> dict:
    oldest = rows.order_by(age_field).values_list(age_field, flat=True).first()
    return {"label": label, "count": rows.count(), "oldest": oldest, "href": href}
