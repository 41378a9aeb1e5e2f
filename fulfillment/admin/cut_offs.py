"""The house's cut-off and the couriers' timetable side by side, wherever one of the two is edited."""

from django.contrib import messages
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from ..queries.last_departures import last_departures


def warn(request, location, *, house_hour: int | None = None) -> None:
    """Name the couriers that leave before the house's hour: from then on promises say the next day."""
    for each in last_departures(location.pk, house_hour=house_hour):
        if each.is_first:
            text = _(
                "%(courier)s leaves %(location)s for the last time at %(time)s, before its cut-off at"
                " %(hour)s:00. What goes with this courier is promised for the next day from %(time)s on."
            )
            facts = {
                "courier": each.courier,
                "location": location.label,
                "time": f"{each.leaves_at:%H:%M}",
                "hour": each.house_hour,
            }
            messages.warning(request, text % facts)


class TellsCutOff:
    """Mixed into the ModelAdmin of something that belongs to a location: saving or deleting it warns."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        warn(request, obj.location)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        warn(request, obj.location)

    def delete_queryset(self, request, queryset):
        places = {row.location_id: row.location for row in queryset.select_related("location")}
        super().delete_queryset(request, queryset)
        for location in places.values():
            warn(request, location)

    @display(description=gettext_lazy("last departures"))
    def departures(self, obj):
        """Of each courier; the one that ends the day before the house does says so."""
        if obj.location_id is None:
            return "—"
        found = last_departures(obj.location_id)
        if not found:
            return _("No courier has a timetable here: the house's cut-off alone counts.")
        first = _("before the cut-off: promises follow this time")
        rows = ((each.courier, f"{each.leaves_at:%H:%M}", first if each.is_first else "") for each in found)
        return format_html_join("\n", "<div>{} {} <em>{}</em></div>", rows)
