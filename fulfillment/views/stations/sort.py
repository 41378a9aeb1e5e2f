from django.utils.translation import gettext as _

from fulfillment.queries import stations
from fulfillment.services import sort_wall
from fulfillment.services.shortage import MISSING
from fulfillment.views.stations import short
from fulfillment.views.stations.base import Prompt, Scan, Station, Verdict, idle


class SortWall(Station):
    name = "sort"
    can_undo = True

    def title(self):
        return _("Sorting wall")

    def prompt(self, location_id, hidden, actor):
        if not stations.has_wall(location_id):
            return idle(_("There is no sorting wall here"))
        last = hidden.get("slot", "")
        if short.asks(hidden):
            line = short.here(hidden, location_id)
            return short.line_prompt(line, hidden) if line else short.which_prompt(hidden)
        commands = (("F", _("slot %(slot)s is full") % {"slot": last}),) if last else ()
        commands += (short.command(),)
        clear = stations.slots_to_clear(location_id)
        if clear:
            text = _("Take it back to the shelf, then scan slot %(slot)s") % {"slot": clear[0]}
            facts = ((_("Cancelled or sent elsewhere"), ", ".join(clear)),)
        else:
            text, facts = "", ()
        if not self.queue(location_id, actor).count:
            idle_text = text or _("Everything lies on the wall")
            return idle(idle_text, commands=commands, facts=facts, hidden={"slot": last})
        return Prompt(
            step=_("From the tote"),
            action=_("Scan the next item"),
            target=text,
            placeholder=_("Scan product or serial number"),
            hidden={"slot": last},
            commands=commands,
            facts=facts,
        )

    def scan(self, scan: Scan):
        last = scan.hidden.get("slot", "")
        if short.asks(scan.hidden):
            return short.scan_after_pick(self.name, scan)
        if scan.command == short.KEY:
            return Verdict("wait", _("What lacks?")), scan.hidden | {"short": MISSING}
        if scan.command == "F" and last:
            sort_wall.mark_full(slot=last, **scan.where)
            text = _("Slot %(slot)s is full. The next item opens another.") % {"slot": last}
            return Verdict("ok", text), {}
        if scan.command in stations.slot_codes(scan.location_id):
            slot = sort_wall.clear(slot=scan.command, actor=scan.actor, location_id=scan.location_id)
            return Verdict("ok", _("Slot %(slot)s is free") % {"slot": slot.code}), {}
        put = sort_wall.put(scanned=scan.text, **scan.where)
        more = f"{put.units} × {put.sku} · {put.parcel}"
        text = _("Complete: to the packing table") if put.complete else _("Into slot %(slot)s") % vars(put)
        return Verdict("ok", text, more=more, big=put.slot), {"slot": put.slot}

    def queue(self, location_id, actor):
        return stations.to_sort(location_id)

    def side(self, location_id):
        return {"wall": stations.wall(location_id)}
