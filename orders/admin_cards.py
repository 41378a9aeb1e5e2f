"""Prepaid cards for operators: balance, entries, and with a reason freezing, unfreezing, refunding."""

from django.contrib import admin, messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import action, display

from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import display as money
from omnichannel.kernel.secrets import mask_tail
from orders import reasons
from orders.models import CardEntry, PrepaidCard
from orders.queries.cards import CardUnknown
from orders.services import card_freeze

TONES = {"issued": "info", "active": "success", "frozen": "warning", "void": ""}
# What an operator may do: the service, the question, the button.
DEEDS = {
    "freeze": (card_freeze.freeze, _("Freeze this card?"), _("Freeze")),
    "unfreeze": (card_freeze.unfreeze, _("Let this card pay again?"), _("Unfreeze")),
    "refund": (card_freeze.refund_unused, _("Refund the sale of this card? It becomes void."), _("Refund")),
}


class EntryInline(TabularInline):
    model = CardEntry
    extra = 0
    can_delete = False
    hide_title = True
    per_page = 50
    fields = ["at", "kind", "amount", "balance", "order_number", "by_whom", "because"]
    readonly_fields = fields

    @admin.display(description=_("amount"))
    def amount(self, row):
        return money(row.amount_fen) if row.amount_fen else "—"

    @admin.display(description=_("balance after it"))
    def balance(self, row):
        return money(row.balance_fen)

    @admin.display(description=_("carried out by"))
    def by_whom(self, row):
        return reasons.actor_words(row.by)

    @admin.display(description=_("why"))
    def because(self, row):
        return reasons.words(row.note) if row.note else "—"

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(PrepaidCard)
class PrepaidCardAdmin(ModelAdmin):
    list_display = ["masked", "state_label", "face", "balance", "holder", "sold_with", "issued_at"]
    list_filter = ["state", ("issued_at", RangeDateTimeFilter)]
    list_filter_submit = True
    list_select_related = ["member", "line__intake"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["number", "line__intake__number", "member__user__phone"]
    search_help_text = _("Card number, order number, or the holder's phone")
    inlines = [EntryInline]
    actions_detail = ["freeze_this", "unfreeze_this", "refund_this"]
    fields = ["masked", "state", "face", "balance", "holder", "sold_with", "issued_at", "pin_shown_at"]
    readonly_fields = fields

    @display(description=_("card number"), ordering="number")
    def masked(self, card):
        return mask_tail(card.number)

    @display(description=_("state"), label=TONES, ordering="state")
    def state_label(self, card):
        return card.state, card.get_state_display()

    @display(description=_("face value"), ordering="face_fen")
    def face(self, card):
        return money(card.face_fen)

    @display(description=_("balance"), ordering="balance_fen")
    def balance(self, card):
        return money(card.balance_fen)

    @display(description=pgettext_lazy("card", "holder"))
    def holder(self, card):
        return card.member.name or f"#{card.member_id}" if card.member else "—"

    @display(description=_("sold with"))
    def sold_with(self, card):
        return card.line.intake.number

    @action(description=_("Freeze …"), url_path="freeze", permissions=["work"])
    def freeze_this(self, request, object_id):
        return self._ask(request, object_id, "freeze")

    @action(description=_("Unfreeze …"), url_path="unfreeze", permissions=["work"])
    def unfreeze_this(self, request, object_id):
        return self._ask(request, object_id, "unfreeze")

    @action(description=_("Refund the unused card …"), url_path="refund", permissions=["work"])
    def refund_this(self, request, object_id):
        return self._ask(request, object_id, "refund")

    def _ask(self, request, object_id, name: str):
        """The question with a reason; the service decides. Raises CardUnknown."""
        card, (service, question, button) = self.get_object(request, object_id), DEEDS[name]
        if card is None:
            raise CardUnknown()
        reason, error = request.POST.get("reason", ""), ""
        if request.method == "POST":
            try:
                service(card_id=card.pk, actor=request.actor, reason=reason, now=clock.now())
            except DomainError as refusal:
                error = str(refusal)
            else:
                messages.success(request, _("Done, and written on the card."))
                return redirect("admin:order_prepaidcard_change", object_id)
        context = self.admin_site.each_context(request) | {
            "title": question,
            "opts": self.opts,
            "card": card,
            "number": mask_tail(card.number),
            "balance": money(card.balance_fen),
            "button": button,
            "reason": reason,
            "error": error,
        }
        return render(request, "orders/admin/card_reason.html", context, status=400 if error else 200)

    def has_work_permission(self, request, obj=None):
        return request.actor.has("operator")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
