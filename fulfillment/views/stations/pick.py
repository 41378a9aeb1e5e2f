from django.utils.translation import gettext as _

from fulfillment.models import PickTask
from fulfillment.queries import stations
from fulfillment.services import hands, picking
from fulfillment.services.shortage import DAMAGED, MISSING
from fulfillment.views.stations import short
from fulfillment.views.stations.base import Prompt, Scan, Station, Verdict, idle, taken_by_colleague


class Pick(Station):
    name = "pick"
    can_undo = True

    def title(self):
        return _("Pick")

    def prompt(self, location_id, hidden, actor):
        task = stations.next_pick(location_id, actor.user_id)
        if task is None:
            return self._nothing(location_id, actor)
        line = task.line
        if short.asks(hidden) and hidden.get("task", str(task.pk)) == str(task.pk):
            return self._short_prompt(line, hidden | {"task": str(task.pk)})
        content = next(
            content
            for content in stations.contents([line.fulfillment_id])[line.fulfillment_id]
            if content.line_id == line.pk
        )
        commands = [short.command()]
        if task.own:
            commands.append(("X", _("put the wave down")))
        return Prompt(
            step=self._step(task, location_id),
            action=task.bin or _("no bin"),
            target=f"{content.missing_serials or line.quantity} × {content.label}",
            placeholder=_("Scan the serial number") if line.serial_kind else _("Scan the product"),
            hidden={"task": task.pk, "slot": self._slot(task, location_id)},
            facts=((_("Product code"), line.sku), (_("Parcel"), line.fulfillment.code)),
            commands=(*commands, *taken_by_colleague(hidden.get("held", ""))),
        )

    def _nothing(self, location_id, actor):
        held = stations.colleagues_wave(location_id, actor.user_id)
        if held is None:
            return idle(_("Everything is picked"))
        text = _("%(who)s picks wave %(wave)s") % {"who": held.who, "wave": held.wave.code}
        code = held.wave.code
        return idle(text, hidden={"held": code}, commands=taken_by_colleague(code))

    def _slot(self, task: PickTask, location_id: int) -> str:
        """The place in the picker's trolley; goods for a sorting wall lie together."""
        return "" if stations.has_wall(location_id) else str(task.line.fulfillment.wave_entry.slot)

    def _step(self, task: PickTask, location_id: int) -> str:
        slot = self._slot(task, location_id)
        if not slot:
            return _("Wave %(wave)s · for the sorting wall") % {"wave": task.wave.code}
        return _("Wave %(wave)s · wall slot %(slot)s") % {"wave": task.wave.code, "slot": slot}

    def scan(self, scan: Scan):
        task_id, slot = int(scan.hidden.get("task") or 0), scan.hidden.get("slot", "")
        if short.asks(scan.hidden) and task_id:
            return self._scan_short(scan, task_id)
        if scan.command in {"M", "MISSING"} and task_id:
            return Verdict("wait", _("How many are there?")), scan.hidden | {"short": MISSING}
        if scan.command == "T" and scan.hidden.get("held"):
            row = hands.take_over(self.name, code=scan.hidden["held"], **scan.where)
            return Verdict("ok", _("Taken over"), more=row.wave.code), {}
        if scan.command == "X":
            hands.put_down_all(self.name, **scan.where)
            return Verdict("wait", _("Put down. A colleague may go on.")), {}
        task = picking.pick(scanned=scan.text, task_id=task_id, **scan.where)
        text = _("Into slot %(slot)s") % {"slot": slot} if slot else _("Into the tote")
        return Verdict("ok", text, more=task.line.sku), {}

    def _short_prompt(self, line, hidden: dict) -> Prompt:
        if line.serial_kind and hidden["short"] == DAMAGED:
            return short.device_prompt(line, hidden)
        return short.line_prompt(line, hidden)

    def _scan_short(self, scan: Scan, task_id: int):
        if short.is_back(scan):
            return short.back(scan)
        if other := short.turned(scan):
            return Verdict("wait", _("Say how many, or scan it.")), other
        line, reason = stations.line_of_task(scan.location_id, task_id), scan.hidden["short"]
        if line is None:
            raise picking.TaskUnknown()
        if line.serial_kind and reason == DAMAGED:
            told = picking.set_damaged_aside(task_id=task_id, serial=scan.text, **scan.where)
            if told is None:
                return Verdict("ok", _("Put aside. Take another one."), more=scan.text), {}
            return short.done(told), {}
        there = short.number(scan.text, line)
        return short.done(picking.report_short(task_id=task_id, there=there, reason=reason, **scan.where)), {}

    def after_refusal(self, error, scan):
        if error.code == "in_colleagues_hands":
            return {"held": error.facts["subject"]}
        return scan.hidden

    def queue(self, location_id, actor):
        return stations.picks(location_id, actor.user_id)
