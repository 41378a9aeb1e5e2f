from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from treebeard.admin import TreeAdmin
from treebeard.forms import movenodeform_factory
from unfold.admin import ModelAdmin, StackedInline
from unfold.decorators import display

from catalog.models import Category, CategoryText, OfferText
from catalog.queries import categories


class CategoryTextInline(StackedInline):
    model = CategoryText
    can_delete = False


@admin.register(Category)
class CategoryAdmin(TreeAdmin, ModelAdmin):
    form = movenodeform_factory(Category, exclude=["image", "meta_title", "meta_description", "code"])
    change_list_template = "admin/change_list.html"
    list_display = ["indented", "slug", "english", "is_public"]
    list_filter = ["is_public"]
    list_select_related = ["text"]
    search_fields = ["name", "slug", "text__name_en"]
    inlines = [CategoryTextInline]
    ordering = ["path"]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        categories.forget()

    @display(description=_("name"))
    def indented(self, category):
        return f"{'— ' * (category.depth - 1)}{category.name}"

    @display(description=_("English name"))
    def english(self, category):
        return category.text.name_en if hasattr(category, "text") else ""


@admin.register(OfferText)
class OfferTextAdmin(ModelAdmin):
    list_display = ["offer", "name_en"]
    list_select_related = ["offer"]
