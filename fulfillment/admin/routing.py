"""Tariffs and routing profiles: tables that operators keep, with their history."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from omnichannel.kernel.money import display as money

from ..models import LocationProfile, TariffRate, TariffZone


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
class TariffRateAdmin(ModelAdmin):
    list_display = ["zone", "first", "further", "days", "starts", "ends"]
    list_filter = ["zone"]
    ordering = ["zone", "-starts"]

    @display(description=_("first kilogram"))
    def first(self, rate):
        return f"{rate.first_g} g: {money(rate.first_fen)}"

    @display(description=_("further"))
    def further(self, rate):
        return f"{rate.step_g} g: {money(rate.step_fen)}"
