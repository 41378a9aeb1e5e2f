from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from omnichannel.kernel.errors import DomainError


class CountWrongState(DomainError):
    code = "count_wrong_state"
    message = _("Count %(count)s is “%(state)s”; this step is not possible now.")


class CountState(models.TextChoices):
    OPEN = "open", pgettext_lazy("count", "being counted")
    COUNTED = "counted", pgettext_lazy("count", "waits for approval")
    POSTED = "posted", pgettext_lazy("count", "posted")
    CANCELLED = "cancelled", pgettext_lazy("count", "cancelled")


_S = CountState
COUNT_STEPS: dict[str, set[str]] = {
    _S.OPEN: {_S.COUNTED, _S.CANCELLED},
    _S.COUNTED: {_S.POSTED, _S.OPEN, _S.CANCELLED},
}


class StockCount(models.Model):
    """A look at the shelves of a location. What differs is posted when a second person approved it."""

    State = CountState

    code = models.CharField(_("code"), max_length=24, unique=True)
    location = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("location")
    )
    state = models.CharField(_("state"), max_length=10, choices=CountState.choices)
    scope = models.CharField(_("what is counted"), max_length=120, blank=True, default="")
    note = models.CharField(_("note"), max_length=160, blank=True, default="")
    opened_by = models.CharField(_("opened by"), max_length=80)
    opened_at = models.DateTimeField(_("opened at"))
    counted_by = models.CharField(_("counted by"), max_length=80, blank=True, default="")
    counted_by_user = models.BigIntegerField(null=True, blank=True)
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=80, blank=True, default="")
    approved_by_user = models.BigIntegerField(null=True, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("stock count")
        verbose_name_plural = _("stock counts")
        constraints = [
            models.CheckConstraint(
                name="stock_count_four_eyes",
                condition=(
                    (~Q(state="posted") | Q(approved_by_user__isnull=False, counted_by_user__isnull=False))
                    & (Q(approved_by_user=None) | ~Q(approved_by_user=F("counted_by_user")))
                ),
            ),
        ]
        indexes = [models.Index(fields=["location", "state"], name="stock_count_at")]

    def __str__(self):
        return self.code

    def must_reach(self, state: str) -> None:
        """Raise CountWrongState unless `state` is a step from here."""
        if state not in COUNT_STEPS.get(self.state, ()):
            raise CountWrongState(count=self.code, state=str(self.get_state_display()))


class CountLine(models.Model):
    """A SKU of a count. expected: what the shelf should have held at the moment `counted` was typed in,
    without units that already lie in parcels. A SKU is in one count at a location at a time."""

    count = models.ForeignKey(StockCount, on_delete=models.CASCADE, related_name="lines")
    location = models.ForeignKey("members.Institution", on_delete=models.PROTECT, related_name="+")
    sku = models.CharField(_("SKU"), max_length=64)
    bin = models.CharField(_("bin"), max_length=12, blank=True, default="")
    serial_kind = models.CharField(_("serial kind"), max_length=8, blank=True, default="")
    counted = models.PositiveIntegerField(_("counted"), null=True, blank=True)
    expected = models.IntegerField(_("expected"), null=True, blank=True)
    counted_by_user = models.BigIntegerField(null=True, blank=True)
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True)
    approved_by_user = models.BigIntegerField(null=True, blank=True)
    is_closed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("count line")
        verbose_name_plural = _("count lines")
        ordering = ["bin", "sku"]
        constraints = [
            models.UniqueConstraint(fields=["count", "sku"], name="count_line_once"),
            models.UniqueConstraint(
                fields=["location", "sku"], condition=Q(is_closed=False), name="count_line_one_open"
            ),
            models.CheckConstraint(
                name="count_line_four_eyes",
                condition=Q(approved_by_user=None) | ~Q(approved_by_user=F("counted_by_user")),
            ),
        ]

    def __str__(self):
        return f"{self.sku} ({self.bin})"

    @property
    def difference(self) -> int | None:
        """Units found beyond the books (positive) or missing; None while not counted."""
        return None if self.counted is None else self.counted - self.expected


class CountUnit(models.Model):
    """A serial unit that was seen on the shelf."""

    line = models.ForeignKey(CountLine, on_delete=models.CASCADE, related_name="units")
    serial = models.ForeignKey("fulfillment.SerialUnit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("counted unit")
        verbose_name_plural = _("counted units")
        constraints = [models.UniqueConstraint(fields=["line", "serial"], name="count_unit_once")]

    def __str__(self):
        return str(self.serial_id)
