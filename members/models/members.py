from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.channels import Channel


class Member(models.Model):
    """A customer, one for all channels. Shares its key with the user who signs in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, primary_key=True, related_name="member"
    )
    name = models.CharField(_("name"), max_length=40, blank=True, default="")
    joined_at = models.DateTimeField(_("joined"))
    joined_channel = models.CharField(_("joined through"), max_length=16, choices=Channel.choices)
    joined_institution = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("joined at"),
    )

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self):
        return str(self.user)


class Address(models.Model):
    """Where a member wants goods. Province and city are the short names of members.places."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="addresses")
    name = models.CharField(_("recipient"), max_length=40)
    phone = models.CharField(_("phone"), max_length=20)
    province = models.CharField(_("province"), max_length=20)
    city = models.CharField(_("city"), max_length=20)
    district = models.CharField(_("district"), max_length=20, blank=True, default="")
    street = models.CharField(_("street and number"), max_length=120)
    latitude = models.FloatField()
    longitude = models.FloatField()
    is_default = models.BooleanField(_("default address"), default=False)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["-is_default", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(is_default=True), name="address_one_default"
            ),
        ]

    def __str__(self):
        return f"{self.province}{self.city}{self.district}{self.street}"

    @property
    def owner_id(self) -> int:
        return self.member_id

    @property
    def dialog_id(self) -> str:
        """The id of the page's dialog about this address."""
        return f"remove-{self.pk}"


class OneTimeCode(models.Model):
    """A six-digit code sent to a phone; only its keyed hash is kept."""

    phone = models.CharField(max_length=20)
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone"], condition=Q(closed_at=None), name="one_time_code_one_open"
            ),
            models.CheckConstraint(name="one_time_code_tries", condition=Q(wrong_tries__lte=5)),
        ]

    def __str__(self):
        return f"code {self.pk}"


class MessageKind(models.TextChoices):
    ONE_TIME_CODE = "one_time_code", _("one-time code")
    ORDER = "order", _("order news")
    PICKUP = "pickup", _("pick-up code")
    NOTICE = "notice", _("notice")


class Message(models.Model):
    """A text message to a phone. The text is encrypted; it is emptied once a real gateway has taken it."""

    Kind = MessageKind

    phone = models.CharField(_("phone"), max_length=20)
    kind = models.CharField(_("kind"), max_length=16, choices=MessageKind.choices)
    text = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(_("written"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    gateway_reference = models.CharField(_("gateway reference"), max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"
