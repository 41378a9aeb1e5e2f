"""Levels, movements, reservations and serial units. Stock changes by movements alone."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import display

from ..models import Place, Reservation, SafetyStock, SerialClaim, SerialUnit, StockLevel, StockMovement
from .readonly import ReadOnlyAdmin, ReadOnlyInline

SERIAL_TONES = {
    "free": "success",
    "claimed": "info",
    "in_transit": "info",
    "sold": "",
    "quarantine": "danger",
    "scrapped": "danger",
}
RESERVATION_TONES = {"held": "warning", "confirmed": "info", "shipped": "success", "released": ""}


@admin.register(StockLevel)
class StockLevelAdmin(ReadOnlyAdmin):
    list_display = ["sku", "place", "on_hand", "reserved", "free", "bin"]
    list_filter = ["location__kind", "location__province"]
    list_select_related = ["location"]
    search_fields = ["sku", "location__code", "location__name"]
    search_help_text = _("SKU or location")
    ordering = ["sku", "location__code"]

    @display(description=_("location"), ordering="location__code")
    def place(self, level):
        return level.location.label

    @display(description=_("unpromised"))
    def free(self, level):
        return level.on_hand - level.reserved


@admin.register(StockMovement)
class StockMovementAdmin(ReadOnlyAdmin):
    list_display = ["at", "sku", "quantity", "origin", "goal", "reason", "reference"]
    list_filter = ["reason", "from_place", "to_place", ("at", RangeDateTimeFilter)]
    list_filter_submit = True
    list_select_related = ["from_location", "to_location"]
    search_fields = ["sku", "reference"]
    search_help_text = _("SKU or reference")
    ordering = ["-pk"]

    @display(description=_("from"))
    def origin(self, movement):
        return _place(movement.from_location, movement.from_place)

    @display(description=_("to"))
    def goal(self, movement):
        return _place(movement.to_location, movement.to_place)


def _place(location, place):
    return location.label if location else Place(place).label


@admin.register(SafetyStock)
class SafetyStockAdmin(ModelAdmin):
    list_display = ["quantity", "channel", "sku", "location"]
    list_filter = ["channel"]
    list_select_related = ["location"]
    search_fields = ["sku"]
    autocomplete_fields = ["location"]


@admin.register(Reservation)
class ReservationAdmin(ReadOnlyAdmin):
    list_display = ["demand", "sku", "quantity", "location", "state_label", "fulfillment", "changed_at"]
    list_filter = ["state"]
    list_select_related = ["demand", "location", "fulfillment"]
    search_fields = ["demand__order_number", "sku"]
    search_help_text = _("Order number or SKU")
    ordering = ["-pk"]

    @display(description=_("state"), label=RESERVATION_TONES)
    def state_label(self, row):
        return row.state, row.get_state_display()


class ClaimInline(ReadOnlyInline):
    model = SerialClaim
    fields = ["parcel", "state", "claimed_at", "changed_at"]
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("line__fulfillment")

    @display(description=_("fulfillment"))
    def parcel(self, claim):
        return claim.line.fulfillment.code


@admin.register(SerialUnit)
class SerialUnitAdmin(ReadOnlyAdmin):
    list_display = ["serial", "kind", "sku", "location", "state_label", "changed_at"]
    list_filter = ["kind", "state"]
    list_select_related = ["location"]
    search_fields = ["serial", "sku", "location__code"]
    search_help_text = _("Serial number, SKU or location code")
    ordering = ["serial"]
    inlines = [ClaimInline]

    @display(description=_("state"), label=SERIAL_TONES)
    def state_label(self, unit):
        return unit.state, unit.get_state_display()
