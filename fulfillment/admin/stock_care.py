"""Transfers, counts, cover rules and snapshots. Steps are actions that call services."""

from django.contrib import admin, messages
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import action, display

from members.actors import actor_of
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from ..models import (
    CountLine,
    CoverRule,
    StockCount,
    StockSync,
    StockTransfer,
    TransferLine,
    TransferStep,
)
from ..services import count_posting, counts, transfers
from .readonly import ReadOnlyAdmin, ReadOnlyInline

TRANSFER_TONES = {
    "requested": "warning",
    "agreed": "info",
    "under_way": "info",
    "received": "success",
    "refused": "",
    "cancelled": "",
}
MOST_DRIFT = 200
SYNC_OUTCOMES = {
    "taken": _("taken over"),
    "unchanged": _("as in our books"),
    "stale": _("a newer snapshot told of it"),
    "promised": _("kept: packed for orders"),
    "unknown_location": _("unknown location"),
    "unknown_sku": _("unknown SKU"),
    "quantity_invalid": _("no number of units"),
    "serialised": _("counted by serial numbers"),
    "doubled": _("stated twice"),
}
COUNT_TONES = {"open": "info", "counted": "warning", "posted": "success", "cancelled": ""}


class Steps:
    """Actions on rows with a code: what a service refuses is told, the others are done."""

    def each(self, request, queryset, service, **more) -> None:
        actor, done = actor_of(request.user), 0
        for code in queryset.values_list("code", flat=True):
            try:
                service(actor=actor, code=code, now=clock.now(), **more)
            except DomainError as refusal:
                messages.error(request, f"{code}: {refusal}")
            else:
                done += 1
        if done:
            text = ngettext("%(count)d row done.", "%(count)d rows done.", done)
            messages.success(request, text % {"count": done})


class TransferLineInline(ReadOnlyInline):
    model = TransferLine
    fields = ["sku", "wanted", "sent", "arrived", "damaged", "serials"]
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("units__serial")

    @display(description=_("serial numbers"))
    def serials(self, line):
        told = [f"{unit.serial.serial} ({unit.get_outcome_display()})" for unit in line.units.all()]
        return ", ".join(told) or "–"


class TransferStepInline(ReadOnlyInline):
    model = TransferStep
    fields = ["at", "state", "who", "note"]
    readonly_fields = fields


@admin.register(StockTransfer)
class StockTransferAdmin(Steps, ReadOnlyAdmin):
    list_display = ["code", "from_location", "to_location", "state_label", "requested_by", "changed_at"]
    list_filter = ["state", ("created_at", RangeDateTimeFilter)]
    list_filter_submit = True
    list_select_related = ["from_location", "to_location"]
    search_fields = ["code", "lines__sku", "from_location__code", "to_location__code"]
    search_help_text = _("Code, SKU or location code")
    ordering = ["-pk"]
    inlines = [TransferLineInline, TransferStepInline]
    actions = ["call_off"]

    @display(description=_("state"), label=TRANSFER_TONES)
    def state_label(self, transfer):
        return transfer.state, transfer.get_state_display()

    @action(description=_("Call off what has not left"))
    def call_off(self, request, queryset):
        self.each(request, queryset, transfers.cancel)


class CountLineInline(ReadOnlyInline):
    model = CountLine
    fields = ["bin", "sku", "expected", "counted", "differs", "counted_at"]
    readonly_fields = fields

    @display(description=_("difference"))
    def differs(self, line):
        return "–" if line.difference is None else f"{line.difference:+d}"


@admin.register(StockCount)
class StockCountAdmin(Steps, ReadOnlyAdmin):
    list_display = ["code", "location", "scope", "state_label", "counted_by", "approved_by", "counted_at"]
    list_filter = ["state", ("opened_at", RangeDateTimeFilter)]
    list_filter_submit = True
    list_select_related = ["location"]
    search_fields = ["code", "lines__sku", "location__code", "location__name"]
    search_help_text = _("Code, SKU or location")
    ordering = ["-pk"]
    inlines = [CountLineInline]
    actions = ["approve", "count_again", "give_up"]

    @display(description=_("state"), label=COUNT_TONES)
    def state_label(self, count):
        return count.state, count.get_state_display()

    @action(description=_("Approve: book the differences"))
    def approve(self, request, queryset):
        self.each(request, queryset, count_posting.approve)

    @action(description=_("Have it counted again"))
    def count_again(self, request, queryset):
        self.each(request, queryset, count_posting.send_back, note="")

    @action(description=_("Give up: book nothing"))
    def give_up(self, request, queryset):
        self.each(request, queryset, counts.cancel)


@admin.register(CoverRule)
class CoverRuleAdmin(ModelAdmin):
    list_display = ["kind_label", "window_days", "low_days", "target_days", "high_days", "least_units"]

    @display(description=_("kind of location"), ordering="kind")
    def kind_label(self, rule):
        return rule.kind or _("all others")


@admin.register(StockSync)
class StockSyncAdmin(ReadOnlyAdmin):
    list_display = ["owner", "source", "sequence", "basis", "rows", "taken_at", "received_at"]
    list_filter = ["source", "basis", ("received_at", RangeDateTimeFilter)]
    list_filter_submit = True
    list_select_related = ["institution"]
    search_fields = ["source", "institution__code"]
    search_help_text = _("Source or institution code")
    ordering = ["-pk"]
    fields = ["owner", "source", "sequence", "basis", "taken_at", "received_at", "rows", "drift"]
    readonly_fields = ["owner", "rows", "drift"]

    @display(description=_("institution"), ordering="institution__code")
    def owner(self, snapshot):
        return snapshot.institution.label

    @display(description=_("rows by outcome"))
    def rows(self, snapshot):
        counts = snapshot.answer["counts"].items()
        return ", ".join(f"{SYNC_OUTCOMES.get(outcome, outcome)}: {count}" for outcome, count in counts)

    @display(description=_("what differed from our books"))
    def drift(self, snapshot):
        """Every row that changed a shelf, or could not be taken; the first of them where there are many."""
        told = [row for row in snapshot.answer["rows"] if row["outcome"] != "unchanged"]
        lines = ((row["location"], row["sku"], _told(row)) for row in told[:MOST_DRIFT])
        more = _("and %(count)s rows more") % {"count": len(told) - MOST_DRIFT}
        listed = format_html_join("", "<li>{} · {} · {}</li>", lines)
        return format_html("<ul>{}{}</ul>", listed, more if len(told) > MOST_DRIFT else "") if told else "–"


def _told(row: dict) -> str:
    words = SYNC_OUTCOMES.get(row["outcome"], row["outcome"])
    return f"{words} {row['difference']:+d}" if row["difference"] else str(words)
