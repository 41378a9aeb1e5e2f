"""What orders want, why their goods come from where they come, and what operators do when nothing fits."""

from django.contrib import admin, messages
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from members.actors import actor_of
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from ..models import FulfillmentDemand, FulfillmentOrder, Reservation
from ..queries import operator_queue, trace
from ..reasons import words
from ..services import exceptions
from ..values import Demand
from .readonly import ReadOnlyAdmin, ReadOnlyInline

TONES = {
    "held": "warning",
    "requested": "info",
    "routed": "success",
    "exception": "danger",
    "released": "",
    "cancelled": "",
    "done": "success",
}


class ParcelInline(ReadOnlyInline):
    model = FulfillmentOrder
    fields = ["code", "location", "way", "state", "distance_km", "weight_g", "why"]
    readonly_fields = fields

    @display(description=_("note"))
    def why(self, parcel):
        return words(parcel.note) or "–"


class ReservationInline(ReadOnlyInline):
    model = Reservation
    fields = ["sku", "quantity", "location", "state", "changed_at"]
    readonly_fields = fields


@admin.register(FulfillmentDemand)
class DemandAdmin(ReadOnlyAdmin):
    list_display = ["order_number", "placed_at", "channel", "way", "state_label", "reason_text", "attempts"]
    list_filter = ["state", "channel", "way"]
    search_fields = ["order_number"]
    search_help_text = _("Order number")
    ordering = ["-placed_at"]
    date_hierarchy = "placed_at"
    # Giving up refunds, so it asks first and wants a reason: on the operator's page of the order.
    actions = ["re_route"]
    inlines = [ParcelInline, ReservationInline]
    fieldsets = [
        (None, {"fields": ["order_number", "placed_at", "channel", "way", "state", "reason_text"]}),
        (_("Routing"), {"fields": ["told"]}),
    ]
    readonly_fields = ["state", "reason_text", "told"]

    @display(description=_("state"), label=TONES)
    def state_label(self, demand):
        return demand.state, demand.get_state_display()

    @display(description=_("reason"))
    def reason_text(self, demand):
        return words(demand.reason) or "–"

    @display(description=_("how it was routed"))
    def told(self, demand):
        told = trace.of_order(demand.order_number)
        drawn = operator_queue.drawing([each.story for each in told], Demand.of_dict(demand.wish))
        names = operator_queue.place_names()
        traces = [operator_queue.worded(each, names) for each in told]
        context = {"traces": traces, "map": drawn, "demand": demand}
        return render_to_string("fulfillment/admin/_trace.html", context)

    @action(description=_("Route again, asking all locations"))
    def re_route(self, request, queryset):
        """Each by itself; what the service refuses is told, the others are done."""
        actor, done = actor_of(request.user), 0
        for number in queryset.values_list("order_number", flat=True):
            try:
                exceptions.re_route(order_number=number, actor=actor, now=clock.now())
            except DomainError as refusal:
                messages.error(request, f"{number}: {refusal}")
            else:
                done += 1
        if done:
            text = ngettext("%(count)d order done.", "%(count)d orders done.", done)
            messages.success(request, text % {"count": done})
