from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fulfillment.queries import stations
from fulfillment.services import account_opening, provisioning, workplaces
from fulfillment.views.stations.base import Prompt, Scan, Station, Verdict, idle


class AccountOpening(Station):
    name = "account"

    def title(self):
        return _("Account opening")

    def prompt(self, location_id, hidden, actor):
        first = self.queue(location_id, actor).first
        commands = (("N", _("ask the network again")),) if _may_ask_again(actor, location_id) else ()
        if not first:
            return idle(_("No card waits for its account"), commands=commands)
        return Prompt(
            step=_("Next parcel"),
            action=first[0][1] or _("From the wall"),
            target=first[0][0],
            placeholder=_("Scan the card once more (ICCID)"),
            commands=commands,
        )

    def scan(self, scan: Scan):
        if scan.command == "N":
            asked = provisioning.retry_at(**scan.where)
            text = ngettext(
                "%(count)s opening is asked for again", "%(count)s openings are asked for again", asked
            )
            return Verdict("ok", text % {"count": asked}), {}
        fo = account_opening.request_by_card(iccid=scan.text, **scan.where)
        return Verdict("ok", _("The network is asked"), more=fo.code), {}

    def queue(self, location_id, actor):
        return stations.accounts(location_id)

    def side(self, location_id):
        return {"openings": stations.openings(location_id)}


def _may_ask_again(actor, location_id: int) -> bool:
    """Leads only, and only when the network owes an answer for long."""
    return bool(stations.silent_openings(location_id)) and workplaces.leads_at(actor, location_id)
