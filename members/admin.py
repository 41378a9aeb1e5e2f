from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from unfold.admin import ModelAdmin

from .models import Institution, User


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):
    search_fields = ["username", "phone", "display_name"]


@admin.register(Institution)
class InstitutionAdmin(ModelAdmin):
    search_fields = ["code", "name", "name_en"]
