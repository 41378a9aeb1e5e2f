import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from members.channels import SUPPLY, Channel


class Period(Func):
    """The half-open range of two instants."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class ChannelPriceQuerySet(models.QuerySet):
    def in_force(self, now):
        return self.filter(Q(ends=None) | Q(ends__gt=now), starts__lte=now)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ChannelPrice(models.Model):
    """A price that differs from the base price: in a channel, at an institution, for a time, for a reason.

    Channel "dealer": what customers pay at a dealer's; "supply": what dealers pay us.
    """

    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.CASCADE,
        related_name="channel_prices",
        verbose_name=_("product"),
    )
    channel = models.CharField(
        _("channel"),
        max_length=16,
        choices=[("", _("all channels")), *Channel.choices, (SUPPLY, _("supply to dealers"))],
        blank=True,
        default="",
    )
    institution = models.ForeignKey(
        "members.Institution",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institution"),
    )
    amount = models.PositiveIntegerField(_("price (fen)"))
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"), null=True, blank=True)
    reason_code = models.SlugField(_("reason code"), max_length=40)
    reason = models.CharField(_("reason"), max_length=120)
    reason_en = models.CharField(_("English reason"), max_length=120)

    objects = ChannelPriceQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel price")
        verbose_name_plural = _("channel prices")
        constraints = [
            models.CheckConstraint(
                name="channel_price_period", condition=Q(ends=None) | Q(ends__gt=F("starts"))
            ),
            ExclusionConstraint(
                name="channel_price_no_overlap",
                expressions=[
                    (F("product"), RangeOperators.EQUAL),
                    (F("channel"), RangeOperators.EQUAL),
                    (Coalesce(F("institution"), Value(0)), RangeOperators.EQUAL),
                    (Period("starts", "ends"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.product_id} {self.channel or '*'} {self.amount}"
