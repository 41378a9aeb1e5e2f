"""Dealers, their orders and money, our purchases for them: looked at here, changed on their pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from omnichannel.kernel.money import display as money

from ..models import (
    DealerInvoice,
    DealerNumberLine,
    DealerOrder,
    DealerOrderEvent,
    DealerOrderLine,
    DealerPayment,
    DealerTerms,
    ReplenishmentProposal,
    SupplierItem,
    SupplierListing,
    SupplierNotice,
    SupplierOrder,
    SupplierOrderEvent,
    SupplierOrderLine,
    SupplyContract,
)
from .articles import NamesArticle
from .bounds import Bounded
from .readonly import ReadOnlyAdmin, ReadOnlyInline

ORDER_TONES = {
    "on_hold": "danger",
    "submitted": "warning",
    "waiting_goods": "warning",
    "approved": "info",
    "done": "success",
}
PURCHASE_TONES = {"open": "warning", "received": "success"}


@admin.register(DealerTerms)
class DealerTermsAdmin(ReadOnlyAdmin):
    """Limits are changed on the dealer's account, where exposure is checked; of numbers on their page."""

    list_display = [
        "dealer",
        "branch",
        "limit",
        "payment_days",
        "lead_days",
        "service_percent",
        "number_limit",
        "number_days",
        "is_blocked",
    ]
    list_filter = ["is_blocked", "branch"]
    list_select_related = ["dealer", "branch"]
    search_fields = ["dealer__code", "dealer__name"]

    @display(description=_("credit limit"))
    def limit(self, terms):
        return money(terms.credit_limit_fen)


class LineInline(ReadOnlyInline):
    model = DealerOrderLine
    fields = ["sku", "quantity", "unit_fen", "received", "dropped"]
    readonly_fields = fields


class NumberLineInline(ReadOnlyInline):
    model = DealerNumberLine
    fields = ["province", "city", "grade", "quantity", "allotted", "dropped"]
    readonly_fields = fields


class EventInline(ReadOnlyInline):
    model = DealerOrderEvent
    fields = ["at", "state", "who", "note"]
    readonly_fields = fields


@admin.register(DealerOrder)
class DealerOrderAdmin(ReadOnlyAdmin):
    list_display = ["number", "dealer", "state_label", "amount", "created_by_name", "created_at"]
    list_filter = ["state", "hold_reason", "branch"]
    list_select_related = ["dealer"]
    search_fields = ["number", "dealer__code", "dealer__name"]
    date_hierarchy = "created_at"
    inlines = [LineInline, NumberLineInline, EventInline]

    @display(description=_("state"), label=ORDER_TONES)
    def state_label(self, order):
        return order.state, order.get_state_display()

    @display(description=_("amount"))
    def amount(self, order):
        return money(order.amount_fen)


@admin.register(DealerInvoice)
class DealerInvoiceAdmin(ReadOnlyAdmin):
    list_display = ["number", "dealer", "order", "amount", "left", "issued_on", "due_on"]
    list_filter = ["dealer", "due_on"]
    list_select_related = ["dealer", "order"]
    search_fields = ["number", "order__number", "dealer__code"]

    @display(description=_("amount"))
    def amount(self, invoice):
        return money(invoice.amount_fen)

    @display(description=_("to pay"))
    def left(self, invoice):
        return money(invoice.left_fen)


@admin.register(DealerPayment)
class DealerPaymentAdmin(ReadOnlyAdmin):
    list_display = ["reference", "dealer", "kind", "amount", "received_on", "recorded_by"]
    list_filter = ["kind", "dealer"]
    list_select_related = ["dealer"]
    search_fields = ["reference", "dealer__code"]

    @display(description=_("amount"))
    def amount(self, payment):
        return money(payment.amount_fen)


@admin.register(SupplierItem)
class SupplierItemAdmin(ReadOnlyAdmin):
    """A cost holds once a supplier's listing is accepted by somebody else than who proposed it."""

    list_display = ["sku", "supplier", "cost_fen", "lead_days", "lot"]
    list_filter = ["supplier"]
    list_select_related = ["supplier"]
    search_fields = ["sku", "supplier__code"]


@admin.register(SupplyContract)
class SupplyContractAdmin(Bounded, ModelAdmin):
    """What was agreed stays as it was; the units may grow and the end may move."""

    form = NamesArticle
    bounds = {
        "cost_fen": (1, 10_000_000_00),
        "units": (1, 10_000_000),
        "lot": (1, 100_000),
        "lead_days": (0, 365),
    }
    list_display = [
        "number",
        "supplier",
        "sku",
        "cost",
        "units",
        "called",
        "left",
        "to_order",
        "days",
    ]
    list_filter = ["supplier", "to_order", "starts"]
    list_select_related = ["supplier"]
    search_fields = ["number", "sku", "supplier__code", "supplier__name"]
    agreed = ["number", "supplier", "sku", "cost_fen", "lot", "lead_days", "to_order", "starts"]

    def get_readonly_fields(self, request, obj=None):
        return [*self.agreed, "called"] if obj else ["called"]

    def formfield_for_foreignkey(self, field, request, **more):
        suppliers = field.related_model.objects.filter(kind="supplier", is_active=True)
        return super().formfield_for_foreignkey(field, request, queryset=suppliers, **more)

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description=_("cost"))
    def cost(self, contract):
        return money(contract.cost_fen)

    @display(description=_("left"))
    def left(self, contract):
        return contract.left

    @display(description=_("valid (until, exclusive)"), ordering="starts")
    def days(self, contract):
        return f"{contract.starts} – {contract.ends}"


class PurchaseLineInline(ReadOnlyInline):
    model = SupplierOrderLine
    fields = ["sku", "quantity", "announced", "received", "cost_fen", "contract", "dealer_line"]
    readonly_fields = fields


class SupplierStepInline(ReadOnlyInline):
    model = SupplierOrderEvent
    fields = ["at", "kind", "who", "promised_on", "reference", "note"]
    readonly_fields = fields


class NoticeInline(ReadOnlyInline):
    model = SupplierNotice
    fields = ["number", "state", "waybill", "arrives_on", "announced_at", "checked_by", "checked_at", "note"]
    readonly_fields = fields


@admin.register(SupplierOrder)
class SupplierOrderAdmin(ReadOnlyAdmin):
    list_display = [
        "number", "kind", "supplier", "location", "dealer_order", "state_label", "progress", "expected_on",
        "promised_on",
    ]  # fmt: skip
    list_filter = ["state", "progress", "kind", "supplier", "location"]
    list_select_related = ["supplier", "location", "dealer_order"]
    search_fields = ["number", "dealer_order__number"]
    inlines = [PurchaseLineInline, NoticeInline, SupplierStepInline]

    @display(description=_("state"), label=PURCHASE_TONES)
    def state_label(self, order):
        return order.state, order.get_state_display()


@admin.register(SupplierListing)
class SupplierListingAdmin(ReadOnlyAdmin):
    """Decided on the page of suppliers' listings."""

    list_display = ["sku", "supplier", "state", "is_new", "cost", "proposed_at", "decided_by_name"]
    list_filter = ["state", "is_new", "supplier"]
    list_select_related = ["supplier"]
    search_fields = ["sku", "title", "title_en", "supplier__code"]

    @display(description=_("cost"))
    def cost(self, listing):
        return money(listing.cost_fen)


@admin.register(ReplenishmentProposal)
class ReplenishmentProposalAdmin(ReadOnlyAdmin):
    list_display = [
        "dealer",
        "sku",
        "state",
        "quantity",
        "on_hand",
        "on_order",
        "reorder_point",
        "computed_at",
    ]
    list_filter = ["state", "dealer"]
    list_select_related = ["dealer"]
    search_fields = ["sku", "dealer__code"]
