"""Tariffs and routing profiles: tables that operators keep, with their history."""

from django.contrib import admin, messages
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from omnichannel.kernel.money import display as money

from ..models import (
    AcceptanceRate,
    CentreCosts,
    CentreProposal,
    CentreReckoning,
    LocationDay,
    LocationProfile,
    OptimiserRun,
    PickupProposal,
    PostageRate,
    ShadowPrice,
    TariffRate,
    TariffZone,
    TrunkLine,
)
from .bounds import Bounded
from .cut_offs import TellsCutOff, warn
from .readonly import ReadOnlyAdmin


class OnTheMap(admin.SimpleListFilter):
    title = _("coordinates")
    parameter_name = "place"

    def lookups(self, request, model_admin):
        return [("missing", _("missing: ships nothing"))]

    def queryset(self, request, queryset):
        if self.value() != "missing":
            return queryset
        return queryset.filter(Q(location__latitude=None) | Q(location__longitude=None))


@admin.register(LocationProfile)
class LocationProfileAdmin(TellsCutOff, Bounded, ModelAdmin):
    """A location that is not to be asked any more is closed for routing, not deleted."""

    bounds = {
        "acceptance_percent": (1, 100),
        "accept_minutes": (1, 7 * 24 * 60),
        "cutoff_hour": (0, 24),
        "handling_fen": (0, 1_000_000),
        "load_fen": (0, 1_000_000),
        "daily_capacity": (0, 1_000_000),
    }
    provinces = ("origin_province", "home_province", "delivers_to")
    list_display = [
        "place",
        "is_open",
        "has_coordinates",
        "handling",
        "must_accept",
        "acceptance",
        "accept_minutes",
        "writes_sim",
        "cutoff_hour",
        "daily_capacity",
    ]
    list_filter = ["is_open", OnTheMap, "must_accept", "writes_sim", "location__kind"]
    list_select_related = ["location"]
    search_fields = ["location__code", "location__name"]
    autocomplete_fields = ["location"]
    readonly_fields = ["acceptance", "departures"]
    ordering = ["location__path"]

    def get_queryset(self, request):
        rate = AcceptanceRate.objects.filter(location_id=OuterRef("pk"))
        told = {name: Subquery(rate.values(name)) for name in ("asked", "taken", "percent")}
        return super().get_queryset(request).annotate(**told)

    @display(description=_("location"), ordering="location__path")
    def place(self, profile):
        return profile.location.label

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description=_("coordinates"), boolean=True)
    def has_coordinates(self, profile):
        """Routing leaves a location without them out: no_coordinates."""
        return profile.location.latitude is not None and profile.location.longitude is not None

    @display(description=_("acceptance reckoned with"))
    def acceptance(self, profile):
        """What routing weighs: by the answers of late, or as typed where there are none."""
        if getattr(profile, "percent", None) is None:
            return _("%(percent)s %%") % {"percent": profile.acceptance_percent}
        words = _("%(percent)s %%, %(taken)s of %(asked)s taken")
        return words % {"percent": profile.percent, "taken": profile.taken, "asked": profile.asked}

    @display(description=_("handling"))
    def handling(self, profile):
        return money(profile.handling_fen)


@admin.register(TariffZone)
class TariffZoneAdmin(Bounded, ModelAdmin):
    provinces = ("from_province", "to_province")
    list_display = ["from_province", "to_province", "zone"]
    list_filter = ["zone"]
    search_fields = ["from_province", "to_province"]
    ordering = ["from_province", "to_province"]

    def save_model(self, request, obj, form, change):
        """A zone without a rate is told at once: nothing would be sent there."""
        super().save_model(request, obj, form, change)
        if not TariffRate.objects.filter(zone=obj.zone).exists():
            text = _("Zone %(zone)s has no rate yet, nothing is sent there: make a table at %(page)s.")
            page = reverse("fulfillment:routing-tariffs")
            messages.warning(request, text % {"zone": obj.zone, "page": page})


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


@admin.register(PostageRate)
class PostageRateAdmin(TariffRateAdmin):
    """Changed as a whole table at /routing/postage/."""


@admin.register(LocationDay)
class LocationDayAdmin(Bounded, ModelAdmin):
    bounds = {"cutoff_hour": (0, 24), "capacity": (0, 1_000_000)}
    list_display = ["day", "location", "is_closed", "capacity", "cutoff_hour", "note"]
    list_filter = ["is_closed", "day"]
    list_select_related = ["location"]
    search_fields = ["location__code", "location__name", "note"]
    autocomplete_fields = ["location"]
    date_hierarchy = "day"

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if obj.cutoff_hour is not None and not obj.is_closed:
            warn(request, obj.location, house_hour=obj.cutoff_hour)


@admin.register(TrunkLine)
class TrunkLineAdmin(Bounded, ModelAdmin):
    bounds = {
        "run_kg": (1, 100_000),
        "reach_km": (1, 1000),
        "departs_hour": (0, 24),
        "lead_minutes": (0, 24 * 60),
        "full_at": (1, 10_000),
        "days": (0, 60),
        "run_fen": (0, 100_000_000),
        "last_km_fen": (0, 1_000_000),
    }
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


@admin.register(CentreCosts)
class CentreCostsAdmin(ReadOnlyAdmin):
    """Versions are made and taken back at /ops/centres/costs/, so that no day has two."""

    list_display = [
        "version",
        "fixed",
        "investment",
        "assortment",
        "payback_months",
        "starts",
        "ends",
        "made_by",
    ]
    ordering = ["-starts"]

    @display(description=_("fixed cost a month"))
    def fixed(self, row):
        return money(row.fixed_month_fen)

    @display(description=_("investment"))
    def investment(self, row):
        return money(row.investment_fen)


@admin.register(CentreProposal)
class CentreProposalAdmin(ReadOnlyAdmin):
    """Decided at /ops/centres/."""

    list_display = [
        "city",
        "province",
        "state",
        "saving",
        "proposed_at",
        "decided_at",
        "decided_by",
        "reason",
    ]
    list_filter = ["state", "province"]
    search_fields = ["city", "province", "reason", "decided_by"]
    date_hierarchy = "proposed_at"

    @display(description=_("saving a month"))
    def saving(self, row):
        return money(row.saving_fen)


@admin.register(CentreReckoning)
class CentreReckoningAdmin(ReadOnlyAdmin):
    list_display = ["name", "state", "status", "asked_by", "asked_at", "finished_at", "failure"]
    list_filter = ["state", "status"]
    date_hierarchy = "asked_at"
    exclude = ["key", "flows", "candidates", "centres"]

    @display(description=_("reckoning"), ordering="key")
    def name(self, row):
        return row.key
