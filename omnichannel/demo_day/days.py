"""Which day the demo plays: yesterday in Shanghai, so that today is the open day when people come."""

from datetime import UTC, date, datetime, timedelta

from omnichannel.kernel import clock
from omnichannel.models import PlayedDay


def day_to_play() -> date:
    """The day that was begun, else yesterday by the machine's clock."""
    begun = PlayedDay.objects.order_by("day").values_list("day", flat=True).first()
    return begun or clock.local_day(datetime.now(UTC)) - timedelta(days=1)


def early_morning(day: date) -> datetime:
    """06:00 of the day: when the demo company opens its books."""
    return clock.day_bounds(day)[0] + timedelta(hours=6)
