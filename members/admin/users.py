from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from members.actors import actor_of
from members.models import StaffRole, User
from members.services.institutions import grant_role, withdraw_role
from omnichannel.kernel.secrets import mask_tail

admin.site.unregister(Group)


class StaffRoleInline(TabularInline):
    model = StaffRole
    autocomplete_fields = ["institution"]
    extra = 0
    tab = True

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):
    """Staff accounts with their roles; members have a table of their own."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    inlines = [StaffRoleInline]
    list_display = ["username", "display_name", "masked_phone", "roles", "is_active"]
    list_filter = ["is_active", "is_superuser", "staff_roles__role"]
    search_fields = ["username", "display_name", "phone"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "display_name", "password"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2"]})]
    filter_horizontal = []

    def get_queryset(self, request):
        users = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "members_user_changelist":
            users = users.filter(is_staff=True)
        return users.prefetch_related("staff_roles__institution")

    @display(description=_("phone"))
    def masked_phone(self, user):
        return mask_tail(user.phone or "")

    @display(description=_("roles"))
    def roles(self, user):
        roles = user.staff_roles.all()
        return ", ".join(f"{role.get_role_display()} ({role.institution.label})" for role in roles) or "—"

    def save_formset(self, request, form, formset, change):
        if formset.model is not StaffRole:
            return super().save_formset(request, form, formset, change)
        actor, wanted = actor_of(request.user), formset.save(commit=False)
        for role in formset.deleted_objects:
            withdraw_role(actor=actor, role_id=role.pk)
        for role in wanted:
            role.pk = grant_role(
                actor=actor, user=form.instance, institution=role.institution, role=role.role
            ).pk
        return None

    def has_delete_permission(self, request, obj=None):
        return False
