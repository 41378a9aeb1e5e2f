"""Parcels that customers posted: looked up by operators, decided at counters."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from omnichannel.kernel.money import display as money

from ..models import Posting
from .readonly import ReadOnlyAdmin


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin):
    list_display = ["order_number", "store", "contents", "weight_g", "postage", "posted_at", "collected_at"]
    list_filter = ["store"]
    list_select_related = ["demand", "store"]
    search_fields = ["demand__order_number", "contents"]
    search_help_text = _("Order number or contents")
    ordering = ["-posted_at", "-pk"]
    date_hierarchy = "posted_at"
    fields = [
        "order_number",
        "store",
        "contents",
        "weight_g",
        "length_cm",
        "width_cm",
        "height_cm",
        "billed_g",
        "postage",
        "declared",
        "freight",
        "inspected_by",
        "posted_at",
        "accepted_at",
        "collected_at",
        "given_back_by",
    ]
    readonly_fields = fields

    @display(description=_("order number"))
    def order_number(self, posting):
        return posting.demand.order_number

    @display(description=_("postage"))
    def postage(self, posting):
        return money(posting.postage_fen)

    @display(description=_("declared value"))
    def declared(self, posting):
        return money(posting.declared_fen) if posting.declared_fen else "–"

    @display(description=_("planned freight"))
    def freight(self, posting):
        return money(posting.freight_fen)
