from django.utils.translation import gettext as _

from fulfillment.queries import stations
from fulfillment.services import handover
from fulfillment.views.stations.base import Prompt, Scan, Station, Verdict, idle


class HandOver(Station):
    name = "handover"

    def title(self):
        return _("Hand over")

    def prompt(self, location_id, hidden):
        first = self.queue(location_id).first
        if not first:
            return idle(_("No parcel waits at the ramp"))
        return Prompt(
            step=_("Next parcel"),
            action=_("To the ramp"),
            target=first[0][0],
            placeholder=_("Scan the label"),
        )

    def scan(self, scan: Scan):
        manifest = handover.scan(actor=scan.actor, location_id=scan.location_id, code=scan.text, now=scan.now)
        more = _("%(manifest)s · %(count)s parcels") % {"manifest": manifest.code, "count": manifest.parcels}
        return Verdict("ok", f"→ {manifest.courier.label}", more=more), {}

    def queue(self, location_id):
        return stations.handovers(location_id)

    def side(self, location_id):
        return {"manifests": stations.open_manifests(location_id)}
