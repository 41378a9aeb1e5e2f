from django.db import models


class PlayedDay(models.Model):
    """A business day that the demo player played or is playing: a killed player goes on where it stopped."""

    day = models.DateField(unique=True)
    seed = models.BigIntegerField()
    size = models.PositiveIntegerField()
    slots_done = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.day} (seed {self.seed})"


class PlayedOrder(models.Model):
    """Which order a scripted wish became, or the refusal that it met; written with the order."""

    played = models.ForeignKey(PlayedDay, on_delete=models.CASCADE, related_name="orders")
    index = models.PositiveIntegerField()
    order_number = models.CharField(max_length=32, blank=True, default="")
    refusal = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["played", "index"], name="played_order_once"),
        ]

    def __str__(self):
        return f"{self.index}: {self.order_number or self.refusal}"
