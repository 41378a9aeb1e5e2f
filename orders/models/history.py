from django.db import models
from django.utils.translation import gettext_lazy as _

from members.channels import Channel
from orders import reasons

from .intake import State


class OrderEvent(models.Model):
    """One step of an order's history: who, when, through which channel, from where to where, and why."""

    intake = models.ForeignKey("order.OrderIntake", on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(_("when"))
    by = models.CharField(_("who"), max_length=80)
    channel = models.CharField(_("channel"), max_length=16, choices=Channel.choices, blank=True, default="")
    before = models.CharField(_("from"), max_length=20, choices=State.choices, blank=True, default="")
    after = models.CharField(_("to"), max_length=20, choices=State.choices)
    why = models.CharField(_("why"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("order event")
        verbose_name_plural = _("order events")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.before} → {self.after}"

    def get_after_display(self) -> str:
        """Without gathering all labels each time, as Django's own does."""
        return str(State(self.after).label)

    @property
    def why_label(self) -> str:
        """The reason in the language of the page."""
        return reasons.words(self.why) if self.why else ""

    @property
    def by_label(self) -> str:
        return reasons.actor_words(self.by)
