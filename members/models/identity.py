from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Identity(models.Model):
    """A member's checked resident ID. Name and number are encrypted; person_key finds the same person."""

    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="identities")
    name = models.TextField()
    number = models.TextField()
    person_key = models.CharField(max_length=64, db_index=True)
    name_masked = models.CharField(_("name"), max_length=40)
    number_masked = models.CharField(_("ID number"), max_length=18)
    verified_at = models.DateTimeField(_("verified"))

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        constraints = [
            models.UniqueConstraint(fields=["member", "person_key"], name="identity_once_per_member"),
        ]

    def __str__(self):
        return f"{self.name_masked} {self.number_masked}"


class IdentityReading(models.Model):
    """Somebody had an identity's plain values before them or compared with something, and why."""

    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="readings")
    reader = models.CharField(pgettext_lazy("reading", "who"), max_length=80)
    purpose = models.CharField(_("purpose"), max_length=80)
    read_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("identity reading")
        verbose_name_plural = _("identity readings")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.reader}: {self.purpose}"


class IdentityCheck(models.Model):
    """Every attempt to verify, with its outcome ("ok" or the refusal's code); no plain values."""

    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+")
    person_key = models.CharField(max_length=64, blank=True, default="")
    outcome = models.CharField(_("outcome"), max_length=40)
    checked_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("identity check")
        verbose_name_plural = _("identity checks")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.member_id}: {self.outcome}"


class BlockedPerson(models.Model):
    """A person who may not open accounts, known by the keyed hash alone."""

    person_key = models.CharField(max_length=64, unique=True)
    number_masked = models.CharField(_("ID number"), max_length=18)
    reason = models.CharField(_("reason"), max_length=120)
    blocked_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("blocked person")
        verbose_name_plural = _("blocked persons")

    def __str__(self):
        return self.number_masked
