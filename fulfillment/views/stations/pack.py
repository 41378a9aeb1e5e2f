from django.urls import reverse
from django.utils.translation import gettext as _

from fulfillment.queries import stations
from fulfillment.services import hands, packing, weights, workplaces
from fulfillment.services.shortage import MISSING
from fulfillment.views.stations import short
from fulfillment.views.stations.base import Prompt, Scan, Station, Verdict, idle, taken_by_colleague


class Pack(Station):
    name = "pack"
    can_undo = True

    def title(self):
        return _("Pack")

    def prompt(self, location_id, hidden, actor):
        parcel = stations.ready_to_pack(location_id).filter(code=hidden.get("parcel", "")).first()
        if parcel is not None and short.asks(hidden):
            return self._short_prompt(parcel, hidden)
        if parcel is not None and hidden.get("why"):
            return self._reason_prompt(parcel, hidden["measured"])
        if parcel is not None:
            return self._weight_prompt(parcel, hidden.get("measured", ""), actor)
        commands = taken_by_colleague(hidden.get("held", ""))
        if hidden.get("label"):
            commands += (("P", _("print the label of %(parcel)s again") % {"parcel": hidden["label"]}),)
        elif stations.last_packed(location_id, actor.user_id):
            commands += (("P", _("print the last label again")),)
        first = self.queue(location_id, actor).first
        if not first:
            kept = {"label": hidden.get("label", "")}
            return idle(_("Everything is packed"), commands=commands, hidden=kept)
        return Prompt(
            step=_("Next parcel"),
            action=first[0][1] or _("From the wall"),
            target=first[0][0],
            placeholder=_("Scan the parcel"),
            hidden={"held": hidden.get("held", ""), "label": hidden.get("label", "")},
            commands=commands,
        )

    def _weight_prompt(self, parcel, measured: str, actor):
        contents = stations.contents([parcel.pk])[parcel.pk]
        commands = [short.command(), ("X", _("another parcel"))]
        if measured and workplaces.leads_at(actor, parcel.location_id):
            commands.insert(0, ("R", _("I looked inside, it is right")))
        elif measured:
            commands.insert(0, ("A", _("let the lead decide")))
        return Prompt(
            step=_("Pack, then weigh"),
            action=_("%(grams)s g") % {"grams": f"{parcel.weight_g:,}"},
            target=" + ".join(f"{line.quantity} × {line.label}" for line in contents),
            placeholder=_("Weight in grams"),
            hidden={"parcel": parcel.code, "measured": measured},
            facts=(
                (_("Parcel"), parcel.code),
                *((line.label, ", ".join(line.serials)) for line in contents if line.serials),
            ),
            commands=tuple(commands),
        )

    def _short_prompt(self, parcel, hidden: dict):
        contents, line = stations.contents([parcel.pk])[parcel.pk], short.here(hidden, parcel.location_id)
        if line is not None and line.fulfillment_id == parcel.pk:
            return short.line_prompt(line, hidden)
        return short.which_prompt(hidden, contents)

    def _short(self, scan: Scan, code: str):
        """Of a parcel with one article it is asked how many at once."""
        lines = stations.lines_of(scan.location_id, code)
        only = lines[0] if len(lines) == 1 and not lines[0].serial_kind else None
        named = {"line": str(only.pk)} if only else {}
        return Verdict("wait", _("What lacks?"), more=code), scan.hidden | {"short": MISSING} | named

    def _reason_prompt(self, parcel, measured: str):
        return Prompt(
            step=_("You stand for %(measured)s g instead of %(expected)s g")
            % {"measured": measured, "expected": parcel.weight_g},
            action=_("Why?"),
            target=parcel.code,
            placeholder=_("The reason in a few words"),
            hidden={"parcel": parcel.code, "measured": measured, "why": "1"},
            commands=(("X", _("another parcel")),),
        )

    def scan(self, scan: Scan):
        code, measured = scan.hidden.get("parcel", ""), scan.hidden.get("measured", "")
        if short.asks(scan.hidden) and code:
            return short.scan_after_pick(self.name, scan, code)
        if scan.command == short.KEY and code and not scan.hidden.get("why"):
            return self._short(scan, code)
        if scan.command == "X":
            hands.put_down_all(self.name, **scan.where)
            return Verdict("wait", _("Put down. Scan another parcel.")), {}
        if scan.hidden.get("why"):
            return self._pack(scan, code, measured, reason=scan.text)
        if scan.command == "P":
            return self._print_again(scan)
        if scan.command == "T" and scan.hidden.get("held"):
            return self._take_over(scan, scan.hidden["held"])
        if not code:
            fo = packing.parcel_to_pack(code=scan.text, **scan.where)
            return Verdict("wait", _("Now the scale"), more=fo.code), {"parcel": fo.code}
        if scan.command == "R" and measured:
            return Verdict("wait", _("Say why"), more=code), scan.hidden | {"why": "1"}
        if scan.command == "A" and measured:
            weights.ask(code=code, measured=int(measured), **scan.where)
            hands.put_down_all(self.name, **scan.where)
            return Verdict("wait", _("Put it aside. The lead decides."), more=code), {}
        return self._pack(scan, code, scan.text)

    def _take_over(self, scan: Scan, held: str):
        hands.take_over(self.name, code=held, **scan.where)
        return Verdict("ok", _("Taken over"), more=held), {"parcel": held}

    def _pack(self, scan: Scan, code: str, weight: str, reason: str = ""):
        grams = int(weight) if weight.isdigit() else 0
        fo = packing.pack(code=code, weight_g=grams, reason=reason, **scan.where)
        return _label(fo.code, _("Packed. Stick the label on.")), {}

    def _print_again(self, scan: Scan):
        last = stations.last_packed(scan.location_id, scan.actor.user_id)
        code = scan.hidden.get("label") or last
        if not code:
            raise packing.NothingPacked()
        return _label(code, _("The label is printed again"), now=True), {}

    def after_refusal(self, error, scan):
        if error.code == "weight_differs":
            return scan.hidden | {"measured": str(error.facts["measured"])}
        if error.code == "in_colleagues_hands":
            return {"held": error.facts["subject"]}
        if error.code == "packed_already":
            return {"label": error.facts["parcel"]}
        return scan.hidden

    def queue(self, location_id, actor):
        return stations.packs(location_id)

    def side(self, location_id):
        return {"weight_cases": stations.weight_cases(location_id)}


def _label(code: str, text: str, *, now: bool = True) -> Verdict:
    url = reverse("fulfillment:label", args=[code])
    return Verdict("ok", text, more=code, print_url=url, print_label=_("Print the label"), print_now=now)
