"""Messages between the parts: seen, understood, sent again, or given up with a reason."""

import json

from django.contrib import admin, messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from . import outbox
from .models import OutboxMessage

TONES = {"dead": "danger", "undone": "info", "failing": "warning", "done": "success", "discarded": ""}
WORDS = {
    "dead": _("dead"),
    "undone": _("under way"),
    "failing": _("failing, tried again"),
    "done": _("done"),
    "discarded": _("discarded"),
}
LOOKED_AT = 100


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("dead", _("dead")),
            ("failing", _("failing, tried again")),
            ("undone", _("under way")),
            ("discarded", _("discarded")),
            ("done", _("done")),
        ]

    def queryset(self, request, queryset):
        chosen = {
            "undone": queryset.undone,
            "failing": lambda: queryset.undone().exclude(last_error=""),
            "dead": queryset.dead,
            "discarded": queryset.discarded,
            "done": lambda: queryset.exclude(done_at=None),
        }
        return chosen[self.value()]() if self.value() in chosen else queryset


class FromRegistry(admin.SimpleListFilter):
    """Choices that a function `names` gives: asking a large table for its values would be slow."""

    def lookups(self, request, model_admin):
        return [(name, name) for name in sorted(self.names())]

    def queryset(self, request, queryset):
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class TopicFilter(FromRegistry):
    title = _("topic")
    parameter_name = "topic"
    names = staticmethod(outbox.topics)


class SubscriberFilter(FromRegistry):
    title = _("subscriber")
    parameter_name = "subscriber"
    names = staticmethod(outbox.subscribers)


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ModelAdmin):
    list_display = ["fact", "subscriber", "state_label", "attempts", "age", "error_line"]
    list_filter = [StateFilter, TopicFilter, SubscriberFilter]
    list_filter_submit = True
    search_fields = ["topic", "key", "subscriber", "payload", "last_error"]
    search_help_text = _("Fact, key, subscriber, any value in the message, or words of the error")
    ordering = ["-pk"]
    list_per_page = 50
    actions = ["send_again", "discard"]
    actions_detail = ["send_this_again", "discard_this"]
    show_full_result_count = False
    readonly_fields = ["state_words", "age", "message", "error"]
    fieldsets = [
        (None, {"fields": ["topic", "key", "subscriber", "state_words", "attempts", "age"]}),
        (_("Message"), {"fields": ["message"]}),
        (_("Error"), {"fields": ["error"]}),
        (_("Times"), {"fields": ["occurred_at", "created_at", "run_at", "sent_at", "done_at", "dead_at"]}),
        (_("Given up"), {"fields": ["discarded_at", "discarded_by", "discard_reason"]}),
    ]

    @display(description=_("fact"), ordering="topic")
    def fact(self, row):
        return f"{row.topic} · {row.key}"

    @display(description=_("state"), label=TONES)
    def state_label(self, row):
        return row.stands, WORDS[row.stands]

    @display(description=_("state"))
    def state_words(self, row):
        return WORDS[row.stands]

    @display(description=_("age"), ordering="created_at")
    def age(self, row):
        return timesince(row.created_at, row.done_at or timezone.now())

    @display(description=_("last error"))
    def error_line(self, row):
        return row.last_error.strip().rsplit("\n", 1)[-1][:120]

    @display(description=_("message"))
    def message(self, row):
        return format_html('<pre class="outbox-pre">{}</pre>', pretty(row.payload))

    @display(description=_("error"))
    def error(self, row):
        return format_html('<pre class="outbox-pre">{}</pre>', row.last_error) if row.last_error else "–"

    @action(description=_("Send dead messages again"), permissions=["work"])
    def send_again(self, request, queryset):
        self._send(request, list(queryset.values_list("pk", flat=True)))

    @action(description=_("Discard dead messages …"), permissions=["work"])
    def discard(self, request, queryset):
        """Nothing yet: a second look first."""
        dead = queryset.dead().order_by("pk")
        if not dead.exists():
            messages.warning(request, _("None of these is dead. What is under way may still succeed."))
            return None
        return self._second_look(request, dead)

    @action(description=_("Send again …"), url_path="send-again", permissions=["work"])
    def send_this_again(self, request, object_id):
        """Asked first: a link alone changes nothing."""
        row = self._dead(request, object_id).first()
        if row is None:
            messages.warning(request, _("None of these is dead: nothing was sent."))
        elif request.method != "POST":
            return self._asked(request, row)
        else:
            self._send(request, [row.pk])
        return redirect("admin:kernel_outboxmessage_change", object_id)

    def _asked(self, request, row: OutboxMessage):
        context = self.admin_site.each_context(request) | {
            "title": _("Send again"),
            "opts": self.opts,
            "row": row,
            "payload": pretty(row.payload),
        }
        return render(request, "admin/outbox_send.html", context)

    @action(description=_("Discard …"), url_path="discard", permissions=["work"])
    def discard_this(self, request, object_id):
        dead = self._dead(request, object_id)
        if not dead.exists():
            messages.warning(request, _("This message is not dead. What is under way may still succeed."))
            return redirect("admin:kernel_outboxmessage_change", object_id)
        return self._second_look(request, dead)

    def _dead(self, request, object_id):
        """The message of an address if it is dead; an address may name none."""
        row = self.get_object(request, object_id)
        return OutboxMessage.objects.dead().filter(pk=row.pk if row else None)

    def _send(self, request, pks: list[int]) -> None:
        count = outbox.send_again(pks)
        if not count:
            messages.warning(request, _("None of these is dead: nothing was sent."))
            return
        text = ngettext("%(n)d message is sent again.", "%(n)d messages are sent again.", count)
        messages.success(request, text % {"n": count})

    def _second_look(self, request, dead):
        """The messages once more with what they would have done; a reason, then they are given up."""
        error = ""
        if request.POST.get("confirmed"):
            pks = list(dead.values_list("pk", flat=True))
            try:
                count = outbox.discard(pks, by=str(request.user), reason=request.POST.get("reason", ""))
            except outbox.DiscardReasonMissing as refusal:
                error = str(refusal)
            else:
                text = ngettext("%(n)d message is discarded.", "%(n)d messages are discarded.", count)
                messages.success(request, text % {"n": count})
                return redirect(reverse("admin:kernel_outboxmessage_changelist") + "?state=dead")
        context = self.admin_site.each_context(request) | {
            "title": _("Discard messages"),
            "opts": self.opts,
            "rows": [{"row": row, "payload": pretty(row.payload)} for row in dead[:LOOKED_AT]],
            "count": dead.count(),
            "pks": list(dead.values_list("pk", flat=True)),
            "checkbox": admin.helpers.ACTION_CHECKBOX_NAME,
            "reason": request.POST.get("reason", ""),
            "error": error,
        }
        return render(request, "admin/outbox_discard.html", context, status=400 if error else 200)

    def has_work_permission(self, request, obj=None):
        return request.user.is_superuser or request.actor.has("operator")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def pretty(payload: dict) -> str:
    return json.dumps(payload, indent=2, ensure_ascii=False, sort_keys=True)
