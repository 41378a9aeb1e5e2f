from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JobKind(models.TextChoices):
    ACCOUNT = "account", _("open account")
    CLOSE = "close_account", _("close account")
    TOP_UP = "top_up", _("top-up")
    DATA_PACK = "data_pack", _("data pack")


class JobState(models.TextChoices):
    WAITING = "waiting", _("waiting for the network")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    REVERSED = "reversed", _("taken back")


class ProvisioningJobQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=JobState.WAITING)

    def failed(self):
        return self.filter(state=JobState.FAILED)


class ProvisioningJob(models.Model):
    """One piece of work for the core network. `key` makes it happen there at most once.

    An opening is reversed once its closing is done; its order line may then be opened with another card.
    """

    Kind = JobKind
    State = JobState

    key = models.CharField(_("idempotency key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=JobKind.choices)
    state = models.CharField(_("state"), max_length=8, choices=JobState.choices, default=JobState.WAITING)
    order_number = models.CharField(_("order number"), max_length=32, db_index=True)
    line_id = models.BigIntegerField(_("line"))
    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="provisioning_jobs",
        verbose_name=_("fulfillment order"),
    )
    msisdn = models.CharField(_("number"), max_length=15)
    iccid = models.CharField("ICCID", max_length=20, blank=True, default="")
    sku = models.CharField("SKU", max_length=64, blank=True, default="")
    amount_fen = models.BigIntegerField(_("amount (fen)"), default=0)
    identity_id = models.BigIntegerField(null=True, blank=True)
    undo = models.ForeignKey(
        "fulfillment.AccountUndo",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="closings",
        verbose_name=_("account taken back"),
    )
    reason = models.CharField(_("reason"), max_length=40, blank=True, default="")
    reference = models.CharField(_("network reference"), max_length=40, blank=True, default="")
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    requested_at = models.DateTimeField(_("requested at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = ProvisioningJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("provisioning job")
        verbose_name_plural = _("provisioning jobs")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order_number", "line_id", "kind"],
                condition=~Q(state__in=["failed", "reversed"]) & ~Q(kind="close_account"),
                name="provisioning_one_live_job",
            ),
            models.UniqueConstraint(
                fields=["order_number", "line_id", "iccid"],
                condition=Q(kind="close_account") & ~Q(state="failed"),
                name="provisioning_one_closing",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="provisioning_amount"),
        ]
        indexes = [
            models.Index(fields=["requested_at"], condition=Q(state="waiting"), name="provisioning_waiting")
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.msisdn}"


class AccountUndo(models.Model):
    """Somebody takes an opened account back before its parcel leaves; finished when the network closed it.

    `before`: where the parcel stood. The numbers stay with the order, the cards go to quarantine.
    """

    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder",
        on_delete=models.PROTECT,
        related_name="account_undos",
        verbose_name=_("fulfillment"),
    )
    before = models.CharField(_("state before"), max_length=20)
    reason = models.CharField(_("reason"), max_length=160)
    asked_by = models.BigIntegerField(_("asked by (user)"), null=True, blank=True)
    asked_by_name = models.CharField(_("asked by"), max_length=80)
    asked_at = models.DateTimeField(_("asked at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("account taken back")
        verbose_name_plural = _("accounts taken back")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fulfillment"], condition=Q(finished_at=None), name="account_undo_one_open"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="account_undo_reason"),
        ]

    def __str__(self):
        return f"{self.fulfillment_id} {self.reason}"


class CardsAllowed(models.Model):
    """A lead looked at a number whose cards the network refused, and lets further ones be taken.

    Refusals from before count no more.
    """

    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder",
        on_delete=models.PROTECT,
        related_name="cards_allowed",
        verbose_name=_("fulfillment"),
    )
    refused = models.PositiveSmallIntegerField(_("cards refused before"))
    reason = models.CharField(_("reason"), max_length=160)
    allowed_by = models.CharField(_("allowed by"), max_length=80)
    allowed_at = models.DateTimeField(_("allowed at"))

    class Meta:
        verbose_name = _("further cards allowed")
        verbose_name_plural = _("further cards allowed")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="cards_allowed_reason")]

    def __str__(self):
        return f"{self.fulfillment_id} {self.reason}"
