"""The one door through which every file leaves, whichever app made it: recorded before its first byte."""

from django.http.response import HttpResponseBase

from omnichannel.kernel import clock
from omnichannel.kernel.downloads import PDF
from settlement.services import audit_trail

EXPORTED, PRINTED = "file.exported", "paper.printed"
_MOST, _LONGEST = 12, 80


class ExportTrail:
    """Stands inside ActorMiddleware. A file that cannot be recorded does not leave."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if action := action_of(response):
            _keep(request, response, action)
        return response


def action_of(response: HttpResponseBase) -> str:
    """What an answer is for the trail; empty for a page."""
    said = response.headers.get("Content-Disposition", "")
    if said.startswith("attachment"):
        return EXPORTED
    return PRINTED if response.headers.get("Content-Type", "").startswith(PDF) else ""


def _keep(request, response: HttpResponseBase, action: str) -> None:
    asked = {name: request.GET[name][:_LONGEST] for name in list(request.GET)[:_MOST]}
    name = response.headers.get("Content-Disposition", "").partition("filename=")[2].strip('"')
    audit_trail.record(
        actor=request.actor,
        action=action,
        subject=name or request.path,
        institution_id=getattr(response, "institution_id", None),
        details={"address": request.path, "asked": asked, "rows": getattr(response, "rows", None)},
        now=clock.now(),
    )
