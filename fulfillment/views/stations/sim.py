from django.utils.translation import gettext as _

from catalog.values import local_number
from fulfillment.queries import stations
from fulfillment.services import hands, sim_take
from fulfillment.views.stations.base import Prompt, Scan, Station, Verdict, idle, taken_by_colleague


class SimTake(Station):
    name = "sim"
    can_undo = True

    def title(self):
        return _("SIM take")

    def prompt(self, location_id, hidden, actor):
        parcel = stations.needing_cards(location_id).filter(code=hidden.get("parcel", "")).first()
        if parcel is not None:
            return self._card_prompt(parcel)
        first = self.queue(location_id, actor).first
        if not first:
            return idle(_("Every card is taken"))
        return Prompt(
            step=_("Next parcel"),
            action=first[0][1] or _("From the wall"),
            target=first[0][0],
            placeholder=_("Scan the parcel"),
            hidden={"held": hidden.get("held", "")},
            commands=taken_by_colleague(hidden.get("held", "")),
        )

    def _card_prompt(self, parcel):
        contents = stations.contents([parcel.pk])[parcel.pk]
        card = next(line for line in contents if line.serial_kind == "iccid" and not line.serials)
        number = local_number(card.msisdn)
        return Prompt(
            step=_("Take a card: %(card)s") % {"card": card.label},
            action=f"{number[:3]} {number[3:7]} {number[7:]}" if number else _("Card without a number"),
            target=card.plan,
            placeholder=_("Scan the card (ICCID)"),
            hidden={"parcel": parcel.code},
            facts=((_("Parcel"), parcel.code), (_("Product code"), card.sku)),
            commands=(("X", _("another parcel")),),
        )

    def scan(self, scan: Scan):
        code, held = scan.hidden.get("parcel", ""), scan.hidden.get("held", "")
        if scan.command == "X":
            hands.put_down_all(self.name, **scan.where)
            return Verdict("wait", _("Put down. Scan another parcel.")), {}
        if scan.command == "T" and held:
            hands.take_over(self.name, code=held, **scan.where)
            return Verdict("ok", _("Taken over"), more=held), {"parcel": held}
        if not code:
            parcel = sim_take.parcel_for_card(code=scan.text, **scan.where)
            return Verdict("wait", _("Now the card"), more=parcel.code), {"parcel": parcel.code}
        fo = sim_take.take(code=code, iccid=scan.text, **scan.where)
        return Verdict("ok", _("Card taken"), more=f"{scan.text} → {fo.code}"), {"parcel": code}

    def after_refusal(self, error, scan):
        return {"held": error.facts["subject"]} if error.code == "in_colleagues_hands" else scan.hidden

    def queue(self, location_id, actor):
        return stations.cards(location_id)
