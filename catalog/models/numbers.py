import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class NumberGrade(models.Model):
    """A rule over the last digits and what a number of this grade asks for; the first rule that fits wins.

    `pattern` says what the last digits look like. Rule "shape": equal letters are equal digits,
    different letters different ones (AABB). "run": that many digits up or down by one. "ends": any of
    these last digits. "any": every number.
    """

    class Rule(models.TextChoices):
        SHAPE = "shape", _("shape")
        RUN = "run", _("run")
        ENDS = "ends", _("last digit")
        ANY = "any", _("any number")

    code = models.SlugField(_("code"), max_length=16, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=40)
    rule = models.CharField(_("rule"), max_length=8, choices=Rule.choices)
    pattern = models.CharField(_("pattern"), max_length=11, blank=True, default="")
    demoted_to = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("with a 4, counts as"),
    )
    minimum_spend = models.PositiveIntegerField(_("minimum monthly spend (fen)"), default=0)
    prepayment = models.PositiveIntegerField(_("prepayment (fen)"), default=0)
    months = models.PositiveSmallIntegerField(_("agreement (months)"), default=0)
    withheld = models.BooleanField(_("kept from the draw"), default=False)

    class Meta:
        verbose_name = _("number grade")
        verbose_name_plural = _("number grades")
        ordering = ["position"]

    def __str__(self):
        return self.name


class NumberBlock(models.Model):
    """Ten thousand numbers that share their first seven digits and their home city."""

    prefix = models.CharField(_("first seven digits"), max_length=7, unique=True)
    province = models.CharField(_("province"), max_length=20)
    city = models.CharField(_("city"), max_length=20)

    class Meta:
        verbose_name = _("number block")
        verbose_name_plural = _("number blocks")

    def __str__(self):
        return f"{self.prefix} {self.city}"


class NumberState(models.TextChoices):
    AVAILABLE = "available", _("available")
    HELD = "held", _("held")
    ALLOCATED = "allocated", _("allocated")
    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("suspended")
    QUARANTINED = "quarantined", _("resting")
    WITHHELD = "withheld", _("kept back")
    PORTED_OUT = "ported_out", _("ported out")


OWNED = (NumberState.ALLOCATED, NumberState.ACTIVE, NumberState.SUSPENDED)
# In a dealer's hand: to be sold, or sold.
SELLABLE = (NumberState.AVAILABLE, NumberState.HELD, *OWNED)


class NumberQuerySet(models.QuerySet):
    def drawable(self, now):
        """Free, or held by a hold that ran out."""
        overdue = Q(state=NumberState.HELD, held_until__lte=now)
        return self.filter(Q(state=NumberState.AVAILABLE) | overdue)

    def owned_by(self, person_key: str):
        return self.filter(person_key=person_key, state__in=OWNED)


class Number(models.Model):
    """An MSISDN: 86 and eleven digits. `reference` is the order that took it; `person_key` who owns it.

    dealer: only this dealer may sell it, or has sold it (NumberAllotment); empty: the common pool.
    """

    State = NumberState

    msisdn = models.CharField(_("number"), max_length=13, primary_key=True)
    block = models.ForeignKey(
        NumberBlock, on_delete=models.PROTECT, related_name="numbers", verbose_name=_("block")
    )
    grade = models.ForeignKey(
        NumberGrade, on_delete=models.PROTECT, related_name="numbers", verbose_name=_("grade")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=NumberState.choices, default=NumberState.AVAILABLE
    )
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    reference = models.CharField(_("order"), max_length=64, blank=True, default="", db_index=True)
    person_key = models.CharField(max_length=64, blank=True, default="", db_index=True)
    rests_until = models.DateTimeField(_("rests until"), null=True, blank=True)
    dealer = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("dealer"),
    )

    objects = NumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("number")
        verbose_name_plural = _("numbers")
        indexes = [
            models.Index(fields=["block", "state"], name="number_block_state"),
            models.Index(
                fields=["dealer", "state"], condition=Q(dealer__isnull=False), name="number_of_dealer"
            ),
        ]
        constraints = [
            models.CheckConstraint(name="number_msisdn", condition=Q(msisdn__regex=r"^861[3-9][0-9]{9}$")),
            models.CheckConstraint(name="number_state_known", condition=Q(state__in=NumberState.values)),
            models.CheckConstraint(
                name="number_held_until",
                condition=Q(state="held", held_until__isnull=False)
                | (~Q(state="held") & Q(held_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="number_owner_known", condition=~Q(state__in=OWNED) | ~Q(reference="")
            ),
            # What rests, is kept back or has left us is no dealer's.
            models.CheckConstraint(
                name="number_dealer_state", condition=Q(dealer=None) | Q(state__in=SELLABLE)
            ),
        ]

    def __str__(self):
        return self.msisdn[2:]


class NumberHold(models.Model):
    """Somebody keeps a number for a while. The database lets one number have one hold that has not ended."""

    class End(models.TextChoices):
        DROPPED = "dropped", _("given back")
        EXPIRED = "expired", _("ran out")
        ALLOCATED = "allocated", _("taken")

    number = models.ForeignKey(Number, on_delete=models.CASCADE, related_name="holds")
    holder = models.CharField(_("holder"), max_length=64)
    held_at = models.DateTimeField(_("since"))
    expires_at = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end = models.CharField(_("how it ended"), max_length=10, choices=End.choices, blank=True, default="")

    class Meta:
        verbose_name = _("number hold")
        verbose_name_plural = _("number holds")
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=Q(ended_at=None), name="number_one_hold"),
        ]
        indexes = [
            models.Index(fields=["holder"], condition=Q(ended_at=None), name="number_hold_holder"),
            models.Index(fields=["expires_at"], condition=Q(ended_at=None), name="number_hold_expiry"),
        ]

    def __str__(self):
        return f"{self.number_id} {self.holder}"
