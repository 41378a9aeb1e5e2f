"""Products with what they are, what they cost and where. A saved product is indexed anew."""

from django.conf import settings
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.decorators import action, display

from catalog.models import ChannelPrice, Offering, PlanTerms, Product, ProductCategory
from catalog.services.indexing import reindex
from omnichannel.kernel.money import display as money
from omnichannel.kernel.money import fen

StockRecord = get_model("partner", "StockRecord")


class OfferingInline(StackedInline):
    model = Offering
    can_delete = False
    autocomplete_fields = ["seller"]
    fieldsets = [
        (None, {"fields": [("sku", "kind", "serial_kind", "tier"), ("seller", "brand", "brand_en")]}),
        (_("Words"), {"fields": ["title_en", ("subtitle", "subtitle_en"), "description_en", "specs"]}),
        (_("Variant"), {"fields": [("colour", "colour_en", "colour_hex", "storage")]}),
        (_("Pictures and parcel"), {"fields": ["picture", "pictures", ("weight_g", "volume_ml")]}),
    ]


class PlanTermsInline(StackedInline):
    model = PlanTerms
    extra = 0


class BasePriceInline(TabularInline):
    model = StockRecord
    fields = ["partner", "partner_sku", "price"]
    extra = 0
    verbose_name = _("base price")
    verbose_name_plural = _("base price")


class CategoryInline(TabularInline):
    model = ProductCategory
    extra = 0
    autocomplete_fields = ["category"]


class ChannelPriceInline(TabularInline):
    model = ChannelPrice
    extra = 0
    can_delete = False
    fields = readonly_fields = ["channel", "institution", "amount", "starts", "ends", "reason"]
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False


class VariantInline(TabularInline):
    model = Product
    fk_name = "parent"
    extra = 0
    can_delete = False
    fields = readonly_fields = ["upc", "is_public"]
    show_change_link = True
    verbose_name = _("variant")
    verbose_name_plural = _("variants")

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Product)
class ProductAdmin(ModelAdmin):
    list_display = ["picture", "title", "sku", "kind", "brand", "base_price", "structure", "is_public"]
    list_display_links = ["title"]
    list_filter = [
        "offering__kind",
        "offering__brand",
        "structure",
        "is_public",
        ("categories", AutocompleteSelectFilter),
    ]
    list_filter_submit = True
    list_select_related = ["offering", "parent", "parent__offering"]
    search_fields = ["title", "offering__title_en", "offering__sku", "upc", "code"]
    search_help_text = _("Title in either language or SKU")
    autocomplete_fields = ["parent"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "description"]}),
        (_("Shop"), {"fields": [("is_public", "is_discountable", "priority")]}),
        (_("Structure"), {"fields": [("structure", "parent", "product_class"), ("upc", "code")]}),
    ]
    inlines = [
        OfferingInline,
        BasePriceInline,
        ChannelPriceInline,
        PlanTermsInline,
        CategoryInline,
        VariantInline,
    ]
    actions = ["publish", "withdraw", "index_again"]
    ordering = ["pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("stockrecords")

    @display(description="")
    def picture(self, product):
        own = getattr(product, "offering", None)
        if own is None or not own.picture:
            return ""
        address = f"{settings.MEDIA_URL}pictures/{own.picture}-160.webp"
        return format_html('<img src="{}" width="40" height="40" alt="">', address)

    @display(description=_("SKU"), ordering="offering__sku")
    def sku(self, product):
        return getattr(product, "offering", None) and product.offering.sku

    @display(description=_("kind"), ordering="offering__kind", label=True)
    def kind(self, product):
        return getattr(product, "offering", None) and product.offering.get_kind_display()

    @display(description=_("brand"), ordering="offering__brand")
    def brand(self, product):
        return getattr(product, "offering", None) and product.offering.brand

    @display(description=_("base price"))
    def base_price(self, product):
        prices = [record.price for record in product.stockrecords.all() if record.price is not None]
        return money(fen(prices[0])) if prices else ""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        reindex([form.instance.pk])

    @action(description=_("Show in the shop"))
    def publish(self, request, queryset):
        queryset.update(is_public=True)

    @action(description=_("Take out of the shop"))
    def withdraw(self, request, queryset):
        queryset.update(is_public=False)

    @action(description=_("Index again for the search"))
    def index_again(self, request, queryset):
        count = reindex(queryset.values_list("pk", flat=True))
        self.message_user(request, _("%(count)s products indexed.") % {"count": count})
