from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.values import local_number
from fulfillment.queries import account_jobs
from fulfillment.services import account_opening, account_undo, provisioning
from fulfillment.views.stations.base import Prompt, Scan, Station, Verdict, idle

UNDO = {"U", "UNDO"}


class AccountOpening(Station):
    """hidden: parcel, whose card was scanned though its account is open; undo, the parcel whose account is
    being taken back; why, once the reason was typed."""

    name = "account"
    can_undo = True
    asks_before_undo = True

    def title(self):
        return _("Account opening")

    def prompt(self, location_id, hidden, actor):
        if hidden.get("undo") and (accounts := account_jobs.accounts_of(location_id, hidden["undo"])):
            return self._undo_prompt(accounts, hidden)
        first = self.queue(location_id, actor).first
        commands = ()
        if hidden.get("parcel"):
            text = _("take the account of %(parcel)s back") % {"parcel": hidden["parcel"]}
            commands = (("B", text),)
        kept = {"parcel": hidden.get("parcel", "")}
        if not first:
            return idle(_("No card waits for its account"), commands=commands, hidden=kept)
        return Prompt(
            step=_("Next parcel"),
            action=first[0][1] or _("From the wall"),
            target=first[0][0],
            placeholder=_("Scan the card once more (ICCID)"),
            commands=commands,
            hidden=kept,
        )

    def _undo_prompt(self, accounts, hidden):
        code, why = hidden["undo"], hidden.get("why", "")
        numbers = ", ".join(_grouped(account.msisdn) for account in accounts)
        cards = ", ".join(account.iccid for account in accounts)
        commands = (("X", _("keep the account")),)
        if why:
            commands = (("Y", _("close the account")), *commands)
        return Prompt(
            step=_("This closes the account at the core network"),
            action=numbers,
            target=_("The card goes to quarantine, the number stays with the order: a fresh card is taken."),
            placeholder=_("Y closes the account, X keeps it") if why else _("Why? In a few words"),
            hidden={"undo": code, "why": why},
            facts=((_("Parcel"), code), (_("Card"), cards), *(((_("Reason"), why),) if why else ())),
            commands=commands,
            may_undo=False,
        )

    def scan(self, scan: Scan):
        if scan.hidden.get("undo"):
            return self._go_on_with_undo(scan, scan.hidden["undo"], scan.hidden.get("why", ""))
        if scan.command in UNDO:
            return self._begin_undo(scan, "")
        if scan.command == "B" and scan.hidden.get("parcel"):
            return self._begin_undo(scan, scan.hidden["parcel"])
        if scan.command == "N":
            asked = provisioning.retry_at(**scan.where)
            text = ngettext(
                "%(count)s opening is asked for again", "%(count)s openings are asked for again", asked
            )
            return Verdict("ok", text % {"count": asked}), {}
        fo = account_opening.request_by_card(iccid=scan.text, **scan.where)
        return Verdict("ok", _("The network is asked"), more=fo.code), {}

    def _begin_undo(self, scan: Scan, code: str):
        fo = account_undo.choose(code=code, **scan.where)
        return Verdict("wait", _("Take this account back?"), more=fo.code), {"undo": fo.code}

    def _go_on_with_undo(self, scan: Scan, code: str, why: str):
        if scan.command == "X":
            return Verdict("wait", _("The account stays open."), more=code), {}
        if scan.command in UNDO:  # the key was pressed twice: still the same question
            return Verdict("wait", _("Take this account back?"), more=code), {"undo": code}
        if not why:
            reason = account_undo.must_be_a_reason(scan.text)
            return Verdict("wait", _("Close this account?"), more=code), {"undo": code, "why": reason}
        if scan.command != "Y":
            return Verdict("bad", _("Y closes the account, X keeps it"), code="answer_missing"), scan.hidden
        account_undo.ask(code=code, reason=why, **scan.where)
        return Verdict("ok", _("The network is asked to close the account."), more=code), {}

    def after_refusal(self, error, scan):
        if error.code == "account_open_already":
            return {"parcel": error.facts["parcel"]}
        return scan.hidden if error.code == "undo_reason_missing" else {}

    def queue(self, location_id, actor):
        return account_jobs.accounts(location_id)

    def side(self, location_id):
        return account_jobs.at_the_network(location_id)


def _grouped(msisdn: str) -> str:
    number = local_number(msisdn)
    return f"{number[:3]} {number[3:7]} {number[7:]}"
