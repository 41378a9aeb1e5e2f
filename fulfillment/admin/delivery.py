"""Delivery in depth: visits, photos, codes entered at counters, couriers' messages: only looked at."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from members.actors import actor_of
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from ..models import CourierEvent, CourierFeed, DeliveryPhoto, DoorVisit, PickupGuess, RefusedUnits
from ..services import courier_feed
from .readonly import ReadOnlyAdmin

OUTCOME_TONES = {"applied": "success", "noted": "info", "unknown": "warning", "conflict": "danger"}


@admin.register(CourierEvent)
class CourierEventAdmin(ReadOnlyAdmin):
    list_display = [
        "received_at",
        "courier",
        "parcel",
        "kind",
        "occurred_at",
        "place",
        "outcome_label",
        "refusal",
        "deliveries",
        "handled_by",
    ]
    list_filter = ["outcome", "kind", "courier", ("handled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["courier"]
    search_fields = ["parcel", "event_id"]
    search_help_text = _("Parcel, waybill or event")
    date_hierarchy = "received_at"
    actions = ["mark_handled"]

    @display(description=_("outcome"), label=OUTCOME_TONES)
    def outcome_label(self, event):
        return event.outcome, event.get_outcome_display()

    @action(description=_("I have looked into it"))
    def mark_handled(self, request, queryset):
        ids = list(queryset.values_list("pk", flat=True))
        try:
            count = courier_feed.mark_handled(ids=ids, actor=actor_of(request.user), now=clock.now())
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return
        text = ngettext("%(count)d event was ticked off.", "%(count)d events were ticked off.", count)
        messages.success(request, text % {"count": count})


@admin.register(CourierFeed)
class CourierFeedAdmin(ReadOnlyAdmin):
    list_display = ["courier", "is_active", "changed_at"]
    fields = ["courier", "is_active", "changed_at"]
    readonly_fields = fields


@admin.register(DoorVisit)
class DoorVisitAdmin(ReadOnlyAdmin):
    list_display = [
        "delivery",
        "number",
        "by",
        "arrived_at",
        "recorded_at",
        "position",
        "accuracy_m",
        "distance_m",
        "end",
        "reason",
    ]
    list_filter = ["end", "position"]
    list_select_related = ["delivery"]
    search_fields = ["delivery__fulfillment__code"]
    search_help_text = _("Parcel")
    date_hierarchy = "arrived_at"


@admin.register(RefusedUnits)
class RefusedUnitsAdmin(ReadOnlyAdmin):
    list_display = ["delivery", "line", "quantity", "reason", "returned_at"]
    list_filter = [("returned_at", admin.EmptyFieldListFilter), "reason"]
    list_select_related = ["delivery", "line"]
    search_fields = ["delivery__fulfillment__code"]
    search_help_text = _("Parcel")


@admin.register(DeliveryPhoto)
class DeliveryPhotoAdmin(ReadOnlyAdmin):
    list_display = ["fulfillment", "kind", "width", "height", "size", "at", "by"]
    list_filter = ["kind"]
    list_select_related = ["fulfillment"]
    search_fields = ["fulfillment__code", "sha256"]
    search_help_text = _("Parcel or hash")


@admin.register(PickupGuess)
class PickupGuessAdmin(ReadOnlyAdmin):
    list_display = ["at", "fulfillment", "outcome", "by"]
    list_filter = ["outcome"]
    list_select_related = ["fulfillment"]
    search_fields = ["fulfillment__code", "by"]
    search_help_text = _("Parcel or person")
    date_hierarchy = "at"
