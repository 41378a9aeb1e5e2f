from django.contrib import admin
from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from members.models import (
    Address,
    BlockedPerson,
    Identity,
    IdentityCheck,
    IdentityReading,
    Member,
    Message,
    PointsPolicy,
    PointsTxn,
)
from members.services.messages import text_of
from omnichannel.kernel.secrets import mask_name, mask_tail


class ReadOnly:
    """Seen by operators, written by services alone."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class AddressInline(ReadOnly, TabularInline):
    model = Address
    fields = ["masked_name", "masked_phone", "province", "city", "district", "is_default"]
    readonly_fields = ["masked_name", "masked_phone"]
    extra = 0
    tab = True

    @display(description=_("recipient"))
    def masked_name(self, address):
        return mask_name(address.name)

    @display(description=_("phone"))
    def masked_phone(self, address):
        return mask_tail(address.phone)


class IdentityInline(ReadOnly, TabularInline):
    model = Identity
    fields = ["name_masked", "number_masked", "verified_at"]
    extra = 0
    tab = True


@admin.register(Member)
class MemberAdmin(ReadOnly, ModelAdmin):
    list_display = [
        "masked_name",
        "masked_phone",
        "points",
        "joined_channel",
        "joined_institution",
        "joined_at",
    ]
    list_display_links = ["masked_name"]
    list_filter = ["joined_channel"]
    list_select_related = ["user", "joined_institution", "points_account"]
    search_fields = ["=user__phone"]
    search_help_text = _("The whole mobile number")
    fields = [
        "masked_name",
        "masked_phone",
        "points",
        "joined_channel",
        "joined_institution",
        "joined_at",
    ]
    readonly_fields = ["masked_name", "masked_phone", "points"]
    inlines = [AddressInline, IdentityInline]

    def get_queryset(self, request):
        held = Coalesce(Sum("points_account__lots__remaining"), 0)
        return super().get_queryset(request).annotate(held=held - Coalesce(F("points_account__debt"), 0))

    @display(description=_("name"))
    def masked_name(self, member):
        return mask_name(member.name) or "—"

    @display(description=_("phone"))
    def masked_phone(self, member):
        return mask_tail(member.user.phone or "")

    @display(description=_("points"), ordering="held")
    def points(self, member):
        return member.held


@admin.register(Message)
class MessageAdmin(ReadOnly, ModelAdmin):
    list_display = ["pk", "kind", "masked_phone", "wording", "created_at", "sent_at"]
    list_filter = ["kind"]
    search_fields = ["=phone"]
    search_help_text = _("The whole mobile number")
    fields = ["kind", "masked_phone", "wording", "created_at", "sent_at", "gateway_reference"]
    readonly_fields = ["masked_phone", "wording"]

    @display(description=_("phone"))
    def masked_phone(self, message):
        return mask_tail(message.phone)

    @display(description=_("text"))
    def wording(self, message):
        if message.kind == Message.Kind.ONE_TIME_CODE:
            return "••••••"
        return text_of(message)


@admin.register(PointsTxn)
class PointsTxnAdmin(ReadOnly, ModelAdmin):
    list_display = ["pk", "account_id", "kind", "points", "debt_change", "reference", "occurred_at"]
    list_filter = ["kind"]
    search_fields = ["reference"]
    fields = ["account_id", "kind", "points", "debt_change", "value_fen", "reference", "occurred_at"]
    readonly_fields = ["account_id"]


@admin.register(PointsPolicy)
class PointsPolicyAdmin(ModelAdmin):
    """Plain configuration: a new row for a new day; a row that has begun stays."""

    list_display = ["valid_from", "earn_per_yuan", "fen_per_point", "lifetime_months", "grace_days"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(IdentityReading)
class IdentityReadingAdmin(ReadOnly, ModelAdmin):
    list_display = ["read_at", "reader", "purpose", "identity"]
    list_select_related = ["identity"]
    search_fields = ["reader", "purpose"]


@admin.register(IdentityCheck)
class IdentityCheckAdmin(ReadOnly, ModelAdmin):
    list_display = ["checked_at", "member_id", "outcome"]
    list_filter = ["outcome"]


@admin.register(BlockedPerson)
class BlockedPersonAdmin(ReadOnly, ModelAdmin):
    list_display = ["number_masked", "reason", "blocked_at"]
    search_fields = ["reason"]
