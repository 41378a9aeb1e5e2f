"""/ops/station/<name>/: one prompt, one scan field, one answer."""

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from fulfillment.models import WrongState
from fulfillment.queries import stations
from fulfillment.services import undo
from fulfillment.services.workplaces import HOUSE_ROLES, leads, workplace
from fulfillment.views.places import place_of
from fulfillment.views.stations import STATIONS
from fulfillment.views.stations.base import Prompt, Scan, Verdict, where_next
from fulfillment.views.stations.elsewhere import elsewhere
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

HOUSES = ("warehouse", "store")
STEPS = (
    *("task", "slot", "parcel", "measured", "why", "held", "manifest", "missing", "undo", "label", "step"),
    *("short", "line", "signs", "signer"),
)
NUMBERS = {"task", "measured", "manifest", "step", "line", "signs"}
UNDO = {"U", "UNDO"}


def _sound(step: str, value: str) -> bool:
    """What a page sends along of itself; a number that is none was typed by somebody else."""
    return bool(value) and (step not in NUMBERS or value.isdecimal())


@method_decorator(login_required, name="dispatch")
class StationPage(View):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if kwargs["name"] not in STATIONS:
            raise Http404
        self.station = STATIONS[kwargs["name"]]

    def get(self, request, name):
        place, places = place_of(request, *HOUSE_ROLES, kinds=HOUSES)
        workplace(request.actor, place.id, station=name)
        hidden = {step: request.GET[step] for step in STEPS if _sound(step, request.GET.get(step, ""))}
        return self._page(request, place, places, None, hidden)

    def post(self, request, name):
        place, places = place_of(request, *HOUSE_ROLES, kinds=HOUSES)
        hidden = {step: request.POST[step] for step in STEPS if _sound(step, request.POST.get(step, ""))}
        verdict, hidden = self._answer(request, place.id, hidden)
        return self._page(request, place, places, verdict, hidden)

    def _answer(self, request, location_id: int, hidden: dict) -> tuple[Verdict, dict]:
        text, now = request.POST.get("code", "").strip(), clock.now()
        scan = Scan(request.actor, location_id, text, hidden, now)
        if not text:
            return Verdict("bad", _("Nothing was scanned. Scan again."), code="nothing_scanned"), hidden
        try:
            if scan.command == "T" and hidden.get("step"):
                return self._take_step_over(scan, int(hidden["step"]))
            if scan.command in UNDO and not self.station.asks_before_undo:
                what = undo.undo_last(station=self.station.name, **scan.where)
                return Verdict("ok", _("Taken back"), more=what), {}
            return self.station.scan(scan)
        except undo.StepOfColleague as error:
            return Verdict("bad", str(error), code=error.code), {"step": str(error.facts["step"])}
        except WrongState as error:
            kept = self.station.after_refusal(error, scan)
            more = where_next(error.facts.get("fulfillment", ""))
            return Verdict("bad", str(error), more=more, code=error.code), kept
        except DomainError as error:
            kept = self.station.after_refusal(error, scan)
            return Verdict("bad", str(error), code=error.code), kept

    def _take_step_over(self, scan: Scan, step_id: int) -> tuple[Verdict, dict]:
        row = undo.take_over_step(station=self.station.name, step_id=step_id, **scan.where)
        text = _("Taken over from %(who)s. F2 takes it back.") % {"who": row.taken_from.who}
        return Verdict("ok", text, more=row.fulfillment.code), {}

    def _prompt(self, request, location_id: int, hidden: dict) -> Prompt:
        prompt = self.station.prompt(location_id, hidden, request.actor)
        if not hidden.get("step"):
            return prompt
        over = ("T", _("take the last step over from my colleague"))
        kept = prompt.hidden | {"step": hidden["step"]}
        return replace(prompt, commands=(*prompt.commands, over), hidden=kept)

    def _page(self, request, place, places, verdict, hidden: dict):
        prompt = self._prompt(request, place.id, hidden)
        others = {"location_id": place.id, "actor": request.actor}
        context = {
            "station": self.station,
            "title": self.station.title(),
            "place": place,
            "institution": place,
            "places": places,
            "switch": [{"card": card, "query": urlencode({"place": card.id})} for card in places],
            "verdict": verdict,
            "prompt": prompt,
            "elsewhere": elsewhere(self.station.name, **others) if prompt.idle else [],
            "queue": self.station.queue(place.id, request.actor),
            "hands": stations.hands(place.id, self.station.name),
            "leads": leads(request.actor, place.path),
            **self.station.side(place.id),
        }
        template = "fulfillment/_station.html" if request.htmx else "fulfillment/station.html"
        refused = verdict is not None and verdict.tone == "bad"
        return render(request, template, context, status=422 if refused else 200)
