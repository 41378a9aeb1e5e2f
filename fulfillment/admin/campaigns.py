"""Flash sales: kept by operators; saving shares the units out anew."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from members.actors import actor_of
from members.channels import Channel
from omnichannel.kernel import clock

from ..models import Campaign, CampaignItem
from ..models.campaigns import self_service_channels
from ..queries.campaigns import units_left, units_sold
from ..services import campaigns
from .articles import NamesArticle

PHASES = {"soon": "info", "open": "success", "over": ""}


class CampaignForm(forms.ModelForm):
    def clean(self):
        """The database says the same, in words for nobody."""
        times = super().clean() or self.cleaned_data
        if times.get("starts_at") and times.get("ends_at") and times["ends_at"] <= times["starts_at"]:
            self.add_error("ends_at", _("A flash sale ends after it begins."))
        return times


class ItemInline(TabularInline):
    model = CampaignItem
    form = NamesArticle
    fields = ["sku", "quantity", "per_customer", "left", "sold", "back"]
    readonly_fields = ["left", "sold", "back"]
    extra = 0
    min_num = 1

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description=_("units left"))
    def left(self, item):
        return units_left(item.pk) if item.pk else ""

    @display(description=_("in orders"))
    def sold(self, item):
        return units_sold(item.pk)[0] if item.pk else ""

    @display(description=_("came back"))
    def back(self, item):
        return units_sold(item.pk)[1] if item.pk else ""


@admin.register(Campaign)
class CampaignAdmin(ModelAdmin):
    form = CampaignForm
    list_display = ["code", "title", "phase", "starts_at", "ends_at", "admit_per_minute"]
    list_filter = ["is_on"]
    search_fields = ["code", "title", "title_en", "items__sku"]
    search_help_text = _("Code, title or SKU")
    ordering = ["-starts_at"]
    inlines = [ItemInline]
    readonly_fields = ["crowd"]

    def formfield_for_dbfield(self, field, request, **more):
        """Channels are ticked, not typed."""
        if field.name == "channels":
            return forms.MultipleChoiceField(
                label=field.verbose_name,
                choices=Channel.choices,
                widget=UnfoldAdminCheckboxSelectMultipleWidget,
                initial=self_service_channels,
            )
        return super().formfield_for_dbfield(field, request, **more)

    @display(description=_("in the queue"))
    def crowd(self, campaign):
        found = campaigns.crowd(campaign.code) if campaign.pk else None
        if found is None:
            return "–"
        return _("%(waiting)s wait, %(inside)s may order now") % {"waiting": found[0], "inside": found[1]}

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
