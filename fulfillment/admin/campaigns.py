"""Flash sales: kept by operators; saving shares the units out anew."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from members.actors import actor_of
from omnichannel.kernel import clock

from ..models import Campaign, CampaignItem
from ..queries.campaigns import units_left
from ..services import campaigns

PHASES = {"soon": "info", "open": "success", "over": ""}


class ItemInline(TabularInline):
    model = CampaignItem
    fields = ["sku", "quantity", "per_customer", "left"]
    readonly_fields = ["left"]
    extra = 0
    min_num = 1

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description=_("units left"))
    def left(self, item):
        return units_left(item.pk) if item.pk else ""


@admin.register(Campaign)
class CampaignAdmin(ModelAdmin):
    list_display = ["code", "title", "phase", "starts_at", "ends_at", "admit_per_minute"]
    list_filter = ["is_on"]
    search_fields = ["code", "title", "title_en", "items__sku"]
    search_help_text = _("Code, title or SKU")
    ordering = ["-starts_at"]
    inlines = [ItemInline]

    def has_delete_permission(self, request, obj=None):
        return False

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        campaigns.share_out(actor=actor_of(request.user), campaign_id=form.instance.pk)

    @display(description=_("state"), label=PHASES)
    def phase(self, campaign):
        now = clock.now()
        if not campaign.is_on or now >= campaign.ends_at:
            return "over", _("over")
        return ("open", _("running")) if now >= campaign.starts_at else ("soon", _("to come"))
