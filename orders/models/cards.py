import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class CardState(models.TextChoices):
    ISSUED = "issued", pgettext_lazy("card", "issued")
    ACTIVE = "active", pgettext_lazy("card", "active")
    FROZEN = "frozen", pgettext_lazy("card", "frozen")
    VOID = "void", pgettext_lazy("card", "void")


class PrepaidCard(models.Model):
    """Money of a customer that we keep under a number; balance_fen is what its entries sum to.

    Issued when it was paid, active once somebody holds it (its PIN was shown, or a member took it).
    `pin_hash` is empty until the PIN is shown for the first time: nobody ever stores the digits.
    """

    State = CardState

    number = models.CharField(_("card number"), max_length=16, unique=True)
    pin_hash = models.CharField(max_length=64, blank=True, default="")
    pin_shown_at = models.DateTimeField(_("PIN shown at"), null=True)
    state = models.CharField(_("state"), max_length=8, choices=CardState.choices, default=CardState.ISSUED)
    face_fen = models.BigIntegerField(_("face value (fen)"))
    balance_fen = models.BigIntegerField(_("balance (fen)"))
    # Who pays with it online without typing its PIN; empty until somebody takes it.
    member = models.ForeignKey(
        "members.Member",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=pgettext_lazy("card", "holder"),
    )
    line = models.ForeignKey("order.LineTerms", on_delete=models.PROTECT, related_name="cards")
    unit = models.PositiveIntegerField()
    issued_at = models.DateTimeField(_("issued at"))

    class Meta:
        verbose_name = _("prepaid card")
        verbose_name_plural = _("prepaid cards")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "unit"], name="card_unit_once"),
            models.CheckConstraint(name="card_balance", condition=Q(balance_fen__gte=0)),
            models.CheckConstraint(name="card_face", condition=Q(face_fen__gt=0)),
            models.CheckConstraint(name="card_state", condition=Q(state__in=CardState.values)),
            models.CheckConstraint(name="card_void_is_empty", condition=~Q(state="void") | Q(balance_fen=0)),
        ]
        indexes = [
            models.Index(fields=["member"], name="card_of_member", condition=Q(member__isnull=False)),
        ]

    def __str__(self):
        return f"{self.number[:4]} … {self.tail}"

    @property
    def spaced(self) -> str:
        """The number as it is printed, in groups of four."""
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))

    @property
    def tail(self) -> str:
        return self.number[-4:]

    @property
    def rested_state(self) -> str:
        """The state of the card when it is neither frozen nor void."""
        return CardState.ACTIVE if self.pin_hash or self.member_id else CardState.ISSUED


class CardEntryKind(models.TextChoices):
    ISSUE = "issue", pgettext_lazy("card", "issued")
    RELOAD = "reload", pgettext_lazy("card", "reloaded")
    USE = "use", pgettext_lazy("card", "paid with")
    BACK = "back", pgettext_lazy("card", "given back")
    WITHDRAWN = "withdrawn", pgettext_lazy("card", "sale refunded")
    PIN = "pin", pgettext_lazy("card", "PIN shown")
    BOUND = "bound", pgettext_lazy("card", "taken by a member")
    FROZEN = "frozen", pgettext_lazy("card", "frozen")
    UNFROZEN = "unfrozen", pgettext_lazy("card", "unfrozen")
    VOID = "void", pgettext_lazy("card", "made void")


class CardEntry(models.Model):
    """What befell a card: who, when, why, and the fen that came (positive) or went. Never changed."""

    Kind = CardEntryKind

    card = models.ForeignKey(PrepaidCard, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(_("what"), max_length=10, choices=CardEntryKind.choices)
    amount_fen = models.BigIntegerField(_("amount (fen)"), default=0)
    balance_fen = models.BigIntegerField(_("balance after it (fen)"))
    # What moved the money, once: a unit of an order's line, a payment, a refund. Empty for notes.
    reference = models.CharField(max_length=80, null=True)
    order_number = models.CharField(_("order"), max_length=32, blank=True, default="")
    by = models.CharField(_("who"), max_length=80)
    note = models.CharField(_("why"), max_length=200, blank=True, default="")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("card entry")
        verbose_name_plural = _("card entries")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["card", "-id"], name="card_entry_history")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "reference"], name="card_entry_once"),
            models.CheckConstraint(
                name="card_entry_sign",
                condition=Q(kind__in=["issue", "reload", "back"], amount_fen__gt=0, reference__isnull=False)
                | Q(kind__in=["use", "withdrawn"], amount_fen__lt=0, reference__isnull=False)
                | Q(kind__in=["pin", "bound", "frozen", "unfrozen", "void"], amount_fen=0),
            ),
            models.CheckConstraint(
                name="card_entry_balance",
                condition=Q(balance_fen__gte=0) & Q(balance_fen__gte=F("amount_fen")),
            ),
        ]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.kind} {self.amount_fen}"
