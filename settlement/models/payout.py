"""What pay-outs go by: minimum and way of each institution, and who may confirm how much."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PayoutTerms(models.Model):
    """How an institution is paid from a business day on; the latest entry for a day counts. Append-only.

    Without any, the minimum stands with the institution. collects: a negative net is collected from its
    account; else it is carried and the next nettings take it.
    """

    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    valid_from = models.DateField(_("valid from"))
    minimum_fen = models.BigIntegerField(_("minimum pay-out (fen)"))
    collects = models.BooleanField(_("collect what it owes"))
    note = models.CharField(_("note"), max_length=160, blank=True, default="")
    set_by = models.CharField(_("set by"), max_length=80)
    set_at = models.DateTimeField(_("set"))

    class Meta:
        verbose_name = _("pay-out terms")
        verbose_name_plural = _("pay-out terms")
        ordering = ["institution", "-valid_from", "-pk"]
        indexes = [models.Index(fields=["institution", "valid_from", "id"], name="payout_terms_latest")]
        constraints = [
            models.CheckConstraint(name="payout_minimum_positive", condition=Q(minimum_fen__gte=0)),
        ]

    def __str__(self):
        return f"{self.institution_id} {self.valid_from}"


class TransferLimit(models.Model):
    """What one may confirm from a Shanghai day on; a person's own limit goes before the role's. Append-only.

    most_fen: the largest transfer; daily_fen: all that one person confirms on a day; two_above_fen, with
    the role: transfers above it need two different confirmers.
    """

    role = models.CharField(_("role"), max_length=16, blank=True, default="")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
        verbose_name=_("person"),
    )  # fmt: skip
    valid_from = models.DateField(_("valid from"))
    most_fen = models.BigIntegerField(_("largest transfer (fen)"))
    daily_fen = models.BigIntegerField(_("in a day (fen)"))
    two_above_fen = models.BigIntegerField(_("two confirmers above (fen)"), null=True)
    note = models.CharField(_("note"), max_length=160, blank=True, default="")
    set_by = models.CharField(_("set by"), max_length=80)
    set_at = models.DateTimeField(_("set"))

    class Meta:
        verbose_name = _("limit of confirmations")
        verbose_name_plural = _("limits of confirmations")
        ordering = ["role", "user", "-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="transfer_limit_positive", condition=Q(most_fen__gte=0, daily_fen__gte=0)
            ),
            models.CheckConstraint(
                name="transfer_limit_of_one",
                condition=Q(user=None, two_above_fen__gte=0) & ~Q(role="")
                | Q(user__isnull=False, role="", two_above_fen=None),
            ),
        ]

    def __str__(self):
        return f"{self.role or self.user_id} {self.valid_from}"
