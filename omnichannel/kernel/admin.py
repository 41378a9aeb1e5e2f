"""Stuck messages: seen, understood, sent again."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action

from . import outbox
from .models import OutboxMessage


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("undone", _("under way")), ("dead", _("dead")), ("done", _("done"))]

    def queryset(self, request, queryset):
        chosen = {
            "undone": queryset.undone,
            "dead": queryset.dead,
            "done": lambda: queryset.exclude(done_at=None),
        }
        return chosen[self.value()]() if self.value() in chosen else queryset


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ModelAdmin):
    list_display = [
        "topic",
        "key",
        "subscriber",
        "attempts",
        "created_at",
        "done_at",
        "dead_at",
        "error_line",
    ]
    list_filter = [StateFilter, "topic", "subscriber"]
    search_fields = ["key"]
    ordering = ["-pk"]
    actions = ["send_again"]
    show_full_result_count = False

    @admin.display(description=_("last error"))
    def error_line(self, row):
        return row.last_error.strip().rsplit("\n", 1)[-1][:120]

    @action(description=_("Send dead messages again"))
    def send_again(self, request, queryset):
        count = outbox.send_again(list(queryset.values_list("pk", flat=True)))
        text = ngettext("%(n)d message is sent again.", "%(n)d messages are sent again.", count) % {
            "n": count
        }
        messages.success(request, text)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
