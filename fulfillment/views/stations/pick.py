from django.utils.translation import gettext as _

from fulfillment.queries import stations
from fulfillment.services import picking
from fulfillment.views.stations.base import Prompt, Scan, Station, Verdict, idle


class Pick(Station):
    name = "pick"
    can_undo = True

    def title(self):
        return _("Pick")

    def prompt(self, location_id, hidden):
        task = stations.next_pick(location_id)
        if task is None:
            return idle(_("Everything is picked"))
        line = task.line
        content = next(
            content
            for content in stations.contents([line.fulfillment_id])[line.fulfillment_id]
            if content.line_id == line.pk
        )
        return Prompt(
            step=_("Wave %(wave)s · wall slot %(slot)s")
            % {"wave": task.wave.code, "slot": line.fulfillment.wave_entry.slot},
            action=task.bin or _("no bin"),
            target=f"{content.missing_serials or line.quantity} × {content.label}",
            placeholder=_("Scan the serial number") if line.serial_kind else _("Scan the product"),
            hidden={"task": task.pk, "slot": line.fulfillment.wave_entry.slot},
            facts=((_("Product code"), line.sku), (_("Parcel"), line.fulfillment.code)),
            commands=(("M", _("it is not there")),),
        )

    def scan(self, scan: Scan):
        task_id, slot = int(scan.hidden.get("task") or 0), scan.hidden.get("slot", "")
        where = {"actor": scan.actor, "location_id": scan.location_id, "task_id": task_id, "now": scan.now}
        if scan.command in {"M", "MISSING"}:
            picking.report_missing(**where)
            return Verdict("ok", _("Reported. Another location is being found.")), {}
        task = picking.pick(scanned=scan.text, **where)
        return Verdict("ok", _("Into slot %(slot)s") % {"slot": slot}, more=task.line.sku), {}

    def queue(self, location_id):
        return stations.picks(location_id)
