"""What a courier's forms say, as values. Nothing is decided here."""

from datetime import date, datetime, timedelta

from django.conf import settings

from fulfillment.models import PositionNote
from fulfillment.services.visits import NO_FIX, Fix
from omnichannel.kernel import clock


def when(request) -> datetime:
    """When the step was made: now, less the seconds it waited on the device for a network.

    An age, not a time of day, since the clocks of devices are wrong; older than the set hours counts as so.
    """
    text = request.POST.get("age", "")
    age = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    return clock.now() - timedelta(seconds=min(age, settings.COURIER_SENT_LATER_HOURS * 3600))


def fix(request) -> Fix:
    """The device's place, or why it gave none."""
    note = request.POST.get("position", "")
    if note != PositionNote.FIXED:
        return Fix(note) if note in PositionNote.values else NO_FIX
    try:
        return Fix.of(
            latitude=float(request.POST.get("latitude", "")),
            longitude=float(request.POST.get("longitude", "")),
            accuracy_m=float(request.POST.get("accuracy", "")),
        )
    except (ValueError, OverflowError):
        return Fix(PositionNote.UNAVAILABLE)


def day(request, name: str) -> date | None:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        return None


def units(request, prefix: str) -> dict[int, int]:
    """{line id: units} of fields such as taken-17=2; what is no number counts as -1, which no line allows."""
    found = {}
    for name, value in request.POST.items():
        line = name.removeprefix(prefix)
        if name.startswith(prefix) and line.isascii() and line.isdigit() and len(line) < 18:
            number = value.strip()
            found[int(line)] = (
                int(number) if number.isascii() and number.isdigit() and len(number) < 6 else -1
            )
    return found


def serials(request, prefix: str) -> dict[int, list[str]]:
    """{line id: serials} of fields such as serials-17="…  …"."""
    return {
        int(name.removeprefix(prefix)): value.split()
        for name, value in request.POST.items()
        if name.startswith(prefix) and name.removeprefix(prefix).isdigit() and value.strip()
    }
