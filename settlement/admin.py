"""Rules with their history, and the ledger for reading. Nothing here changes what was booked."""

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from .models import (
    BusinessDay,
    FundTransfer,
    Journal,
    LedgerAccount,
    Posting,
    ProviderFeeRate,
    ReconPolicy,
    SplitRule,
    SplitRuleLine,
    SplitRuleVersion,
    StatementAccount,
    TillImport,
    Trade,
    TradeShare,
)


class ReadOnly:
    """For rows that only services write."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class LineInline(ReadOnly, TabularInline):
    model = SplitRuleLine
    extra = 0
    fields = ["position", "role", "kind", "base", "after", "ppm", "amount_fen", "cap_fen"]


class VersionInline(ReadOnly, TabularInline):
    model = SplitRuleVersion
    extra = 0
    fields = ["number", "valid_from", "state", "note"]
    show_change_link = True


@admin.register(SplitRule)
class SplitRuleAdmin(ReadOnly, ModelAdmin):
    """For reading: rules are proposed and confirmed on the finance pages."""

    list_display = ["code", "name", "priority", "offering_kind", "seller_kind", "channel"]
    search_fields = ["code", "name", "name_en"]
    autocomplete_fields = ["seller"]
    inlines = [VersionInline]


@admin.register(SplitRuleVersion)
class SplitRuleVersionAdmin(ReadOnly, ModelAdmin):
    list_display = ["rule", "number", "valid_from", "state", "note"]
    list_filter = ["state", "rule"]
    inlines = [LineInline]


@admin.register(ProviderFeeRate)
class ProviderFeeRateAdmin(ModelAdmin):
    list_display = ["provider", "valid_from", "ppm"]
    autocomplete_fields = ["provider"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(StatementAccount)
class StatementAccountAdmin(ModelAdmin):
    list_display = ["source", "number", "institution", "begins_on", "is_active"]
    list_filter = ["source", "is_active"]
    autocomplete_fields = ["institution"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ReconPolicy)
class ReconPolicyAdmin(ModelAdmin):
    """A change is a new row from a day on; the database refuses any other."""

    list_display = ["valid_from", "pool_days", "fee_tolerance_fen", "write_off_limit_fen", "changed_by"]
    exclude = ["changed_by"]

    def save_model(self, request, obj, form, change):
        obj.changed_by = str(request.user)[:80]
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(BusinessDay)
class BusinessDayAdmin(ReadOnly, ModelAdmin):
    list_display = ["business_date", "state", "cut_off_at", "closed_at", "closed_by", "problem"]
    list_filter = ["state"]


class ShareInline(ReadOnly, TabularInline):
    model = TradeShare
    extra = 0
    fields = ["business_date", "role", "account_kind", "institution", "channel", "amount_fen"]


@admin.register(Trade)
class TradeAdmin(ReadOnly, ModelAdmin):
    list_display = ["source_key", "kind", "means", "channel", "order_number", "amount_fen", "business_date"]
    list_filter = ["kind", "means", "channel"]
    search_fields = ["source_key", "order_number"]
    date_hierarchy = "business_date"
    show_full_result_count = False
    inlines = [ShareInline]


class PostingInline(ReadOnly, TabularInline):
    model = Posting
    extra = 0
    fields = ["account", "amount_fen", "currency", "channel", "business_date"]


@admin.register(Journal)
class JournalAdmin(ReadOnly, ModelAdmin):
    list_display = ["key", "kind", "business_date", "original_date", "booked_at"]
    list_filter = ["kind"]
    search_fields = ["key"]
    show_full_result_count = False
    inlines = [PostingInline]


@admin.register(LedgerAccount)
class LedgerAccountAdmin(ReadOnly, ModelAdmin):
    list_display = ["kind", "institution", "currency"]
    list_filter = ["kind"]
    list_select_related = ["institution"]
    search_fields = ["institution__code", "institution__name"]


@admin.register(FundTransfer)
class FundTransferAdmin(ReadOnly, ModelAdmin):
    list_display = ["reference", "institution", "direction", "amount_fen", "state", "business_date"]
    list_filter = ["state", "direction"]
    list_select_related = ["institution"]
    search_fields = ["reference", "institution__code"]


@admin.register(TillImport)
class TillImportAdmin(ReadOnly, ModelAdmin):
    list_display = ["file_name", "chain", "started_at", "lines_loaded", "lines_rejected", "amount_fen"]
    list_select_related = ["chain"]
