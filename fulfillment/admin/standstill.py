"""How long a parcel may stay in a state, and what operators decided about those that stayed longer."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from ..models import FulfillmentState, StandstillDecision, StandstillLimit
from ..queries.standstill import UNITS_OUT, WATCHED, label
from .bounds import Bounded
from .readonly import ReadOnlyAdmin

MOST_HOURS = 24 * 90


@admin.register(StandstillLimit)
class StandstillLimitAdmin(Bounded, ModelAdmin):
    """Without a location a row counts everywhere; a state without a row has its hours from the settings."""

    bounds = {"hours": (1, MOST_HOURS)}
    list_display = ["state_in_words", "location", "hours"]
    list_filter = ["state", "location"]
    list_select_related = ["location"]
    autocomplete_fields = ["location"]

    @admin.display(description=StandstillLimit._meta.get_field("state").verbose_name, ordering="state")
    def state_in_words(self, row):
        return label(row.state)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "state":
            kwargs["choices"] = [(state, label(state)) for state in (*WATCHED, FulfillmentState(UNITS_OUT))]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(StandstillDecision)
class StandstillDecisionAdmin(ReadOnlyAdmin):
    list_display = ["fulfillment", "tool", "state", "reason", "by", "at"]
    list_filter = ["tool", "state"]
    list_select_related = ["fulfillment"]
    search_fields = ["fulfillment__code", "reason", "by"]
    date_hierarchy = "at"
