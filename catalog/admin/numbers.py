"""The number pool: states change by the services; operators withhold, offer again and change the rules."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from catalog.models import Number, NumberAllotment, NumberBlock, NumberGrade, NumberHold
from catalog.services import number_pool
from omnichannel.kernel.money import display as money

TONES = {
    "available": "success",
    "held": "warning",
    "allocated": "info",
    "active": "info",
    "suspended": "danger",
    "quarantined": "",
    "withheld": "",
    "ported_out": "",
}


class HoldInline(TabularInline):
    model = NumberHold
    extra = 0
    can_delete = False
    fields = readonly_fields = ["holder", "held_at", "expires_at", "ended_at", "end"]
    ordering = ["-pk"]

    def has_add_permission(self, request, obj=None):
        return False


class AllotmentInline(HoldInline):
    model = NumberAllotment
    fields = readonly_fields = [
        "dealer",
        "reference",
        "since",
        "until",
        "sold_at",
        "ended_at",
        "end",
        "ended_by",
        "reason",
    ]


class ReadOnly(ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Number)
class NumberAdmin(ReadOnly):
    list_display = ["digits", "place", "grade", "shown_state", "dealer", "held_until", "reference"]
    list_filter = ["state", "grade", "block__city", ("dealer", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["block", "grade", "dealer"]
    search_fields = ["msisdn", "reference", "dealer__code"]
    search_help_text = _("Digits of the number, the order that took it, or a dealer's code")
    exclude = ["person_key"]
    inlines = [HoldInline, AllotmentInline]
    actions = ["withhold", "offer"]
    ordering = ["msisdn"]

    @display(description=_("number"), ordering="msisdn")
    def digits(self, number):
        return str(number)

    @display(description=_("city"), ordering="block__city")
    def place(self, number):
        return number.block.city

    @display(description=_("state"), ordering="state", label=TONES)
    def shown_state(self, number):
        return number.state, number.get_state_display()

    @action(description=_("Keep back from the draw"))
    def withhold(self, request, queryset):
        self._say(request, number_pool.withhold(_pks(queryset), actor=request.actor))

    @action(description=_("Offer in the draw again"))
    def offer(self, request, queryset):
        self._say(request, number_pool.offer(_pks(queryset), actor=request.actor))

    def has_action_permission(self, request, *_args):
        return request.user.has_perm("catalogue.change_number")

    def _say(self, request, count: int) -> None:
        text = ngettext("%(count)s number changed.", "%(count)s numbers changed.", count)
        self.message_user(request, text % {"count": count})


def _pks(queryset) -> list[str]:
    return list(queryset.values_list("pk", flat=True))


@admin.register(NumberGrade)
class NumberGradeAdmin(ModelAdmin):
    list_display = [
        "position",
        "name",
        "rule",
        "pattern",
        "spend",
        "prepaid",
        "months",
        "lower",
        "withheld",
    ]
    list_display_links = ["name"]
    list_select_related = ["demoted_to"]
    ordering = ["position"]
    actions = ["apply"]

    @display(description=_("minimum monthly spend"), ordering="minimum_spend")
    def spend(self, grade):
        return money(grade.minimum_spend)

    @display(description=_("prepayment"), ordering="prepayment")
    def prepaid(self, grade):
        return money(grade.prepayment)

    @display(description=_("with a 4, counts as"))
    def lower(self, grade):
        return grade.demoted_to.name if grade.demoted_to_id else ""

    @action(description=_("Grade the free numbers by the rules as they are now"))
    def apply(self, request, queryset):
        count = number_pool.regrade()
        text = ngettext("%(count)s number changed.", "%(count)s numbers changed.", count)
        self.message_user(request, text % {"count": count})


@admin.register(NumberBlock)
class NumberBlockAdmin(ReadOnly):
    list_display = ["prefix", "province", "city"]
    list_filter = ["province", "city"]
    search_fields = ["prefix", "city"]
