from django.utils.translation import gettext as _

from fulfillment.queries import stations
from fulfillment.services import account_opening
from fulfillment.views.stations.base import Prompt, Scan, Station, Verdict, idle


class AccountOpening(Station):
    name = "account"

    def title(self):
        return _("Account opening")

    def prompt(self, location_id, hidden):
        first = self.queue(location_id).first
        if not first:
            return idle(_("No card waits for its account"))
        return Prompt(
            step=_("Next parcel"),
            action=first[0][1] or _("From the wall"),
            target=first[0][0],
            placeholder=_("Scan the card once more (ICCID)"),
        )

    def scan(self, scan: Scan):
        fo = account_opening.request_by_card(
            actor=scan.actor, location_id=scan.location_id, iccid=scan.text, now=scan.now
        )
        return Verdict("ok", _("The network is asked"), more=fo.code), {}

    def queue(self, location_id):
        return stations.accounts(location_id)

    def side(self, location_id):
        return {"openings": stations.openings(location_id)}
