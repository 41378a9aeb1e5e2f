"""A mobile number's story, and a block of numbers that comes into the pool."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import number_story
from fulfillment.services import number_import
from fulfillment.views.access import serial_page
from fulfillment.views.stock.access import whole
from members.actors import NotYours
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from . import imports

TONES = {
    "available": "ok",
    "held": "warn",
    "allocated": "accent",
    "active": "accent",
    "suspended": "danger",
}


class NumberNotYours(NotYours):
    """Unknown, in no parcel of the actor's places and with no dealer of theirs: all look the same."""

    code = "number_not_here"
    message = _("%(number)s is not in our pool, or no dealer and no parcel of a location of yours has it.")


@serial_page
@require_GET
def one(request, msisdn: str):
    found = number_story.find(request.actor, msisdn)
    if found is None:
        raise NumberNotYours(number=msisdn[:16])
    context = {
        "where": "units",
        "story": number_story.story(request.actor, found),
        "tone": TONES.get(found.state),
    }
    return render(request, "fulfillment/serials/number.html", context)


@serial_page
@require_POST
def receive_block(request):
    """A block goes the way of a file."""
    try:
        batch = number_import.submit_block(
            actor=request.actor,
            delivery_note=request.POST.get("assignment", ""),
            prefix=request.POST.get("prefix", ""),
            first=whole(request.POST.get("first", ""), empty=0),
            last=whole(request.POST.get("last", ""), empty=number_import.LINES - 1),
            province=request.POST.get("province", ""),
            city=request.POST.get("city", ""),
            now=clock.now(),
        )
    except DomainError as error:
        if error.status in (403, 404):
            raise
        return imports.page(request, error)
    return redirect("fulfillment:serial-import", pk=batch.pk)
