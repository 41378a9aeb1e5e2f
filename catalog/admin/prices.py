"""Channel prices are made and ended by the pricing service; a price that was in force is never rewritten."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import action, display

from catalog.models import ChannelPrice
from catalog.services import pricing
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import display as money


class ChannelPriceForm(forms.ModelForm):
    """Parses; the service decides."""

    class Meta:
        model = ChannelPrice
        fields = [
            "product",
            "channel",
            "institution",
            "amount",
            "starts",
            "ends",
            "reason_code",
            "reason",
            "reason_en",
        ]

    def as_wish(self) -> dict:
        values = dict(self.cleaned_data)
        product, institution = values.pop("product"), values.pop("institution")
        return values | {"product_id": product.pk, "institution_id": institution and institution.pk}


@admin.register(ChannelPrice)
class ChannelPriceAdmin(ModelAdmin):
    form = ChannelPriceForm
    list_display = ["product", "channel", "institution", "price", "starts", "ends", "reason", "state"]
    list_filter = ["channel", "reason_code", ("starts", RangeDateTimeFilter)]
    list_filter_submit = True
    list_select_related = ["product", "product__parent", "institution"]
    search_fields = ["product__title", "product__offering__sku", "reason", "reason_en"]
    autocomplete_fields = ["product", "institution"]
    actions = ["end_now"]
    ordering = ["-starts", "-pk"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        made = pricing.set_channel_price(actor=request.actor, **form.as_wish())
        obj.pk = made.pk

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            request.method = "GET"
            return super().changeform_view(request, object_id, form_url, extra_context)

    @display(description=_("price"), ordering="amount")
    def price(self, row):
        return money(row.amount)

    @display(description=_("state"), label={"on": "success", "later": "info", "over": ""})
    def state(self, row):
        now = clock.now()
        if row.starts > now:
            return "later", _("later")
        return ("over", _("over")) if row.ends and row.ends <= now else ("on", _("in force"))

    @action(description=_("End these prices now"))
    def end_now(self, request, queryset):
        ids = list(queryset.values_list("pk", flat=True))
        try:
            count = pricing.end_channel_prices(actor=request.actor, ids=ids, now=clock.now())
        except DomainError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return
        text = ngettext("%(count)s price ended.", "%(count)s prices ended.", count)
        self.message_user(request, text % {"count": count})
