"""What happened at a door: visits, what was not taken, photos, attempts to prove identity, guesses."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from omnichannel.kernel.secrets import decrypt, encrypt


class PositionNote(models.TextChoices):
    FIXED = "fixed", _("position known")
    REFUSED = "refused", _("position refused")
    UNAVAILABLE = "unavailable", _("no position to be had")
    NOT_ASKED = "", _("position not asked for")


class VisitEnd(models.TextChoices):
    OPEN = "", _("at the door")
    DELIVERED = "delivered", _("delivered")
    PARTLY = "partly", _("a part was taken")
    REFUSED = "refused", _("not taken")
    AGAIN = "again", _("comes again")


class AgainReason(models.TextChoices):
    UNREACHABLE = "unreachable", _("nobody there")
    NO_DOCUMENT = "no_document", _("no valid ID card at hand")
    NO_CASH = "no_cash", _("cannot pay now")
    LATER = "later", _("asked for another day")
    WRONG_ADDRESS = "wrong_address", _("address not found")


class DoorVisit(models.Model):
    """One visit at a door. Accuracy and distance from the address in metres; `recorded_at` is when it
    reached us, later than `arrived_at` where there was no network."""

    End, Note = VisitEnd, PositionNote

    delivery = models.ForeignKey("fulfillment.Delivery", on_delete=models.PROTECT, related_name="visits")
    number = models.PositiveSmallIntegerField(_("visit"))
    by = models.CharField(_("by"), max_length=80)
    arrived_at = models.DateTimeField(_("arrived at"))
    recorded_at = models.DateTimeField(_("recorded at"))
    position = models.CharField(
        _("position"), max_length=12, choices=PositionNote.choices, blank=True, default=""
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    accuracy_m = models.PositiveIntegerField(_("accuracy (m)"), null=True, blank=True)
    distance_m = models.PositiveIntegerField(_("distance from the address (m)"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    end = models.CharField(_("end"), max_length=10, choices=VisitEnd.choices, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=16, blank=True, default="")
    next_on = models.DateField(_("comes again on"), null=True, blank=True)

    class Meta:
        verbose_name = _("visit at the door")
        verbose_name_plural = _("visits at the door")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="door_visit_once"),
            models.CheckConstraint(
                name="door_visit_position",
                condition=Q(
                    position="fixed",
                    latitude__isnull=False,
                    longitude__isnull=False,
                    accuracy_m__isnull=False,
                )
                | (~Q(position="fixed") & Q(latitude=None, longitude=None, accuracy_m=None)),
            ),
            models.CheckConstraint(
                name="door_visit_end", condition=Q(end="", ended_at=None) | (~Q(end="") & ~Q(ended_at=None))
            ),
        ]

    def __str__(self):
        return f"{self.delivery_id} #{self.number}"


class RefusedUnits(models.Model):
    """Units of a line that the customer did not take while the rest of the parcel was delivered."""

    delivery = models.ForeignKey(
        "fulfillment.Delivery", on_delete=models.PROTECT, related_name="refused_units"
    )
    line = models.OneToOneField(
        "fulfillment.FulfillmentLine", on_delete=models.PROTECT, related_name="refused_units"
    )
    quantity = models.PositiveIntegerField(_("quantity"))
    reason = models.CharField(_("reason"), max_length=16)
    serials = models.JSONField(_("serials"), default=list, blank=True)
    returned_at = models.DateTimeField(_("back at the location"), null=True, blank=True)

    class Meta:
        verbose_name = _("units not taken")
        verbose_name_plural = _("units not taken")
        constraints = [models.CheckConstraint(name="refused_units_some", condition=Q(quantity__gt=0))]
        indexes = [models.Index(fields=["delivery"], condition=Q(returned_at=None), name="refused_units_out")]

    def __str__(self):
        return f"{self.quantity} of {self.line_id}"


class PhotoKind(models.TextChoices):
    PARCEL = "parcel", _("parcel")
    PLACE = "place", _("place")
    DAMAGE = "damage", _("damage")


class DeliveryPhoto(models.Model):
    """A picture taken at the door, re-encoded and free of camera data, kept under its own hash."""

    Kind = PhotoKind

    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder", on_delete=models.PROTECT, related_name="photos"
    )
    kind = models.CharField(_("what it shows"), max_length=8, choices=PhotoKind.choices)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(_("bytes"))
    at = models.DateTimeField(_("at"))
    by = models.CharField(_("by"), max_length=80)

    class Meta:
        verbose_name = _("photo at the door")
        verbose_name_plural = _("photos at the door")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["fulfillment", "sha256"], name="delivery_photo_once")]

    def __str__(self):
        return self.sha256[:12]


class IdentityOutcome(models.TextChoices):
    PASSED = "passed", _("proven")
    NAME_DIFFERS = "name_differs", _("name differs")
    NUMBER_DIFFERS = "number_differs", _("ID number differs")
    BOTH_DIFFER = "both_differ", _("name and ID number differ")
    DOCUMENT_EXPIRED = "document_expired", _("ID card expired")
    OTHER_PERSON = "other_person", _("somebody else")
    PHOTO_DIFFERS = "photo_differs", _("photo shows somebody else")
    DOCUMENT_UNREADABLE = "document_unreadable", _("ID card unreadable or damaged")
    NO_DOCUMENT = "no_document", _("no ID card shown")


class IdentityPlace(models.TextChoices):
    DOOR = "door", _("at the door")
    COUNTER = "counter", _("at the counter")


class IdentityCheck(models.Model):
    """One attempt to prove identity at the door or the counter; right or wrong, it stays.

    What was read from the card is sealed; the plain masks are for show.
    """

    Outcome, SEAL = IdentityOutcome, "identity check"

    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder", on_delete=models.PROTECT, related_name="identity_checks"
    )
    name_masked = models.CharField(_("name"), max_length=40)
    passed = models.BooleanField(_("passed"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=IdentityOutcome.choices)
    place = models.CharField(_("where"), max_length=8, choices=IdentityPlace.choices, default="door")
    shown = models.TextField(blank=True, default="")
    at = models.DateTimeField(_("at"))
    by = models.CharField(_("by"), max_length=80)

    class Meta:
        verbose_name = _("identity check")
        verbose_name_plural = _("identity checks")
        constraints = [
            models.CheckConstraint(
                name="identity_check_outcome",
                condition=Q(passed=True, outcome="passed") | (Q(passed=False) & ~Q(outcome="passed")),
            )
        ]

    def __str__(self):
        return f"{self.fulfillment_id} {self.passed}"

    @classmethod
    def sealed(cls, name: str, id_tail: str) -> str:
        return encrypt(f"{name}\n{id_tail}", context=cls.SEAL) if name or id_tail else ""

    @property
    def read_from_card(self) -> tuple[str, str]:
        """(name, last characters of the ID number) in plain text; show them to nobody without a reason."""
        if not self.shown:
            return "", ""
        name, _newline, tail = decrypt(self.shown, context=self.SEAL).partition("\n")
        return name, tail


class GuessOutcome(models.TextChoices):
    RIGHT = "right", _("right")
    WRONG = "wrong", pgettext_lazy("code", "wrong")
    LOCKED = "locked", _("locked")


class PickupGuess(models.Model):
    """Somebody at a counter entered a pick-up code; the code itself is not kept."""

    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder", on_delete=models.PROTECT, related_name="pickup_guesses"
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=GuessOutcome.choices)
    by = models.CharField(_("by"), max_length=80)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("pick-up code entered")
        verbose_name_plural = _("pick-up codes entered")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.fulfillment_id} {self.outcome}"


class CourierPosition(models.Model):
    """Where a courier was last, as long as they share it: one row per person, overwritten."""

    user_id = models.BigIntegerField(unique=True)
    courier = models.ForeignKey("members.Institution", on_delete=models.PROTECT, related_name="+")
    latitude = models.FloatField()
    longitude = models.FloatField()
    accuracy_m = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.user_id} {self.at:%H:%M}"
