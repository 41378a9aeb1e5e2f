from django.db import models


class BasketChoice(models.Model):
    """What a basket line needs to know beyond Oscar's row, and the price its buyer saw when adding it."""

    line = models.OneToOneField(
        "basket.Line", on_delete=models.CASCADE, primary_key=True, related_name="choice"
    )
    sku = models.CharField(max_length=64)
    msisdn = models.CharField(max_length=20, blank=True, default="")
    plan_sku = models.CharField(max_length=64, blank=True, default="")
    target_msisdn = models.CharField(max_length=20, blank=True, default="")
    shown_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="choice_shown", condition=models.Q(shown_fen__gte=0)),
        ]

    def __str__(self):
        return f"{self.line_id}: {self.sku}"
