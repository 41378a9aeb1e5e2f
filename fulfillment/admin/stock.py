"""Levels, movements, reservations and serial units. Stock changes by movements alone."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import action, display

from members.actors import actor_of
from members.channels import Channel
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from ..models import Place, Reservation, SafetyStock, SerialClaim, SerialUnit, StockLevel, StockMovement
from ..services.count_opening import open_count
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
    list_display = ["sku", "place", "on_hand", "promised", "free", "parts", "bin"]
    list_filter = ["location__kind", "location__province"]
    list_select_related = ["location"]
    search_fields = ["sku", "location__code", "location__name"]
    search_help_text = _("SKU or location")
    ordering = ["sku", "location__code"]
    actions = ["count"]

    @action(description=_("Have them counted"))
    def count(self, request, queryset):
        """A count for each location of the chosen levels."""
        actor, chosen = actor_of(request.user), {}
        for sku, place in queryset.values_list("sku", "location_id"):
            chosen.setdefault(place, []).append(sku)
        for place, skus in sorted(chosen.items()):
            try:
                made = open_count(actor=actor, location_id=place, skus=skus, now=clock.now())
            except DomainError as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("Count %(count)s is open.") % {"count": made.code})

    @display(description=_("location"), ordering="location__code")
    def place(self, level):
        return level.location.label

    def get_queryset(self, request):
        return super().get_queryset(request).with_promised()

    @display(description=_("reserved"))
    def promised(self, level):
        return level.promised

    @display(description=_("unpromised"))
    def free(self, level):
        return level.on_hand - level.promised

    @display(description=_("parts"))
    def parts(self, level):
        return level.buckets or ""


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
    list_display = ["quantity", "channel_label", "sku_label", "place"]
    list_filter = ["channel", "location__kind", "location__province"]
    list_select_related = ["location"]
    search_fields = ["sku", "location__code", "location__name", "location__name_en"]
    search_help_text = _("SKU or location")
    autocomplete_fields = ["location"]
    ordering = ["channel", "sku", "location__code"]

    def formfield_for_dbfield(self, field, request, **more):
        """A channel is one that exists, or none for all of them."""
        if field.name == "channel":
            return forms.ChoiceField(
                label=field.verbose_name, choices=[("", _("all channels")), *Channel.choices], required=False
            )
        return super().formfield_for_dbfield(field, request, **more)

    @display(description=_("channel"), ordering="channel")
    def channel_label(self, row):
        return Channel(row.channel).label if row.channel in Channel.values else _("all channels")

    @display(description=_("SKU"), ordering="sku")
    def sku_label(self, row):
        return row.sku or _("all articles")

    @display(description=_("location"), ordering="location__code")
    def place(self, row):
        return row.location.label if row.location else _("all locations")


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
