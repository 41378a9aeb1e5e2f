from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from omnichannel.kernel.secrets import decrypt


class Manifest(models.Model):
    """The list that a location and a courier sign for: these parcels changed hands."""

    location = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("location")
    )
    courier = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("company", "courier"),
    )
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    handed_over_by = models.CharField(_("handed over by"), max_length=80)
    # Who signed for the courier; blank: nobody was named.
    received_by = models.CharField(_("received by"), max_length=80, blank=True, default="", db_default="")
    parcels = models.PositiveIntegerField(_("parcels"), default=0)

    class Meta:
        verbose_name = _("manifest")
        verbose_name_plural = _("manifests")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "courier"], condition=Q(closed_at=None), name="manifest_one_open"
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def code(self) -> str:
        return f"M{self.pk:06d}"


class CodRemittance(models.Model):
    """Cash on delivery of one courier, paid in to the carrier at the end of a day."""

    courier = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("company", "courier"),
    )
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    remitted_at = models.DateTimeField(_("remitted at"))
    remitted_by = models.CharField(_("remitted by"), max_length=80)

    class Meta:
        verbose_name = _("COD remittance")
        verbose_name_plural = _("COD remittances")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gt=0), name="cod_remittance_amount")]

    def __str__(self):
        return f"{self.courier} {self.remitted_at:%Y-%m-%d}"


class RefusalReason(models.TextChoices):
    CHANGED_MIND = "changed_mind", _("does not want it any more")
    DAMAGED = "damaged", _("parcel damaged")
    WRONG_GOODS = "wrong_goods", _("wrong goods")
    IDENTITY = "identity", _("identity not proven")
    NO_CASH = "no_cash", _("cannot pay")
    UNREACHABLE = "unreachable", _("nobody there, several times")
    VISITS_USED = "visits_used", _("not met on any visit")
    LOST = "lost", _("lost on the way")
    CAME_BACK = "came_back", _("came back undelivered")

    @classmethod
    def at_the_door(cls) -> list[tuple[str, str]]:
        """Those that a courier may give; the others follow from visits or are an operator's."""
        return [
            choice for choice in cls.choices if choice[0] not in (cls.VISITS_USED, cls.LOST, cls.CAME_BACK)
        ]


class CashMeans(models.TextChoices):
    CASH = "cash", _("cash")
    QR = "qr", _("QR payment")


class DeliveryQuerySet(models.QuerySet):
    def under_way(self):
        return self.filter(finished_at=None)

    def of_couriers(self, paths):
        """Deliveries of the courier companies at or below the given institution paths."""
        reach = Q(pk__in=[])
        for path in paths:
            reach |= Q(courier__path__startswith=path)
        return self.filter(reach)

    def cod_outstanding(self):
        """Cash that a courier holds; what was paid by QR is with the provider already."""
        return self.filter(cod_collected_fen__gt=0, cod_means=CashMeans.CASH, remittance=None)


class Delivery(models.Model):
    """A parcel on its way to a door. `identity_id` says who must prove themselves; None: anybody signs."""

    Means = CashMeans

    fulfillment = models.OneToOneField(
        "fulfillment.FulfillmentOrder",
        on_delete=models.PROTECT,
        related_name="delivery",
        verbose_name=_("fulfillment order"),
    )
    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT, related_name="deliveries")
    courier = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("company", "courier"),
    )
    identity_id = models.BigIntegerField(null=True, blank=True)
    due_on = models.DateField(_("due on"))
    cod_fen = models.BigIntegerField(_("to collect (fen)"), default=0)
    loaded_at = models.DateTimeField(_("loaded at"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("arrived at"), null=True, blank=True)
    identity_passed_at = models.DateTimeField(_("identity passed at"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    signature_sha256 = models.CharField(_("hash of the signature"), max_length=64, blank=True, default="")
    cod_collected_fen = models.BigIntegerField(_("collected (fen)"), default=0)
    cod_means = models.CharField(_("means"), max_length=4, choices=CashMeans.choices, blank=True, default="")
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    refused_reason = models.CharField(
        _("reason for refusal"), max_length=16, choices=RefusalReason.choices, blank=True, default=""
    )
    returned_at = models.DateTimeField(_("back at the location"), null=True, blank=True)
    courier_name = models.CharField(_("delivered by"), max_length=80, blank=True, default="")
    courier_user_id = models.BigIntegerField(null=True, blank=True)
    visit = models.PositiveSmallIntegerField(_("visit"), default=1)
    # The courier company's own number of the parcel, and the open QR payment at this door.
    waybill = models.CharField(_("waybill"), max_length=40, blank=True, default="")
    qr_reference = models.CharField(max_length=40, unique=True, null=True, blank=True)
    remittance = models.ForeignKey(
        CodRemittance, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cod_collected_fen=0) | Q(cod_collected_fen=models.F("cod_fen")),
                name="delivery_cod_exact",
            ),
            models.UniqueConstraint(
                fields=["courier", "waybill"], condition=~Q(waybill=""), name="delivery_waybill_once"
            ),
        ]
        indexes = [
            models.Index(fields=["courier"], condition=Q(finished_at=None), name="delivery_under_way"),
            models.Index(
                fields=["courier"],
                condition=Q(cod_collected_fen__gt=0, remittance=None),
                name="delivery_cod_outstanding",
            ),
        ]

    def __str__(self):
        return str(self.fulfillment_id)

    @property
    def next_step(self) -> str:
        """What the courier does next: arrive, identity, sign, cash or deliver; "" when it is over."""
        if self.finished_at:
            return ""
        if not self.arrived_at:
            return "arrive"
        if self.identity_id and not self.identity_passed_at:
            return "identity"
        if not self.signed_at:
            return "sign"
        return "cash" if self.cod_fen and not self.cod_collected_fen else "deliver"


class Evidence(models.Model):
    """What proves a delivery, bound together.

    `seals` has a hash of each entry of `document` and its name, `sha256` is over the seals, `mac` is that
    under our key. The database refuses change and deletion; services.evidence.examine says what differs.
    """

    fulfillment = models.OneToOneField(
        "fulfillment.FulfillmentOrder", on_delete=models.PROTECT, related_name="evidence"
    )
    document = models.JSONField(_("document"))
    seals = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    mac = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("proof of delivery")
        verbose_name_plural = _("proofs of delivery")

    def __str__(self):
        return self.sha256[:12]


class PickupCode(models.Model):
    """The six digits a customer says at the counter: kept as keyed hash, and sealed for the owner's page."""

    fulfillment = models.OneToOneField(
        "fulfillment.FulfillmentOrder", on_delete=models.PROTECT, related_name="pickup_code"
    )
    code_hash = models.CharField(max_length=64)
    sealed = models.CharField(max_length=200)
    issued_at = models.DateTimeField()
    wrong_guesses = models.PositiveSmallIntegerField(_("wrong guesses"), default=0)
    locked_until = models.DateTimeField(_("locked until"), null=True, blank=True)

    SEAL = "pickup code"

    def __str__(self):
        return str(self.fulfillment_id)

    @property
    def digits(self) -> str:
        """The six digits, for the owner's page."""
        return decrypt(self.sealed, context=self.SEAL)
