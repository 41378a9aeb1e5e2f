"""Files of delivery notes and what befell single units."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from ..models import SerialEvent, SerialImport, SerialImportReject
from ..services.serial_rules import WORDS
from .readonly import ReadOnlyAdmin, ReadOnlyInline

IMPORT_TONES = {"waiting": "info", "running": "info", "done": "success", "failed": "danger"}


class RejectInline(ReadOnlyInline):
    model = SerialImportReject
    fields = ["line_number", "serial", "why", "detail"]
    readonly_fields = fields
    per_page = 50

    @display(description=_("reason"))
    def why(self, row):
        return str(WORDS.get(row.code, row.code))


@admin.register(SerialImport)
class SerialImportAdmin(ReadOnlyAdmin):
    list_display = ["delivery_note", "kind", "sku", "location", "state_label", "rows_good", "rows_rejected"]
    list_filter = ["state", "kind", "location"]
    list_select_related = ["location"]
    search_fields = ["delivery_note", "file_name", "sku"]
    search_help_text = _("Delivery note, file or SKU")
    exclude = ["content", "digest"]
    inlines = [RejectInline]

    @display(description=_("state"), label=IMPORT_TONES)
    def state_label(self, batch):
        return batch.state, batch.get_state_display()


@admin.register(SerialEvent)
class SerialEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "unit", "kind", "reason", "grade", "location", "who"]
    list_filter = ["kind", "grade"]
    list_select_related = ["unit", "location"]
    search_fields = ["unit__serial", "reference"]
    search_help_text = _("Serial number or reference")
    ordering = ["-pk"]
