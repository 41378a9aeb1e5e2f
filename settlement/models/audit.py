from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Who did what in finance, and when: written once, never changed, chained by AuditLink.

    actor_name and role are as they were at that moment. subject names the thing ("transfer T20261121-3").
    details holds figures and codes, no personal data in clear. No network address is kept.
    """

    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    actor_name = models.CharField(_("who"), max_length=80)
    role = models.CharField(_("role"), max_length=32)
    institution = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("institution"),
    )
    # One of services.audit_trail.ACTIONS.
    action = models.CharField(_("action"), max_length=48)
    subject = models.CharField(_("subject"), max_length=160)
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("entry of the audit trail")
        verbose_name_plural = _("audit trail")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["-at"], name="audit_at"),
            models.Index(fields=["action", "-at"], name="audit_action"),
        ]

    def __str__(self):
        return f"{self.action} {self.subject}"


class AuditLink(models.Model):
    """The place of an entry in the chain, given by the database when its transaction commits.

    hash is SHA-256 over the hash before and the entry's columns, so that a changed, missing or slipped-in
    entry shows; number counts without gaps.
    """

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="link")
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("link of the audit trail")
        verbose_name_plural = _("links of the audit trail")
        ordering = ["number"]

    def __str__(self):
        return f"{self.number} {self.hash[:12]}"
