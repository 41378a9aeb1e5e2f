"""An order's whole story for operators. Oscar's own admin is replaced: it changes rows directly."""

from django.contrib import admin, messages
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from oscar.apps.order import admin as oscar_admin  # noqa: F401  (registers first, so that we can replace)
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import action, display

from fulfillment.queries import progress
from members.actors import actor_of
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import display as money
from orders import admin_cards, admin_payments, models, reasons  # noqa: F401  (they register theirs)
from orders.models import LineTerms, OrderEvent, OrderIntake, State
from orders.queries.orders import OrderUnknown
from orders.services import cancellation
from orders.views.lines import order_lines
from orders.views.telling import parcels_of

REPLACED = """
Order OrderNote CommunicationEvent ShippingAddress BillingAddress Line LinePrice ShippingEvent
ShippingEventType PaymentEvent PaymentEventType LineAttribute OrderDiscount OrderLineDiscount
OrderStatusChange Surcharge
"""
for replaced in REPLACED.split():
    model = getattr(models, replaced)
    if admin.site.is_registered(model):
        admin.site.unregister(model)

TONES = {
    "awaiting_payment": "warning",
    "confirmed": "info",
    "fulfilling": "info",
    "shipped": "info",
    "completed": "success",
    "cancelled": "",
    "refused": "danger",
    "failed": "danger",
}


def _story(row: OrderIntake) -> str:
    way = progress.of_order(row.number)
    lines = order_lines(sorted(row.terms.all(), key=lambda line: line.pk))
    context = {"parcels": parcels_of(way, lines), "instants": way.instants, "order": row}
    return render_to_string("orders/admin/story.html", context)


class ReadOnlyInline(TabularInline):
    extra = 0
    can_delete = False
    hide_title = True

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class LineInline(ReadOnlyInline):
    model = LineTerms
    fk_name = "intake"
    fields = ["sku", "title", "quantity", "amount", "price_reason", "msisdn", "done", "dropped"]
    readonly_fields = fields

    @admin.display(description=_("amount"))
    def amount(self, row):
        return money(row.amount_fen)


class EventInline(ReadOnlyInline):
    model = OrderEvent
    fields = ["at", "who", "channel", "before", "after", "because"]
    readonly_fields = fields

    @admin.display(description=_("carried out by"))
    def who(self, row):
        return row.by_label

    @admin.display(description=_("why"))
    def because(self, row):
        return row.why_label or "—"


@admin.register(OrderIntake)
class OrderAdmin(ModelAdmin):
    list_display = ["number", "placed_at", "channel", "attributed", "state_label", "total", "contact_name"]
    list_filter = ["state", "channel", "cod", "way", ("placed_at", RangeDateTimeFilter)]
    list_filter_submit = True
    list_select_related = ["institution"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["number", "channel_reference", "contact_phone"]
    date_hierarchy = "placed_at"
    inlines = [LineInline, EventInline]
    actions = ["cancel_orders"]
    actions_detail = ["cancel_this"]
    readonly_fields = ["story", "total", "shipping", "points", "card"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "number",
                    "state",
                    "channel",
                    "channel_reference",
                    "institution",
                    "placed_by",
                    "placed_at",
                ]
            },
        ),
        (_("Money"), {"fields": ["total", "shipping", "points", "card", "cod", "expires_at"]}),
        (_("Way"), {"fields": ["way", "pickup_location", "contact_name", "story"]}),
    ]

    @display(description=_("state"), label=TONES)
    def state_label(self, row):
        return row.state, row.get_state_display()

    @admin.display(description=_("attributed institution"), ordering="institution")
    def attributed(self, row):
        return row.institution.label if row.institution else "—"

    @admin.display(description=_("total"), ordering="total_fen")
    def total(self, row):
        return money(row.total_fen)

    @admin.display(description=_("delivery"))
    def shipping(self, row):
        return money(row.shipping_fen)

    @admin.display(description=_("points used"))
    def points(self, row):
        return money(row.points_fen)

    @admin.display(description=_("prepaid card"))
    def card(self, row):
        return money(row.card_fen)

    @admin.display(description=_("goods and their way"))
    def story(self, row):
        """Unfold asks for a field several times a page; the row remembers the answer."""
        if not hasattr(row, "_story"):
            row._story = _story(row)
        return row._story

    @action(description=_("Cancel and refund"), permissions=["work"])
    def cancel_orders(self, request, queryset):
        cancelled = sum(self._cancel(request, number) for number in queryset.values_list("number", flat=True))
        text = ngettext("%(n)d order is cancelled.", "%(n)d orders are cancelled.", cancelled) % {
            "n": cancelled
        }
        messages.success(request, text)

    @action(description=_("Cancel and refund …"), url_path="cancel", permissions=["work"])
    def cancel_this(self, request, object_id):
        """Asked first: a link alone changes nothing. Raises OrderUnknown."""
        row = self.get_object(request, object_id)
        if row is None:
            raise OrderUnknown(number=object_id[:32])
        if not row.may_become(State.CANCELLED):
            late = cancellation.TooLateToCancel(state=row.get_state_display(), number=row.number)
            messages.error(request, f"{row.number}: {late}")
        elif request.method != "POST":
            return self._asked(request, row)
        elif self._cancel(request, row.number):
            messages.success(request, _("The order is cancelled."))
        return redirect("admin:order_orderintake_change", object_id)

    def _asked(self, request, row: OrderIntake):
        context = self.admin_site.each_context(request) | {
            "title": _("Cancel and refund"),
            "opts": self.opts,
            "order": row,
            "total": money(row.total_fen),
        }
        return render(request, "orders/admin/cancel.html", context)

    def _cancel(self, request, number: str) -> bool:
        try:
            cancellation.cancel(
                order_number=number,
                actor=actor_of(request.user),
                reason=reasons.BY_OPERATOR,
                now=clock.now(),
            )
        except DomainError as error:
            messages.error(request, f"{number}: {error}")
            return False
        return True

    def has_work_permission(self, request, obj=None):
        return request.actor.has("operator")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
