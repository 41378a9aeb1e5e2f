from django.urls import reverse
from django.utils.translation import gettext as _

from fulfillment.queries import stations
from fulfillment.services import packing
from fulfillment.views.stations.base import Prompt, Scan, Station, Verdict, idle


class Pack(Station):
    name = "pack"
    can_undo = True

    def title(self):
        return _("Pack")

    def prompt(self, location_id, hidden):
        parcel = stations.ready_to_pack(location_id).filter(code=hidden.get("parcel", "")).first()
        if parcel is not None:
            return self._weight_prompt(parcel, hidden.get("measured", ""))
        first = self.queue(location_id).first
        if not first:
            return idle(_("Everything is packed"))
        return Prompt(
            step=_("Next parcel"),
            action=first[0][1] or _("From the wall"),
            target=first[0][0],
            placeholder=_("Scan the parcel"),
        )

    def _weight_prompt(self, parcel, measured: str):
        contents = stations.contents([parcel.pk])[parcel.pk]
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
            commands=(("R", _("I looked inside, it is right")),) if measured else (),
        )

    def scan(self, scan: Scan):
        code, measured = scan.hidden.get("parcel", ""), scan.hidden.get("measured", "")
        if not code:
            fo = packing.parcel_to_pack(actor=scan.actor, location_id=scan.location_id, code=scan.text)
            return Verdict("wait", _("Pack, then weigh"), more=fo.code), {"parcel": fo.code}
        accepted = scan.command == "R" and bool(measured)
        text = measured if accepted else scan.text
        fo = packing.pack(
            actor=scan.actor,
            location_id=scan.location_id,
            code=code,
            weight_g=int(text) if text.isdigit() else 0,
            weight_is_right=accepted,
            now=scan.now,
        )
        label = reverse("fulfillment:label", args=[fo.code])
        return Verdict("ok", _("Packed. Stick the label on."), more=fo.code, label_url=label), {}

    def after_refusal(self, error, hidden):
        if error.code == "weight_differs":
            return hidden | {"measured": str(error.facts["measured"])}
        return hidden

    def queue(self, location_id):
        return stations.packs(location_id)
