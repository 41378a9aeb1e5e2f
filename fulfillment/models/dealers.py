"""Dealers who buy from us on credit: their terms, purchase orders, receipts, invoices and payments."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def _institution(words, **more):
    return models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=words, **more
    )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DealerTerms(models.Model):
    """What was agreed with a dealer. The row is the lock under which credit is granted.

    Amounts in fen, times in days; counts_from: facts of earlier days were brought over, not reckoned here.
    number_limit: unsold telephone numbers that the dealer may have and have on order; number_days: unsold
    ones go back after so many days.
    """

    dealer = models.OneToOneField(
        "members.Institution",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
        verbose_name=_("dealer"),
    )
    branch = _institution(_("responsible branch"))
    credit_limit_fen = models.PositiveBigIntegerField(_("credit limit (fen)"), default=0)
    payment_days = models.PositiveSmallIntegerField(_("days to pay"), default=30)
    lead_days = models.PositiveSmallIntegerField(_("lead time (days)"), default=3)
    review_days = models.PositiveSmallIntegerField(_("orders every (days)"), default=7)
    service_percent = models.PositiveSmallIntegerField(_("service level (%)"), default=95)
    demand_days = models.PositiveSmallIntegerField(_("days of demand looked at"), default=28)
    number_limit = models.PositiveIntegerField(_("unsold numbers at most"), default=200, db_default=200)
    number_days = models.PositiveSmallIntegerField(_("numbers kept (days)"), default=90, db_default=90)
    is_blocked = models.BooleanField(_("blocked"), default=False)
    counts_from = models.DateField(_("facts from"))

    class Meta:
        verbose_name = _("dealer terms")
        verbose_name_plural = _("dealer terms")
        constraints = [
            models.CheckConstraint(
                name="dealer_terms_service", condition=Q(service_percent__gte=50, service_percent__lte=99)
            ),
            models.CheckConstraint(
                name="dealer_terms_demand", condition=Q(demand_days__gte=7, demand_days__lte=366)
            ),
            models.CheckConstraint(name="dealer_terms_numbers", condition=Q(number_days__gte=1)),
        ]

    def __str__(self):
        return str(self.dealer)


class DealerOrderState(models.TextChoices):
    ON_HOLD = "on_hold", pgettext_lazy("dealer order", "on hold")
    SUBMITTED = "submitted", _("to be approved")
    WAITING_GOODS = "waiting_goods", _("waiting for our supplier")
    APPROVED = "approved", _("approved, under way")
    DONE = "done", _("received")
    REJECTED = "rejected", pgettext_lazy("order", "rejected")
    CANCELLED = "cancelled", _("cancelled")


_S = DealerOrderState
DEALER_ORDER_STEPS: dict[str, set[str]] = {
    _S.ON_HOLD: {_S.SUBMITTED, _S.CANCELLED, _S.REJECTED},
    _S.SUBMITTED: {_S.APPROVED, _S.WAITING_GOODS, _S.REJECTED, _S.CANCELLED},
    _S.WAITING_GOODS: {_S.APPROVED, _S.DONE, _S.CANCELLED},
    _S.APPROVED: {_S.DONE, _S.CANCELLED},
}
# Their open units count as exposure.
COMMITTED = (_S.SUBMITTED, _S.WAITING_GOODS, _S.APPROVED)


class HoldReason(models.TextChoices):
    CREDIT = "credit", _("the credit limit does not reach")
    OVERDUE = "overdue", _("an invoice is overdue")
    BLOCKED = "blocked", _("the dealer is blocked")
    NUMBERS = "numbers", _("too many telephone numbers are not sold yet")


class DealerOrder(models.Model):
    """A dealer's purchase order. Its number is the demand's order number. Amounts in fen."""

    State = DealerOrderState

    number = models.CharField(_("number"), max_length=32, unique=True, null=True)
    dealer = _institution(_("dealer"))
    branch = _institution(_("branch"))
    state = models.CharField(_("state"), max_length=14, choices=DealerOrderState.choices)
    hold_reason = models.CharField(
        _("held because"), max_length=8, choices=HoldReason.choices, blank=True, default=""
    )
    amount_fen = models.PositiveBigIntegerField(_("amount (fen)"))
    key = models.CharField(max_length=64)
    created_by = models.BigIntegerField(null=True)
    created_by_name = models.CharField(_("ordered by"), max_length=80)
    created_at = models.DateTimeField(_("ordered at"))
    approved_by = models.BigIntegerField(null=True)
    approved_by_name = models.CharField(_("approved by"), max_length=80, blank=True, default="")
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("dealer order")
        verbose_name_plural = _("dealer orders")
        ordering = ["-pk"]
        constraints = [
            # The form sent twice is one order.
            models.UniqueConstraint(fields=["dealer", "key"], name="dealer_order_once"),
            # Nobody approves what they ordered.
            models.CheckConstraint(
                name="dealer_order_four_eyes",
                condition=Q(approved_by=None) | Q(created_by=None) | ~Q(approved_by=F("created_by")),
            ),
        ]
        indexes = [models.Index(fields=["dealer", "state"], name="dealer_order_open")]

    def __str__(self):
        return self.number or f"#{self.pk}"


class DealerOrderLine(models.Model):
    """Units of a SKU at the price of the order (fen). dropped: units that will not come any more."""

    order = models.ForeignKey(DealerOrder, on_delete=models.CASCADE, related_name="lines")
    sku = models.CharField(_("SKU"), max_length=64)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit_fen = models.PositiveBigIntegerField(_("unit price (fen)"))
    received = models.PositiveIntegerField(_("received"), default=0)
    dropped = models.PositiveIntegerField(_("dropped"), default=0)

    class Meta:
        verbose_name = _("dealer order line")
        verbose_name_plural = _("dealer order lines")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "sku"], name="dealer_order_line_once"),
            models.CheckConstraint(
                name="dealer_order_line_units",
                condition=Q(quantity__gt=0, quantity__gte=F("received") + F("dropped")),
            ),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.sku}"

    @property
    def amount_fen(self) -> int:
        return self.quantity * self.unit_fen

    @property
    def open_units(self) -> int:
        return self.quantity - self.received - self.dropped


class DealerNumberLine(models.Model):
    """Telephone numbers of a city and grade. allotted: those that came; dropped: those that will not.

    A number costs the dealer nothing: what it asks for (grade) is the customer's to pay.
    """

    order = models.ForeignKey(DealerOrder, on_delete=models.CASCADE, related_name="number_lines")
    province = models.CharField(_("province"), max_length=20)
    city = models.CharField(_("city"), max_length=20)
    grade = models.CharField(_("number grade"), max_length=16)
    quantity = models.PositiveIntegerField(_("quantity"))
    allotted = models.PositiveIntegerField(_("allotted"), default=0)
    dropped = models.PositiveIntegerField(_("dropped"), default=0)

    class Meta:
        verbose_name = _("dealer's numbers on order")
        verbose_name_plural = _("dealers' numbers on order")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "province", "city", "grade"], name="dealer_number_line_once"
            ),
            models.CheckConstraint(
                name="dealer_number_line_units",
                condition=Q(quantity__gt=0, quantity__gte=F("allotted") + F("dropped")),
            ),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.city} {self.grade}"

    @property
    def open_units(self) -> int:
        return self.quantity - self.allotted - self.dropped


class DealerOrderEvent(models.Model):
    """Who moved an order, when and why. Append-only."""

    order = models.ForeignKey(DealerOrder, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(_("state"), max_length=14, choices=DealerOrderState.choices)
    who = models.CharField(_("who"), max_length=80)
    note = models.CharField(_("note"), max_length=160, blank=True, default="")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("dealer order event")
        verbose_name_plural = _("dealer order events")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.order_id} → {self.state}"


class DealerReceipt(models.Model):
    """What a dealer counted out of one parcel."""

    order = models.ForeignKey(DealerOrder, on_delete=models.PROTECT, related_name="receipts")
    fulfillment = models.OneToOneField(
        "fulfillment.FulfillmentOrder", on_delete=models.PROTECT, related_name="dealer_receipt"
    )
    by_note = models.BooleanField(_("by delivery note"))
    received_by = models.CharField(_("received by"), max_length=80)
    at = models.DateTimeField(_("at"))
    note = models.CharField(_("note"), max_length=160, blank=True, default="")

    class Meta:
        verbose_name = _("dealer receipt")
        verbose_name_plural = _("dealer receipts")
        ordering = ["-pk"]

    def __str__(self):
        return str(self.fulfillment_id)


class DealerReceiptLine(models.Model):
    receipt = models.ForeignKey(DealerReceipt, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(DealerOrderLine, on_delete=models.PROTECT, related_name="receipt_lines")
    sent = models.PositiveIntegerField(_("sent"))
    received = models.PositiveIntegerField(_("received"))
    missing_serials = models.JSONField(_("missing serials"), default=list)

    class Meta:
        verbose_name = _("dealer receipt line")
        verbose_name_plural = _("dealer receipt lines")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="dealer_receipt_units", condition=Q(received__lte=F("sent"))),
        ]

    def __str__(self):
        return f"{self.received} / {self.sent}"

    @property
    def difference(self) -> int:
        return self.received - self.sent


class SurplusWish(models.TextChoices):
    KEEP = "keep", _("keep and be invoiced")
    SEND_BACK = "send_back", _("send back")


class SurplusState(models.TextChoices):
    ASKED = "asked", _("waits for the supplier")
    KEPT = "kept", _("kept and invoiced")
    GOING_BACK = "going_back", _("on the way back")
    BACK = "back", _("back on the supplier's shelf")


class DealerSurplus(models.Model):
    """More of a line arrived than was sent. The dealer says what it would do, the supplier decides.

    from_shelf: the units were still in the books of the parcel's location and left them for transit;
    else nobody's books knew them.
    """

    Wish, State = SurplusWish, SurplusState

    receipt = models.ForeignKey(DealerReceipt, on_delete=models.PROTECT, related_name="surpluses")
    line = models.ForeignKey(DealerOrderLine, on_delete=models.PROTECT, related_name="surpluses")
    units = models.PositiveIntegerField(_("units"))
    serials = models.JSONField(_("serials"), default=list)
    reason = models.CharField(_("reason"), max_length=160)
    wish = models.CharField(_("the dealer's wish"), max_length=10, choices=SurplusWish.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=SurplusState.choices, default=SurplusState.ASKED
    )
    from_shelf = models.BooleanField(_("from the sender's books"), default=True)
    reported_by = models.BigIntegerField(null=True)
    reported_by_name = models.CharField(_("reported by"), max_length=80)
    reported_at = models.DateTimeField(_("reported at"))
    decided_by = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(_("decided by"), max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=160, blank=True, default="")
    invoice = models.OneToOneField(
        "fulfillment.DealerInvoice", on_delete=models.PROTECT, null=True, related_name="surplus"
    )
    back_by = models.CharField(_("taken back by"), max_length=80, blank=True, default="")
    back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("surplus of a receipt")
        verbose_name_plural = _("surpluses of receipts")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["receipt", "line"], name="dealer_surplus_once"),
            models.CheckConstraint(name="dealer_surplus_units", condition=Q(units__gt=0)),
            # Nobody decides about a surplus they reported.
            models.CheckConstraint(
                name="dealer_surplus_four_eyes",
                condition=Q(decided_by=None) | Q(reported_by=None) | ~Q(decided_by=F("reported_by")),
            ),
            models.CheckConstraint(
                name="dealer_surplus_invoiced", condition=Q(invoice=None) | Q(state="kept")
            ),
        ]
        indexes = [
            models.Index(fields=["state"], name="dealer_surplus_open", condition=Q(state="asked")),
        ]

    def __str__(self):
        return f"{self.units} × {self.line_id}"


class DealerInvoice(models.Model):
    """What a dealer owes for one receipt. Amounts in fen; overdue on the day after due_on."""

    number = models.CharField(_("number"), max_length=32, unique=True, null=True)
    order = models.ForeignKey(DealerOrder, on_delete=models.PROTECT, related_name="invoices")
    receipt = models.OneToOneField(DealerReceipt, on_delete=models.PROTECT, null=True, related_name="invoice")
    dealer = _institution(_("dealer"))
    amount_fen = models.PositiveBigIntegerField(_("amount (fen)"))
    paid_fen = models.PositiveBigIntegerField(_("paid (fen)"), default=0)
    issued_on = models.DateField(_("issued on"))
    due_on = models.DateField(_("due on"))

    class Meta:
        verbose_name = _("dealer invoice")
        verbose_name_plural = _("dealer invoices")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="dealer_invoice_amounts", condition=Q(amount_fen__gt=0, paid_fen__lte=F("amount_fen"))
            ),
            models.CheckConstraint(name="dealer_invoice_due", condition=Q(due_on__gte=F("issued_on"))),
        ]
        indexes = [
            models.Index(
                fields=["dealer", "due_on"],
                name="dealer_invoice_open",
                condition=Q(paid_fen__lt=F("amount_fen")),
            ),
        ]

    def __str__(self):
        return self.number or f"#{self.pk}"

    @property
    def left_fen(self) -> int:
        return self.amount_fen - self.paid_fen


class PaymentKind(models.TextChoices):
    RECEIPT = "receipt", _("payment")
    PREPAYMENT = "prepayment", _("prepayment")
    CREDIT = "credit", _("credit note")


class DealerPayment(models.Model):
    """What a dealer may use to pay: money once per bank reference, or a credit note with its reason.

    matched_fen: what invoices have used of it.
    """

    dealer = _institution(_("dealer"))
    kind = models.CharField(_("kind"), max_length=10, choices=PaymentKind.choices)
    amount_fen = models.PositiveBigIntegerField(_("amount (fen)"))
    matched_fen = models.PositiveBigIntegerField(_("matched (fen)"), default=0)
    reference = models.CharField(_("bank reference"), max_length=40)
    reason = models.CharField(_("reason"), max_length=160, blank=True, default="", db_default="")
    received_on = models.DateField(_("received on"))
    recorded_by = models.CharField(_("recorded by"), max_length=80)
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("dealer payment")
        verbose_name_plural = _("dealer payments")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["dealer", "reference"], name="dealer_payment_once"),
            models.CheckConstraint(
                name="dealer_payment_amounts",
                condition=Q(amount_fen__gt=0, matched_fen__lte=F("amount_fen")),
            ),
            models.CheckConstraint(
                name="dealer_credit_has_reason", condition=~Q(kind="credit") | ~Q(reason="")
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.amount_fen}"

    @property
    def left_fen(self) -> int:
        return self.amount_fen - self.matched_fen


class PaymentMatch(models.Model):
    """So much of a payment paid so much of an invoice. Append-only."""

    payment = models.ForeignKey(DealerPayment, on_delete=models.PROTECT, related_name="matches")
    invoice = models.ForeignKey(DealerInvoice, on_delete=models.PROTECT, related_name="matches")
    amount_fen = models.PositiveBigIntegerField(_("amount (fen)"))
    who = models.CharField(_("who"), max_length=80)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("payment match")
        verbose_name_plural = _("payment matches")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="payment_match_amount", condition=Q(amount_fen__gt=0)),
        ]

    def __str__(self):
        return f"{self.payment_id} → {self.invoice_id}"
