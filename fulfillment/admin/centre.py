"""How operations centres are set up, and what their people decided: the latter is only looked at."""

from django.conf import settings
from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from ..models import (
    AutomationJob,
    CentreProfile,
    CourierCutOff,
    LabelPrint,
    LeftBehind,
    StationRight,
    StationTarget,
    WallSlot,
    WeightCase,
    WorkInHand,
)
from ..services import automation
from ..simulator import machine
from .bounds import Bounded
from .cut_offs import TellsCutOff
from .readonly import ReadOnlyAdmin

AUTOMATION_TONES = {"waiting": "info", "sent": "info", "done": "success", "failed": "warning"}


@admin.register(CentreProfile)
class CentreProfileAdmin(ModelAdmin):
    list_display = ["location", "wave_size", "builds_waves", "automated"]
    list_select_related = ["location"]
    autocomplete_fields = ["location"]


@admin.register(CourierCutOff)
class CourierCutOffAdmin(TellsCutOff, Bounded, ModelAdmin):
    """When a courier leaves. Promises follow its last time in a day, or the house's earlier cut-off."""

    bounds = {"lead_minutes": (0, 24 * 60), "full_at": (1, 10_000)}
    readonly_fields = ["departures"]
    list_display = ["location", "courier", "leaves_at", "lead_minutes", "full_at"]
    list_filter = ["location", "courier"]
    list_select_related = ["location", "courier"]
    autocomplete_fields = ["location", "courier"]


@admin.register(StationTarget)
class StationTargetAdmin(ModelAdmin):
    list_display = ["location", "station", "per_hour", "oldest_minutes"]
    list_filter = ["station", "location"]
    list_select_related = ["location"]
    autocomplete_fields = ["location"]


@admin.register(StationRight)
class StationRightAdmin(ModelAdmin):
    """A station that names nobody is open to everybody of the house."""

    list_display = ["location", "station", "user"]
    list_filter = ["station", "location"]
    list_select_related = ["location", "user"]
    autocomplete_fields = ["location", "user"]


@admin.register(WallSlot)
class WallSlotAdmin(ModelAdmin):
    """Slots are added and named here; what lies in them is the stations' business."""

    list_display = ["code", "location", "position", "fulfillment", "taken_at", "full_at"]
    list_filter = ["location", ("fulfillment", admin.EmptyFieldListFilter)]
    list_select_related = ["location", "fulfillment"]
    search_fields = ["code", "fulfillment__code"]
    search_help_text = _("Slot or parcel")
    fields = ["location", "code", "position"]
    autocomplete_fields = ["location"]

    def has_delete_permission(self, request, obj=None):
        empty = obj is None or obj.fulfillment_id is None
        return empty and super().has_delete_permission(request, obj)


@admin.register(WeightCase)
class WeightCaseAdmin(ReadOnlyAdmin):
    list_display = [
        "fulfillment",
        "measured_g",
        "expected_g",
        "asked_by",
        "asked_at",
        "outcome",
        "decided_by",
        "reason",
    ]
    list_filter = ["accepted", "fulfillment__location"]
    list_select_related = ["fulfillment"]
    search_fields = ["fulfillment__code", "reason", "decided_by"]
    search_help_text = _("Parcel, reason or who decided")
    date_hierarchy = "asked_at"

    @display(description=_("state"), label={"open": "warning", "accepted": "success", "again": "danger"})
    def outcome(self, case):
        if case.accepted is None:
            return "open", _("With the lead")
        return ("accepted", _("accepted")) if case.accepted else ("again", _("opened again"))


@admin.register(LabelPrint)
class LabelPrintAdmin(ReadOnlyAdmin):
    list_display = ["fulfillment", "number", "printed_at", "printed_by"]
    list_filter = ["fulfillment__location"]
    list_select_related = ["fulfillment"]
    search_fields = ["fulfillment__code", "printed_by"]
    search_help_text = _("Parcel, or who printed")
    date_hierarchy = "printed_at"


@admin.register(WorkInHand)
class WorkInHandAdmin(ReadOnlyAdmin):
    """Who worked on what, and who took it over from whom."""

    list_display = ["who", "station", "subject", "location", "since", "ended_at", "before"]
    list_filter = ["station", "location", ("taken_from", admin.EmptyFieldListFilter)]
    list_select_related = ["wave", "fulfillment", "location", "taken_from"]
    search_fields = ["who", "fulfillment__code"]
    search_help_text = _("Name or parcel")
    date_hierarchy = "since"

    @display(description=_("taken over from"))
    def before(self, row):
        return row.taken_from.who if row.taken_from else "–"


SIMULATED = ("let_it_work", "let_it_lack")


@admin.register(AutomationJob)
class AutomationJobAdmin(ReadOnlyAdmin):
    """Waves with the machine. In a demo an operator lets the simulated one work."""

    list_display = ["key", "given", "state_label", "asked_at", "sent_at", "finished_at", "reason"]
    list_filter = ["state", "wave__location"]
    list_select_related = ["wave"]
    search_fields = ["key"]
    actions = ["take_back", *SIMULATED]

    @display(description=_("wave"))
    def given(self, job):
        return job.wave.code

    @display(description=_("state"), label=AUTOMATION_TONES)
    def state_label(self, job):
        return job.state, job.get_state_display()

    @action(description=_("Take the wave back: people pick it"))
    def take_back(self, request, queryset):
        self._each(request, queryset, automation.take_back)

    @action(description=_("Let the simulated machine work"))
    def let_it_work(self, request, queryset):
        self._simulate(request, queryset)

    @action(description=_("Let the simulated machine work and lack a piece of each wave"))
    def let_it_lack(self, request, queryset):
        self._simulate(request, queryset, lacks=1)

    def _simulate(self, request, queryset, *, lacks: int = 0):
        request.actor.must_have("operator")
        for job in queryset.select_related("wave"):
            told = machine.work(job, lacking=machine.first_article(job, units=lacks), now=clock.now())
            words = _("The machine reported %(count)s parcels of wave %(wave)s.")
            messages.success(request, words % {"count": told, "wave": job.wave.code})

    def get_actions(self, request):
        found = super().get_actions(request)
        if not settings.DEMO:
            for name in SIMULATED:
                found.pop(name, None)
        return found

    def _each(self, request, queryset, act):
        for job in queryset:
            try:
                act(job_id=job.pk, actor=request.actor, now=clock.now())
            except DomainError as refusal:
                messages.error(request, f"{job}: {refusal}")
            else:
                messages.success(request, _("People pick wave %(wave)s.") % {"wave": job.wave.code})


@admin.register(LeftBehind)
class LeftBehindAdmin(ReadOnlyAdmin):
    list_display = ["fulfillment", "manifest", "closed"]
    list_filter = ["manifest__courier", "manifest__location"]
    list_select_related = ["fulfillment", "manifest"]
    search_fields = ["fulfillment__code"]
    search_help_text = _("Parcel")

    @display(description=_("closed at"), ordering="manifest__closed_at")
    def closed(self, row):
        return row.manifest.closed_at
