"""Payments, refunds and call-backs for operators. Rows are read here and changed by services only."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import action, display

from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import display as money
from orders import reasons
from orders.models import Payment, ProviderCallback, Refund
from orders.services import callbacks, refunds

TONES = {
    "captured": "success",
    "succeeded": "success",
    "repeated": "info",
    "late_refunded": "warning",
    "failed": "danger",
    "amount_mismatch": "danger",
    "unknown_payment": "danger",
    "signature_invalid": "danger",
    "timestamp_stale": "warning",
    "due": "warning",
    "pending": "info",
    "requested": "info",
}


class ReadOnlyAdmin(ModelAdmin):
    list_filter_submit = True
    list_fullwidth = True
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ("out_trade_no", "means", "shown_state", "amount", "back", "collector", "created_at")
    list_filter = ("means", "state", ("created_at", RangeDateTimeFilter))
    search_fields = ("out_trade_no", "provider_reference", "intake__number")
    list_select_related = ("collector",)
    date_hierarchy = "created_at"
    actions = ["ask_again"]

    @display(description=_("state"), label=TONES, ordering="state")
    def shown_state(self, payment):
        return payment.state, payment.get_state_display()

    @display(description=_("amount"), ordering="amount_fen")
    def amount(self, payment):
        return money(payment.amount_fen)

    @display(description=_("refunded so far"), ordering="refunded_fen")
    def back(self, payment):
        return money(payment.refunded_fen) if payment.refunded_fen else "—"

    @action(description=_("Query the provider again"))
    def ask_again(self, request, queryset):
        settled = 0
        for payment in queryset.filter(means="unipay"):
            try:
                settled += callbacks.ask_provider(payment=payment, now=clock.now()) is not None
            except DomainError as refusal:
                self.message_user(request, f"{payment}: {refusal}", messages.ERROR)
        text = ngettext("%d payment has news.", "%d payments have news.", settled) % settled
        self.message_user(request, text, messages.SUCCESS)


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    list_display = ("out_refund_no", "means", "shown_state", "amount", "because", "attempts", "requested_at")
    list_filter = ("state", "payment__means", ("requested_at", RangeDateTimeFilter))
    search_fields = ("out_refund_no", "provider_reference", "intake__number")
    list_select_related = ("payment",)
    date_hierarchy = "requested_at"
    actions = ["try_again"]

    @display(description=_("state"), label=TONES, ordering="state")
    def shown_state(self, refund):
        return refund.state, refund.get_state_display()

    @display(description=_("means"), ordering="payment__means")
    def means(self, refund):
        return refund.payment.get_means_display()

    @display(description=_("amount"), ordering="amount_fen")
    def amount(self, refund):
        return money(refund.amount_fen)

    @display(description=_("reason"))
    def because(self, refund):
        return reasons.words(refund.reason) if refund.reason else "—"

    @action(description=_("Retry the refund at the provider"))
    def try_again(self, request, queryset):
        sent = 0
        for refund in queryset:
            try:
                refunds.try_again(refund_id=refund.pk, actor=request.actor)
                sent += 1
            except DomainError as refusal:
                self.message_user(request, f"{refund}: {refusal}", messages.ERROR)
        text = ngettext("%d refund is sent again.", "%d refunds are sent again.", sent) % sent
        self.message_user(request, text, messages.SUCCESS)


@admin.register(ProviderCallback)
class ProviderCallbackAdmin(ReadOnlyAdmin):
    list_display = (
        "out_trade_no",
        "shown_outcome",
        "amount",
        "verified",
        "deliveries",
        "received_at",
        "handled_at",
    )
    list_filter = ("outcome", "verified", "source", ("handled_at", admin.EmptyFieldListFilter))
    search_fields = ("out_trade_no", "event_id", "body_hash")
    date_hierarchy = "received_at"
    actions = ["handled"]

    @display(description=_("outcome"), label=TONES, ordering="outcome")
    def shown_outcome(self, callback):
        return callback.outcome, callback.get_outcome_display()

    @display(description=_("amount"), ordering="amount_fen")
    def amount(self, callback):
        return money(callback.amount_fen) if callback.amount_fen is not None else "—"

    @action(description=_("Mark as handled"))
    def handled(self, request, queryset):
        marked = callbacks.mark_handled(
            ids=list(queryset.values_list("pk", flat=True)), actor=request.actor, now=clock.now()
        )
        text = ngettext("%d call-back is handled.", "%d call-backs are handled.", marked) % marked
        self.message_user(request, text, messages.SUCCESS)
