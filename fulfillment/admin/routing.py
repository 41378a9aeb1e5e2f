"""Tariffs and routing profiles: tables that operators keep, with their history."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from omnichannel.kernel.money import display as money

from ..models import (
    LocationDay,
    LocationProfile,
    OptimiserRun,
    PickupProposal,
    ShadowPrice,
    TariffRate,
    TariffZone,
    TrunkLine,
)
from .readonly import ReadOnlyAdmin


@admin.register(LocationProfile)
class LocationProfileAdmin(ModelAdmin):
    list_display = [
        "place",
        "is_open",
        "handling",
        "must_accept",
        "accept_minutes",
        "writes_sim",
        "daily_capacity",
    ]
    list_filter = ["is_open", "must_accept", "writes_sim", "location__kind"]
    list_select_related = ["location"]
    search_fields = ["location__code", "location__name"]
    autocomplete_fields = ["location"]
    ordering = ["location__path"]

    @display(description=_("location"), ordering="location__path")
    def place(self, profile):
        return profile.location.label

    @display(description=_("handling"))
    def handling(self, profile):
        return money(profile.handling_fen)


@admin.register(TariffZone)
class TariffZoneAdmin(ModelAdmin):
    list_display = ["from_province", "to_province", "zone"]
    list_filter = ["zone"]
    search_fields = ["from_province", "to_province"]
    ordering = ["from_province", "to_province"]


@admin.register(TariffRate)
class TariffRateAdmin(ReadOnlyAdmin):
    """Changed as a whole table at /routing/tariffs/, so that no day is left without a rate."""

    list_display = ["zone", "version", "first", "further", "days", "starts", "ends", "made_by"]
    list_filter = ["zone"]
    ordering = ["zone", "-starts"]

    @display(description=_("first kilogram"))
    def first(self, rate):
        return f"{rate.first_g} g: {money(rate.first_fen)}"

    @display(description=_("further"))
    def further(self, rate):
        return f"{rate.step_g} g: {money(rate.step_fen)}"


@admin.register(LocationDay)
class LocationDayAdmin(ModelAdmin):
    list_display = ["day", "location", "is_closed", "capacity", "cutoff_hour", "note"]
    list_filter = ["is_closed", "day"]
    list_select_related = ["location"]
    search_fields = ["location__code", "location__name", "note"]
    autocomplete_fields = ["location"]
    date_hierarchy = "day"


@admin.register(TrunkLine)
class TrunkLineAdmin(ModelAdmin):
    list_display = ["origin", "hub", "run", "run_kg", "fee", "reach_km", "days", "is_open"]
    list_filter = ["is_open"]
    list_select_related = ["origin", "hub"]
    search_fields = ["origin__code", "hub__code", "hub__name"]
    autocomplete_fields = ["origin", "hub"]
    ordering = ["origin__code", "hub__code"]

    @display(description=_("cost of a run"))
    def run(self, line):
        return money(line.run_fen)

    @display(description=_("hub's fee"))
    def fee(self, line):
        return money(line.last_km_fen)


@admin.register(ShadowPrice)
class ShadowPriceAdmin(ReadOnlyAdmin):
    list_display = ["sku", "location", "price"]
    list_select_related = ["location"]
    search_fields = ["sku", "location__code", "location__name"]
    ordering = ["-fen"]

    @display(description=_("shadow price"), ordering="fen")
    def price(self, row):
        return money(round(row.fen))


@admin.register(OptimiserRun)
class OptimiserRunAdmin(ReadOnlyAdmin):
    list_display = ["at", "kind", "status", "orders", "changed", "milliseconds"]
    list_filter = ["kind", "status"]
    date_hierarchy = "at"


@admin.register(PickupProposal)
class PickupProposalAdmin(ReadOnlyAdmin):
    list_display = ["demand", "from_location", "to_location", "state", "asked_at", "answer_by", "answered_by"]
    list_filter = ["state"]
    list_select_related = ["demand", "from_location", "to_location"]
    search_fields = ["demand__order_number", "to_location__code"]
