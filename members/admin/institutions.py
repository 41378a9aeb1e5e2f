from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from members.actors import actor_of
from members.models import ChannelKey, Institution
from members.services import institutions as service
from members.services import keys


@admin.register(Institution)
class InstitutionAdmin(ModelAdmin):
    """The tree, in the order of its paths."""

    list_display = ["tree", "code", "kind", "province", "city", "is_active"]
    list_filter = ["kind", "is_active", "province"]
    list_filter_submit = False
    search_fields = ["code", "name", "name_en", "address"]
    search_help_text = _("Code, name or address")
    autocomplete_fields = ["parent"]
    ordering = ["path"]
    list_per_page = 100
    fieldsets = [
        (None, {"fields": ["code", "parent", "kind", "name", "name_en", "is_active"]}),
        (_("Place"), {"fields": ["province", "city", "address", "latitude", "longitude", "phone"]}),
        (_("Opening hours"), {"fields": ["opens_at", "closes_at"]}),
        (_("Pay-out"), {"fields": ["bank_name", "bank_account", "cnaps", "minimum_payout"]}),
    ]

    @display(description=_("institution"), ordering="path")
    def tree(self, institution):
        indent = 1.5 * (institution.path.count("/") - 1)
        return format_html('<span style="padding-inline-start: {}rem">{}</span>', indent, institution.label)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        save = service.change_institution if change else service.open_institution
        save(actor=actor_of(request.user), institution=obj)


@admin.register(ChannelKey)
class ChannelKeyAdmin(ModelAdmin):
    """Keys are issued and ended, never changed; the plain key is shown once."""

    list_display = ["name", "channel", "institution", "prefix", "is_active"]
    list_filter = ["channel", "is_active"]
    list_select_related = ["institution"]
    search_fields = ["name", "prefix", "institution__code"]
    autocomplete_fields = ["institution"]
    fields = ["name", "channel", "institution"]
    actions = ["end_keys"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "channel":
            field.help_text = _("For example: app, kiosk, dealer, merchant_api")
        return field

    def has_change_permission(self, request, obj=None):
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        key, plain = keys.issue(
            name=obj.name,
            channel=obj.channel,
            institution_id=obj.institution_id,
            actor=actor_of(request.user),
        )
        obj.pk, obj.prefix, obj.key_hash = key.pk, key.prefix, key.key_hash
        text = _("The key of %(name)s, shown this once: %(key)s") % {"name": key.name, "key": plain}
        messages.warning(request, text)

    @admin.action(description=_("End the chosen keys"))
    def end_keys(self, request, queryset):
        for key in queryset:
            keys.revoke(key_id=key.pk, actor=actor_of(request.user))
        messages.success(request, _("The chosen keys are no longer accepted."))
