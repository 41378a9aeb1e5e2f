"""Parcels, waves, deliveries, the core network: looked at here, moved by services only."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from members.actors import actor_of
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import display as money

from ..models import (
    AccountUndo,
    CardsAllowed,
    CodRemittance,
    CourierChoice,
    Delivery,
    Evidence,
    FulfillmentEvent,
    FulfillmentLine,
    FulfillmentOrder,
    FulfillmentState,
    IdentityCheck,
    Manifest,
    ProvisioningJob,
    SimulatorFault,
    Wave,
    WaveEntry,
)
from ..reasons import actor_words, words
from ..services import evidence_check, provisioning
from .readonly import ReadOnlyAdmin, ReadOnlyInline

PARCEL_TONES = dict.fromkeys(FulfillmentState.values, "info") | {
    "awaiting_acceptance": "warning",
    "declined": "warning",
    "short": "danger",
    "refused": "danger",
    "delivered": "success",
    "cancelled": "",
    "returned": "",
}
JOB_TONES = {"waiting": "info", "done": "success", "failed": "danger", "reversed": "warning"}


class LineInline(ReadOnlyInline):
    model = FulfillmentLine
    fields = ["sku", "quantity", "serial_kind", "msisdn", "plan_sku"]
    readonly_fields = fields


class EventInline(ReadOnlyInline):
    model = FulfillmentEvent
    fields = ["at", "state", "by", "why"]
    readonly_fields = fields

    @display(description=_("who"))
    def by(self, event):
        return actor_words(event.who)

    @display(description=_("note"))
    def why(self, event):
        return words(event.note) or "–"


class JobInline(ReadOnlyInline):
    model = ProvisioningJob
    fields = ["kind", "state", "msisdn", "iccid", "reason", "requested_at", "finished_at"]
    readonly_fields = fields


class IdentityCheckInline(ReadOnlyInline):
    model = IdentityCheck
    fields = ["at", "by", "place", "name_masked", "outcome"]
    readonly_fields = fields


@admin.register(FulfillmentOrder)
class ParcelAdmin(ReadOnlyAdmin):
    list_display = ["code", "location", "way", "state_label", "to_collect", "created_at", "changed_at"]
    list_filter = ["state", "way", "location"]
    list_select_related = ["location"]
    search_fields = ["code", "demand__order_number", "lines__msisdn"]
    search_help_text = _("Parcel, order or phone number")
    ordering = ["-pk"]
    date_hierarchy = "created_at"
    inlines = [LineInline, EventInline, JobInline, IdentityCheckInline]
    fields = [
        "code",
        "demand",
        "location",
        "way",
        "state",
        "to_collect",
        "weight_g",
        "distance_km",
        "accept_by",
    ]
    readonly_fields = fields

    @display(description=_("state"), label=PARCEL_TONES)
    def state_label(self, parcel):
        return parcel.state, parcel.get_state_display()

    @display(description=_("to collect"))
    def to_collect(self, parcel):
        return money(parcel.cod_fen) if parcel.cod_fen else "–"


class EntryInline(ReadOnlyInline):
    model = WaveEntry
    fields = ["slot", "fulfillment", "state"]
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("fulfillment").order_by("slot")

    @display(description=_("state"))
    def state(self, entry):
        return entry.fulfillment.get_state_display()


@admin.register(Wave)
class WaveAdmin(ReadOnlyAdmin):
    list_display = ["code", "location", "courier", "cut_off", "built_at", "built_by", "closed_at"]
    list_filter = ["location", "courier", ("closed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["location", "courier"]
    fields = ["location", "courier", "cut_off", "built_at", "built_by", "closed_at"]
    readonly_fields = fields
    inlines = [EntryInline]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["fulfillment", "courier", "due_on", "arrived_at", "finished_at", "result", "cash"]
    list_filter = ["courier", "due_on", "refused_reason", ("finished_at", admin.EmptyFieldListFilter)]
    list_select_related = ["fulfillment", "courier"]
    search_fields = ["fulfillment__code"]
    search_help_text = _("Parcel")
    ordering = ["-pk"]

    @display(
        description=_("result"), label={"delivered": "success", "refused": "danger", "under_way": "info"}
    )
    def result(self, delivery):
        if delivery.refused_reason:
            return "refused", delivery.get_refused_reason_display()
        return ("delivered", _("delivered")) if delivery.finished_at else ("under_way", _("under way"))

    @display(description=_("cash"))
    def cash(self, delivery):
        return money(delivery.cod_collected_fen) if delivery.cod_collected_fen else "–"


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ["fulfillment", "sha256"]
    search_fields = ["fulfillment__code", "sha256"]
    search_help_text = _("Parcel or hash")
    list_select_related = ["fulfillment"]
    fields = ["fulfillment", "document", "sha256", "unchanged"]
    readonly_fields = fields

    @display(description=_("unchanged"), boolean=True)
    def unchanged(self, proof):
        return evidence_check.verify(fulfillment_id=proof.fulfillment_id)


@admin.register(ProvisioningJob)
class ProvisioningJobAdmin(ReadOnlyAdmin):
    list_display = ["msisdn", "kind", "state_label", "order_number", "reason", "requested_at", "finished_at"]
    list_filter = ["state", "kind"]
    search_fields = ["msisdn", "iccid", "order_number"]
    search_help_text = _("Phone number, ICCID or order number")
    date_hierarchy = "requested_at"
    actions = ["send_again"]

    @display(description=_("state"), label=JOB_TONES)
    def state_label(self, job):
        return job.state, job.get_state_display()

    @action(description=_("Ask the network again"))
    def send_again(self, request, queryset):
        """For jobs that got no answer; the same key, so that nothing happens twice."""
        actor, sent = actor_of(request.user), 0
        for job in queryset:
            try:
                provisioning.retry(job_id=job.pk, actor=actor)
            except DomainError as refusal:
                messages.error(request, f"{job}: {refusal}")
            else:
                sent += 1
        if sent:
            text = ngettext("%(count)d job was sent again.", "%(count)d jobs were sent again.", sent)
            messages.success(request, text % {"count": sent})


@admin.register(AccountUndo)
class AccountUndoAdmin(ReadOnlyAdmin):
    list_display = ["fulfillment", "asked_at", "asked_by_name", "reason", "finished_at"]
    list_filter = [("finished_at", admin.EmptyFieldListFilter)]
    list_select_related = ["fulfillment"]
    search_fields = ["fulfillment__code", "fulfillment__demand__order_number", "asked_by_name"]
    search_help_text = _("Parcel, order or who asked")
    date_hierarchy = "asked_at"
    fields = ["fulfillment", "before", "reason", "asked_by_name", "asked_at", "finished_at"]
    readonly_fields = fields
    inlines = [JobInline]


@admin.register(SimulatorFault)
class SimulatorFaultAdmin(ModelAdmin):
    """Makes the simulated core network fail on demand; without effect on a real one."""

    list_display = ["__str__", "tail", "operation", "effect", "times_left"]


@admin.register(CourierChoice)
class CourierChoiceAdmin(ModelAdmin):
    list_display = ["location", "to_province", "courier"]
    list_filter = ["courier", "location"]
    list_select_related = ["location", "courier"]


@admin.register(CardsAllowed)
class CardsAllowedAdmin(ReadOnlyAdmin):
    list_display = ["fulfillment", "refused", "reason", "allowed_by", "allowed_at"]
    list_select_related = ["fulfillment"]
    search_fields = ["fulfillment__code"]


@admin.register(Manifest)
class ManifestAdmin(ReadOnlyAdmin):
    list_display = [
        *("code", "location", "courier", "parcels", "opened_at", "closed_at"),
        *("handed_over_by", "received_by"),
    ]
    list_filter = ["courier", "location"]
    list_select_related = ["location", "courier"]


@admin.register(CodRemittance)
class CodRemittanceAdmin(ReadOnlyAdmin):
    list_display = ["courier", "amount", "remitted_at", "remitted_by"]
    list_filter = ["courier"]
    list_select_related = ["courier"]

    @display(description=_("amount"))
    def amount(self, remittance):
        return money(remittance.amount_fen)
